/** The hidden topic of a comment of ours; undefined in a stranger's. */
export function topicOf(body: string): string | undefined {
  return /[<]!-- self-heal:(\S+) -->/.exec(body)?.[1];
}
