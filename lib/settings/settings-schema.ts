import * as v from 'valibot';

/** Where a watched repository keeps its settings. */
export const SETTINGS_PATH = '.github/self-healing.json';

/**
 * The guarded kinds that a repository may open, by the names of their policy rules. Not among them: CI workflows, which
 * run with rights of their own and which the token may not write, and lockfiles, which only a package manager writes.
 */
export const ASK_FIRST_KINDS = [
  'package-script',
  'lifecycle-hook',
  'package-manager-settings',
  'package-manager-fields',
  'build-program',
  'vercel-command',
] as const;
export type AskFirstKind = (typeof ASK_FIRST_KINDS)[number];

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const MOST_ENTRIES = 100;

function listOf<Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.maxLength(MOST_ENTRIES), v.readonly());
}

const pattern = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(300),
  v.regex(/^(?!\/)(?!.*\\)(?!(?:.*\/)?\.\.?(?:\/|$)).*$/u, 'not-a-path'),
);
const attempts = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20));

const entries = {
  paths: v.optional(
    v.pipe(
      v.strictObject({
        allowed: v.optional(
          v.pipe(listOf(pattern), v.description('Only files that one of these patterns fits may be changed.')),
        ),
        never: v.optional(
          v.pipe(listOf(pattern), v.description('Files that one of these patterns fits are never changed.')),
        ),
      }),
      v.readonly(),
      v.description(
        'Patterns from the repository root: * is anything within a name, ** any number of folders, ? one character, and a trailing / everything in a folder.',
      ),
    ),
  ),
  askFirst: v.optional(
    v.pipe(
      listOf(v.picklist(ASK_FIRST_KINDS)),
      v.description('Guarded kinds of change that a repair may make here without asking a person first.'),
    ),
  ),
  limits: v.optional(
    v.pipe(
      v.strictObject({
        attempts: v.optional(v.pipe(attempts, v.description('Attempts on one incident in all.'))),
        attemptsWithoutProgress: v.optional(
          v.pipe(attempts, v.description('Attempts in a row whose build fails in a way that was known already.')),
        ),
      }),
      v.readonly(),
      v.description('Lower limits than those of the installation. Higher ones have no effect.'),
    ),
  ),
  branches: v.optional(
    v.pipe(
      listOf(v.pipe(v.string(), v.minLength(1), v.maxLength(300))),
      v.description(
        'Production branches that are healed, by name or pattern. Every production branch when absent or empty.',
      ),
    ),
  ),
  reviewers: v.optional(
    v.pipe(
      listOf(v.pipe(v.string(), v.regex(/^[A-Za-z\d](?:[A-Za-z\d-]{0,38})(?:\/[\w.-]{1,100})?$/u, 'not-a-reviewer'))),
      v.maxLength(15),
      v.description('Who is asked to review the pull request: logins, and teams as organisation/team.'),
    ),
  ),
  labels: v.optional(
    v.pipe(
      listOf(v.pipe(v.string(), v.minLength(1), v.maxLength(50))),
      v.maxLength(20),
      v.description('Labels of the pull request, beside auto-repair.'),
    ),
  ),
  autoMerge: v.optional(
    v.pipe(
      v.boolean(),
      v.description(
        'Whether a verified repair is merged without a person. Only where the installation names this repository (AUTO_MERGE_REPOSITORIES).',
      ),
    ),
  ),
  reviewRequired: v.optional(
    v.pipe(
      v.boolean(),
      v.description(
        'Whether an approving review comes before a merge without a person. Off only where the installation allows it.',
      ),
    ),
  ),
  revertDraft: v.optional(
    v.pipe(
      v.boolean(),
      v.description('After the last attempt, propose a draft that reverts the commits since the last good deployment.'),
    ),
  ),
  language: v.optional(
    v.pipe(v.picklist(LANGUAGES), v.description('Language of the texts that land in the repository.')),
  ),
};

const fileEntries = {
  $schema: v.optional(v.pipe(v.string(), v.description('The address of this schema, for editors.'))),
  ...entries,
};

/** The file as it may stand in a repository. */
export const settingsSchema = v.pipe(
  v.strictObject(fileEntries),
  v.title('Settings of Self-Healing Pipeline for one repository'),
  v.description(`Stands at ${SETTINGS_PATH} on the production branch. Every key may be left out.`),
);

/** What a file asks for. */
export const repositorySettingsSchema = v.strictObject(entries);

/** What a repository asks for. Only keys that stand in the file, and that can be read, are present. */
export type RepositorySettings = Readonly<v.InferOutput<typeof repositorySettingsSchema>>;

/** The schema of each key, so that one mistake does not cost the others. */
export const KEY_SCHEMAS: Readonly<Record<string, v.GenericSchema>> = fileEntries;

export const MISTAKE_PROBLEMS = [
  'unreadable',
  'not-listed',
  'file-too-long',
  'not-json',
  'not-an-object',
  'unknown-key',
  'stands-twice',
  'wrong-type',
  'not-one-of',
  'not-whole',
  'too-small',
  'too-large',
  'too-long',
  'empty',
  'not-a-path',
  'not-a-reviewer',
] as const;
export type MistakeProblem = (typeof MISTAKE_PROBLEMS)[number];
