import type { Workspace } from '../workspace.js';
import { directivesOf } from './client-directive.js';
import { importsOf } from './imports.js';
import type { ParsedSource } from './parse.js';
import { resolveSpecifier } from './resolve-specifier.js';

export interface ServerComponent {
  readonly file: string;
  readonly text: string;
  readonly source: ParsedSource;
}

/** What entries render on the server: they and all that they import, up to the first client component on each way. */
export async function* serverComponents(
  workspace: Workspace,
  entries: readonly string[],
): AsyncGenerator<ServerComponent> {
  const reached = new Set(entries);
  for (const file of reached) {
    const text = workspace.read(file);
    if (text === undefined || !/\.[jt]sx?$/.test(file)) continue;
    const source = await workspace.parse(file, text);
    if (directivesOf(source.program).length > 0) continue;
    yield { file, text, source };
    for (const { specifier } of importsOf(source.program)) {
      const target = resolveSpecifier(workspace, file, specifier);
      if (target !== undefined) reached.add(target);
    }
  }
}
