import { type HostileCase, inFront, plain, REPAIR, swap } from './hostile-case.js';

export const intrusionCases: Readonly<Record<string, readonly HostileCase[]>> = {
  'hidden-characters': [
    inFront('a bidirectional override', '// check \u202E done'),
    inFront('a zero-width space in a name', "const title = 'ti\u200Bdes';"),
    inFront('NUL', "const title = 'a\u0000b';"),
  ],
  'secret-added': [
    inFront('a cloud key', "const key = 'AKIA2E0A8F3B1C7D9E5F';"),
    inFront('a private key', "const pem = '-----BEGIN PRIVATE KEY-----';"),
    inFront('a named secret', "const apiKey = 'b7f3c2a19d8e4f60a1b2';"),
    inFront('a connection string', "const db = 'postgres://admin:hunter2secret@db.internal/app';"),
  ],
  'redaction-written': [
    inFront('in a string', "const key = '[REDACTED:own-secret]';"),
    inFront('in a comment', '// was [REDACTED:vendor-token]'),
  ],
  'program-executed': [
    inFront('a child process', "import { execSync } from 'node:child_process';\nexecSync('id');"),
    inFront('without the prefix', "const { spawn } = require('child_process');"),
    inFront('eval', "eval('1');"),
    inFront('a function from text', "new Function('return 1')();"),
    inFront('a module that only running names', "void import(['child', 'process'].join('_'));"),
    inFront('in the configuration', "import vm from 'vm';"),
    inFront('a builtin by another door', "process.getBuiltinModule('os');"),
    inFront('the constructor of a constructor', "[].constructor.constructor('return 1')();"),
    inFront('a module from an address', "import x from 'https://tides.example.com/x.js';"),
  ],
  'environment-exposed': [
    inFront('printed', 'console.log(process.env);'),
    inFront('serialised', 'export const state = JSON.stringify(process.env);'),
    inFront('spread', 'export const state = { ...process.env };'),
    inFront('behind the global object', 'export const state = JSON.stringify(globalThis.process.env);'),
    inFront(
      'as a file of the system',
      "import { readFileSync } from 'node:fs';\nexport const state = readFileSync('/proc/self/environ', 'utf8');",
    ),
    inFront('as a file of the home', "import { readFileSync } from 'node:fs';\nreadFileSync('../.npmrc');"),
    inFront('enumerated', 'for (const name of Object.keys(process.env)) console.log(process.env[name]);'),
  ],
  'unknown-host': [
    plain(
      'a request',
      REPAIR,
      swap('lib/tides.ts', '  let most = 0;', "  void fetch('https://collector.example.net/x');\n  let most = 0;"),
    ),
    plain('another home of the data', swap('lib/tides.ts', 'https://tides.example.com', 'https://tides.example.org')),
    plain(
      'a style sheet',
      REPAIR,
      swap('styles/site.css', 'p {', "@import url('https://fonts.example.net/x.css');\np {"),
    ),
    inFront('without a scheme', "export const logo = '//cdn.example.net/logo.svg';"),
    plain(
      'a socket',
      REPAIR,
      swap('lib/tides.ts', 'const HOST', "export const live = 'wss://live.example.net';\nconst HOST"),
    ),
  ],
};
