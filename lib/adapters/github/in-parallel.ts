/** Far below the hundred concurrent requests that GitHub allows an account. */
const MAX_PARALLEL = 16;

/** Maps with bounded parallelism; results in the order of the items. Rejects with the first failure and starts no more. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const queue = items.entries();
  async function drain() {
    for (const [index, item] of queue) results[index] = await work(item);
  }
  await Promise.all(Array.from({ length: Math.min(MAX_PARALLEL, items.length) }, drain));
  return results;
}
