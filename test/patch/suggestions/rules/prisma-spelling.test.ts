import { describe, expect, it } from 'vitest';
import { prismaSpelling } from '../../../../lib/patch/suggestions/rules/prisma-spelling.js';
import { repairWith } from '../repository.js';

describe('a word of a Prisma schema that means nothing', () => {
  const schema = `datasource db {
  provider = "postgresql"
}

model Pier {
  id   Int    @id @default(autoincrement())
  name String @unique
  boats Boat[]
}

model Boat {
  id   Int  @id
  pier Pier @relation(fields: [pierId], references: [id])
  pierId Int
}
`;
  const file = 'prisma/schema.prisma';
  const repair = (right: string, wrong: string, message: string) => {
    const text = schema.replace(right, wrong);
    const line = text.slice(0, text.indexOf(wrong)).split('\n').length;
    return repairWith(
      prismaSpelling,
      { tool: 'prisma', kind: 'syntax', file, line, message },
      { files: { [file]: text } },
    );
  };
  const neither = (type: string) =>
    `error: Type "${type}" is neither a built-in type, nor refers to another model, composite type, or enum.`;

  it.each([
    ['pier Pier', 'pier Peir', neither('Peir')],
    ['name String', 'name Stirng', neither('Stirng')],
    ['@unique', '@unqiue', 'error: Attribute not known: "@unqiue".'],
    ['"postgresql"', '"postgersql"', 'error: Datasource provider not known: "postgersql".'],
    [
      'autoincrement',
      'autoincremnt',
      'Unknown function in @default(): `autoincremnt` is not known. You can read about the available functions here: https://pris.ly/d/attribute-functions',
    ],
  ])('%s', async (right, wrong, message) => {
    expect(await repair(right, wrong, message)).toEqual({ [file]: schema });
  });

  it.each([
    ['it is like none', 'pier Pier', 'pier Harbour', neither('Harbour')],
    ['it does not stand on the line', 'pier Pier', 'pier Peir', neither('Biat')],
  ])('stays where %s', async (_, right, wrong, message) => {
    expect(await repair(right, wrong, message)).toBeUndefined();
  });
});
