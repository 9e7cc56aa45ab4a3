import type { LocatedError, Survey } from '../survey.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

const COMPLAINT = /"use server" file can only export async functions/;
const DIRECTIVE = /^\s*(?:\/[/*].{0,300}\s{1,4}){0,6}['"]use server['"]/;
const EXPORTED = /^export\s+(?:(?:const|let|var|class|enum|function)\s+([\w$]+)|default\s+(?!async\b))(.{0,160})/gm;

/** A module of server actions that exports something else: the module, and whoever takes that from it. */
export const suspectServerActions: SuspicionRule = ({ error }: LocatedError, { files, graph }: Survey): Suspicion[] => {
  if (!COMPLAINT.test(error.message)) return [];
  return [...files].flatMap(([path, text]) => {
    if (!DIRECTIVE.test(text)) return [];
    const names = [...text.matchAll(EXPORTED)].flatMap(([, name = 'default', rest = '']) =>
      /=\s{0,4}async\b/.test(rest) ? [] : [name],
    );
    if (names.length === 0) return [];
    const users = graph
      .edgesTo(path)
      .filter(({ declaration }) => declaration.names.some(({ imported }) => names.includes(imported)))
      .map(({ importer }) => importer);
    return [
      { path, weight: 0.88, reason: `exports ${names.join(', ')} from a module of server actions` },
      ...suspectEach(users, 0.5, `takes ${names.join(', ')} from it`),
    ];
  });
};
