/** Every text that lands in a repository, in English. The other languages have the same keys. */
export const EN = {
  revert: {
    title: (good: string) => `revert: take back the commits since ${good}, the last good deployment`,
    notARepair: 'This is a revert, not a repair: it takes work back.',
    reason: (attempts: number) =>
      `The production build fails and ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} to repair it did not hold.`,
    effect: (good: string, head: string) =>
      `Merging this gives the branch the files of ${good}, which production serves, and drops everything up to ${head}.`,
    failure: 'What fails:',
    choice:
      'It is a draft because a person has to decide: merge it to make production build again and bring the work back later, or close it and repair the build by hand. It is proposed once and never merged by us.',
    files: (count: number) => `${count} ${count === 1 ? 'file goes' : 'files go'} back:`,
    more: (count: number) => `and ${count} more`,
    proposed: (number: number) =>
      `A draft that reverts the commits since the last good deployment is proposed as pull request ${number}.`,
    refused: (branch: string, reason: string) => `A revert (branch ${branch}) was not proposed as a draft: ${reason}`,
    link: 'Draft of a revert',
  },
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
