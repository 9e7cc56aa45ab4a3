/** Where the queue delivers to, and what its signatures are for; undefined while our public address is unknown. */
export function listQueueAddresses(
  publicUrl: string | undefined,
): { readonly stepUrl: string; readonly givenUpUrl: string } | undefined {
  if (publicUrl === undefined) return undefined;
  return { stepUrl: `${publicUrl}/api/heal`, givenUpUrl: `${publicUrl}/api/heal?given-up` };
}
