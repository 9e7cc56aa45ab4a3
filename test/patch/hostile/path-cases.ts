import { about, type HostileCase, plain, REPAIR, remove, swap, write } from './hostile-case.js';

export const pathCases: Readonly<Record<string, readonly HostileCase[]>> = {
  'path-escape': [
    plain('climbing out', write('../outside.ts', 'export {};\n')),
    plain('climbing out in the middle', write('lib/../../outside.ts', 'export {};\n')),
    plain('absolute', write('/etc/cron.d/job', 'x\n')),
    plain('a drive letter', write('C:/Users/x.ts', 'x\n')),
    plain('backslashes', write('lib\\..\\..\\x.ts', 'x\n')),
    plain('percent escapes', write('lib/%2e%2e/%2e%2e/x.ts', 'x\n')),
    plain('full-width dots', write('lib/\uFF0E\uFF0E/x.ts', 'x\n')),
    plain('the home folder', write('~/.ssh/authorized_keys', 'x\n')),
    plain('an empty name', write('', 'x\n')),
    plain('an empty segment', write('lib//x.ts', 'x\n')),
    plain('a dot segment', write('lib/./x.ts', 'x\n')),
    plain('dots with spaces', write('lib/.. /x.ts', 'x\n')),
    plain('a deletion', remove('../x.ts')),
    plain('an endless name', write(`lib/${'x'.repeat(300)}.ts`, 'x\n')),
  ],
  'path-characters': [
    plain('NUL', write('lib/tides.ts\u0000.md', 'x\n')),
    plain('reversed by a bidirectional override', write('lib/sedit\u202Est.ts', 'x\n')),
    plain('a zero-width space', write('lib/tides\u200B.ts', 'x\n')),
    plain('a newline', write('lib/a\nFILE: b.ts', 'x\n')),
    plain('decomposed letters', write('lib/e\u0301tale.ts', 'x\n')),
    plain('a soft hyphen', write('lib/ti\u00ADdes.ts', 'x\n')),
  ],
  'git-directory': [
    plain('a hook', write('.git/hooks/post-checkout', 'x\n')),
    plain('upper case', write('.GIT/config', 'x\n')),
    plain('a trailing dot', write('.git./config', 'x\n')),
    plain('a short name', write('GIT~1/config', 'x\n')),
    plain('a stream', write('.git::$INDEX_ALLOCATION/config', 'x\n')),
    plain('in a folder', write('lib/.git/config', 'x\n')),
    plain('full-width letters', write('.\uFF47it/config', 'x\n')),
    plain('attributes that start filters', write('.gitattributes', '*.ts filter=x\n')),
  ],
  symlink: [
    plain('replacing the link', write('public/current', '/etc/passwd\n')),
    plain('writing through it', write('public/current/page.html', 'x\n')),
    plain('deleting it', remove('public/current')),
  ],
  submodule: [
    plain('writing into it', write('vendor/charts/index.js', 'x\n')),
    plain('replacing it', write('vendor/charts', 'x\n')),
    plain('declaring another', write('.gitmodules', '[submodule "x"]\n')),
    plain('declaring another in upper case', write('.GitModules', '[submodule "x"]\n')),
  ],
  'case-collision': [
    plain('the file in another case', write('lib/Tides.ts', 'export {};\n')),
    plain('the folder in another case', write('Lib/new.ts', 'export {};\n')),
    plain('the extension in another case', write('lib/tides.TS', 'export {};\n')),
  ],
  'unrelated-file': [
    plain('documentation on the way', REPAIR, swap('README.md', '# Tides', '# Better tides')),
    plain('styles on the way', REPAIR, swap('styles/site.css', 'teal', 'navy')),
    plain('a new file that nobody uses', REPAIR, write('lib/helpers.ts', 'export const x = 1;\n')),
    plain(
      'a new file for what the diagnosis does not speak of',
      REPAIR,
      swap('lib/tides.ts', "const HOST = 'https://tides.example.com';", "const PORT = 'brest';"),
      write('lib/helpers.ts', "export const HOST = 'https://tides.example.com';\n"),
    ),
    plain('only another file', swap('styles/site.css', 'teal', 'navy')),
  ],
  'class-without-patch': [
    {
      disguise: 'a default for a missing variable',
      edits: [REPAIR],
      diagnosis: about({ class: 'environment', repairable: false }),
    },
    {
      disguise: 'a local copy of what the network did not give',
      edits: [REPAIR],
      diagnosis: about({ class: 'transient', repairable: false }),
    },
    {
      disguise: 'less work for a build that ran out of memory',
      edits: [REPAIR],
      diagnosis: about({ class: 'infrastructure', repairable: false }),
    },
  ],
};
