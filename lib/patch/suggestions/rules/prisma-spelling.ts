import { escapePattern } from '../../../context/word-pattern.js';
import { stoodBefore } from '../changed-words.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const words = (text: string) => text.split(' ');

/** How Prisma says that a word means nothing, and what it knows in its place. */
const UNKNOWN: readonly { readonly pattern: RegExp; known(schema: string): readonly string[] }[] = [
  {
    pattern: /Type "(\w+)" is neither a built-in type/,
    known: (schema) => [...words('String Boolean Int BigInt Float Decimal DateTime Json Bytes'), ...declaredIn(schema)],
  },
  {
    pattern: /Attribute not known: "(@{1,2}[\w.]+)"/,
    known: () =>
      words(
        '@id @unique @default @relation @map @updatedAt @ignore @@id @@unique @@index @@map @@ignore @@schema @@fulltext',
      ),
  },
  {
    pattern: /Datasource provider not known: "([\w ]+)"/,
    known: () => words('postgresql mysql sqlite sqlserver mongodb cockroachdb'),
  },
  {
    pattern: /`(\w+)` is not known\. You can read about the available functions/,
    known: () => words('autoincrement now cuid uuid ulid nanoid dbgenerated auto sequence'),
  },
];

/** A type, attribute, provider or function of a Prisma schema that does not exist, one slip away from exactly one that does. */
export const prismaSpelling: Rule = {
  name: 'prisma-spelling',
  async propose(error, workspace) {
    const { file, line } = error;
    const text = file?.endsWith('.prisma') ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const found = UNKNOWN.flatMap(({ pattern, known }) => {
      const wrong = pattern.exec(error.message)?.[1];
      const right =
        wrong === undefined || stoodBefore(workspace, wrong) ? undefined : findTwin(wrong, known(schemaOf(workspace)));
      return wrong === undefined || right === undefined ? [] : [{ wrong, right }];
    });
    const [slip] = found;
    if (!slip) return undefined;
    const { wrong, right } = slip;
    const uses = [...text.matchAll(new RegExp(`(?<![\\w@])${escapePattern(wrong)}(?![\\w.])`, 'g'))].map(
      ({ index }) => index,
    );
    const [place, another] = uses.filter((at) => line === undefined || lineOf(text, at) === line);
    if (place === undefined || another !== undefined) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: place, end: place + wrong.length, text: right }])]]),
      cause: `\`${wrong}\` in ${file}, line ${lineOf(text, place)}, means nothing to Prisma.`,
      change: `Writes \`${right}\`, the only one that is spelt so nearly alike.`,
    };
  },
};

/** All files of the schema: it may be written in several. */
function schemaOf(workspace: Workspace): string {
  return workspace.paths.flatMap((path) => (path.endsWith('.prisma') ? (workspace.read(path) ?? '') : '')).join('\n');
}

function declaredIn(schema: string): string[] {
  return [...schema.matchAll(/^\s*(?:model|enum|type|view)\s+(\w+)\s*\{/gm)].map(([, name = '']) => name);
}
