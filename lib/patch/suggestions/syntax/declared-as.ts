import type { Program } from 'oxc-parser';
import { namesIn } from '../changed-words.js';
import type { Workspace } from '../workspace.js';
import { formerText } from './former-text.js';
import { parseSource } from './parse.js';
import type { SyntaxNode } from './walk.js';

/** What a module declares by the name, in whatever way it is broken into lines. */
export function declaredAs({ body }: Program, text: string, name: string): string | undefined {
  for (const statement of body as readonly SyntaxNode[]) {
    const declaration = 'declaration' in statement ? statement.declaration : statement;
    const declared = declaration && 'declarations' in declaration ? declaration.declarations : [declaration];
    const node = declared.find((one) => one && 'id' in one && one.id?.type === 'Identifier' && one.id.name === name);
    if (node) return text.slice(node.start, node.end).replace(/[\s;,]+/g, ' ');
  }
  return undefined;
}

/** The same of the module as it was at the last READY deployment, where the diff tells. */
export async function formerlyDeclared(
  workspace: Workspace,
  module: string,
  name: string,
): Promise<string | undefined> {
  const change = workspace.changes.find(({ path }) => path === module);
  const former = change && formerText(workspace.read(module) ?? '', change);
  return former === undefined ? undefined : declaredAs((await parseSource(module, former)).program, former, name);
}

const LANGUAGE =
  /\b(?:async|await|class|const|enum|extends|function|if|interface|new|return|type|string|number|boolean|null|undefined|void)\b/g;

/** Whether a declaration has half of the words of the other at least: with fewer, it is another thing of the same name. */
export function keepsWords(before: string, now: string): boolean {
  const [name] = namesIn(before.replace(LANGUAGE, ''));
  const words = [...new Set(namesIn(before.replace(LANGUAGE, '')))].filter((word) => word !== name);
  const kept = namesIn(now);
  return words.filter((word) => kept.includes(word)).length * 2 >= words.length;
}
