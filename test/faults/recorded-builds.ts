/** What builds print, as Next.js 15 and npm 10 do, and the words in the page that bring it about. */
export const SYNTAX_LOG = `Running "npm run build"
> next build
   ▲ Next.js 15.5.6
   Creating an optimized production build ...
Failed to compile.

./app/page.tsx
Error:   x Expected ';', '}' or <eof>
   ,-[/vercel/path0/app/page.tsx:1:1]
 1 | ,-> expot default function Page() {
   : \`---- This is the expression part of an expression statement
 2 |   return <main>Opening hours</main>;
 3 | }
   \`----

Caused by:
    Syntax Error

Import trace for requested module:
./app/page.tsx

> Build failed because of webpack errors
Error: Command "npm run build" exited with 1`;

const TAG_LOG = `Running "npm run build"
> next build
   ▲ Next.js 15.5.6
   Creating an optimized production build ...
 ✓ Compiled successfully in 3.1s
   Linting and checking validity of types ...
Failed to compile.

./app/page.tsx:2:11
Type error: Property 'mian' does not exist on type 'JSX.IntrinsicElements'.

  1 | export default function Page() {
> 2 |   return <mian>Opening hours</mian>;
    |           ^
  3 | }
  4 |
Next.js build worker exited with code: 1 and signal: null
Error: Command "npm run build" exited with 1`;

export const ENVIRONMENT_LOG = `Running "npm run build"
> next build
 ✓ Compiled successfully in 3.1s
   Collecting page data ...
Error: supabaseUrl is required.
    at new SupabaseClient (/vercel/path0/.next/server/chunks/1.js:1:100)
> Build error occurred
[Error: Failed to collect page data for /account] { type: 'Error' }
Error: Command "npm run build" exited with 1`;

/** A network that was down, which says nothing about the code. */
export const OUTAGE_LOG = `Installing dependencies...
npm error code ECONNRESET
npm error network read ECONNRESET
npm error network This is a problem related to network connectivity.
Error: Command "npm install" exited with 1`;

const path = 'app/page.tsx';

/** Rules of the sandbox's recorded builder; the first that fits decides. */
export const BUILDS = [
  { when: { path, includes: 'expot' }, result: 'ERROR', log: SYNTAX_LOG },
  { when: { path, includes: 'mian' }, result: 'ERROR', log: TAG_LOG },
  { when: { path, includes: 'createClient' }, result: 'ERROR', log: ENVIRONMENT_LOG },
  // How these end is told by the life itself.
  { when: { path, lacks: 'outage' }, result: 'READY' },
] as const;
