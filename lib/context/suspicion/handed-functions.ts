import type { Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { type Suspicion, suspectEach } from './suspicion.js';

/**
 * A function handed from server to client code: the components without `use client` that hand it, or write an event handler,
 * and those that take it.
 */
export function suspectHandedFunctions(message: string, rendered: readonly string[], survey: Survey): Suspicion[] {
  if (!/Event handlers cannot be passed|Functions cannot be passed|functions? .{0,40}Client Component/i.test(message))
    return [];
  const prop =
    /\{?\s?(?:\.\.\.,?\s)?(on[A-Z]\w{1,40})/.exec(message)?.[1] ??
    /(?:[{,]\s?)([A-Za-z]\w{1,40}): function/.exec(message)?.[1];
  const handler = prop === undefined ? /\bon[A-Z]\w{1,40}=\{/ : new RegExp(`\\b${prop}=\\{`);
  const handing = [...new Set(rendered)].filter(
    (path) => survey.graph.readOutline(path)?.directive !== 'use client' && handler.test(survey.files.get(path) ?? ''),
  );
  const taking = prop === undefined ? [] : handing.flatMap((path) => listTaking(prop, path, survey));
  return [
    ...suspectEach(handing, 0.8, 'hands a function to client code'),
    ...suspectEach(taking, 0.5, `takes the function ${prop}`),
  ];
}

/** The imported components that the file shows with the prop. */
function listTaking(prop: string, path: string, { files, graph }: Survey): string[] {
  const text = files.get(path) ?? '';
  return graph.edgesFrom(path).flatMap(({ declaration, resolution }) => {
    const isShown = declaration.names.some(({ local }) =>
      new RegExp(`<${escapePattern(local)}\\b(?:[^<>]|=>){0,600}\\s${prop}=`).test(text),
    );
    return isShown && resolution.outcome === 'file' ? resolution.path : [];
  });
}
