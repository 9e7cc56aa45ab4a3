import { SYNTAX_LOG } from '../faults/recorded-builds.js';

/** A page that says when a shop is open; `expot` breaks its build. */
export const GOOD = `export default function Page() {
  return <main>Opening hours</main>;
}
`;
export const FILES = {
  'app/page.tsx': GOOD,
  'package.json': JSON.stringify({ name: 'hours', scripts: { build: 'next build' }, dependencies: { next: '15.5.6' } }),
};
export const BUILDS = [
  { when: { path: 'app/page.tsx', includes: 'expot' }, result: 'ERROR', log: SYNTAX_LOG },
  { result: 'READY' },
] as const;
