/** Every text that lands in a repository, in English. The other languages have the same keys. */
export const EN = {
  settings: {
    heading: 'The settings of this repository have a mistake',
    inFile: (file: string) => `${file} could not be understood completely:`,
    atLine: (line: number) => `line ${line}`,
    consequence:
      'Until this is mended, what the file permits is off (merging without a person, guarded changes, the draft of a revert). What it forbids, and could be read, holds.',
    schema: (address: string) => `The keys and their values are described in ${address}.`,
    seenAt: (sha: string) => `Seen at ${sha}.`,
    mended: 'The settings of this repository can be understood again.',
    more: (count: number) => `and ${count} more`,
    problems: {
      unreadable: () => 'cannot be read: it has to be a plain text file',
      'not-listed': () => 'could not be looked for: the repository is too large to be listed',
      'file-too-long': (wanted: string) => `is too long: ${wanted} characters are read`,
      'not-json': () => 'is not valid JSON from here on (comments and trailing commas are none)',
      'not-an-object': () => 'has to be a JSON object',
      'unknown-key': (wanted: string) => (wanted === '' ? 'is not known' : `is not known; ${wanted} is`),
      'stands-twice': () => 'stands twice',
      'wrong-type': (wanted: string) => `has to be of the type ${wanted}`,
      'not-one-of': (wanted: string) => `has to be one of: ${wanted}`,
      'not-whole': () => 'has to be a whole number',
      'too-small': (wanted: string) => `has to be ${wanted} or more`,
      'too-large': (wanted: string) => `has to be ${wanted} or less`,
      'too-long': (wanted: string) => `is too long: at most ${wanted}`,
      empty: () => 'is empty',
      'not-a-path': () => 'has to be a pattern from the repository root, without `.`, `..` and backslashes',
      'not-a-reviewer': () => 'has to be a login, or organisation/team',
    },
  },
};
