import { targetOf } from '../import-graph.js';
import { baseName, isSource } from '../readable-files.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** Lines above a failed assertion that belong to the same test, more often than not. */
const LINES_ABOVE = 12;

/** A test that found a wrong value: what it tests is at fault more often than what it expects. */
export const suspectTestedCode: SuspicionRule = ({ error, file }, { files, graph }) => {
  if (error.code !== 'assertion' || file === undefined) return [];
  const lines = files.get(file)?.split('\n') ?? [];
  const line = error.line ?? lines.length;
  const words = new Set(
    lines
      .slice(Math.max(0, line - 1 - LINES_ABOVE), line)
      .filter((text) => !/^\s*import\b/.test(text))
      .join('\n')
      .match(/[A-Za-z_$][\w$]*/g) ?? [],
  );
  const edges = graph.edgesFrom(file).flatMap(({ declaration, resolution }) => {
    const target = targetOf(resolution);
    return target === undefined || !isSource(target) || declaration.typeOnly ? [] : [{ declaration, target }];
  });
  const used = edges.filter(({ declaration }) => declaration.names.some(({ local }) => words.has(local)));
  const tested = (used.length > 0 ? used : edges).map(({ target }) => target);
  // Beside a function that is called, what it is called with is given.
  const near = lines.slice(Math.max(0, line - 1 - LINES_ABOVE), line).join('\n');
  const called = used.filter(({ declaration }) => declaration.names.some(({ local }) => near.includes(`${local}(`)));
  const given = new Set(
    called.length > 0 ? tested.filter((path) => called.every(({ target }) => target !== path)) : [],
  );
  return [
    ...suspectEach(
      tested.filter((path) => !given.has(path)),
      0.75,
      `is what ${baseName(file)} tests`,
    ),
    ...suspectEach(given, 0.5, `gives ${baseName(file)} what it tests with`),
  ];
};
