import type { SourceTree, TreeEntry } from './source.js';

/** A file above this many bytes is never read. GitHub's blob API would give it; a model could do nothing with it. */
export const MAX_FILE_BYTES = 1_000_000;

/**
 * What is read whole as one tarball instead of blob by blob. The ceiling on all files bounds the download,
 * because a tarball also carries the images and fonts that nobody reads.
 */
export const SMALL_REPOSITORY = { textFiles: 500, textBytes: 2_000_000, allBytes: 20_000_000 } as const;

const SOURCE_EXTENSIONS = new Set(
  'ts tsx mts cts js jsx mjs cjs gts gjs vue svelte astro marko riot html njk liquid hbs handlebars ejs pug webc twig css scss sass less styl pcss mdx mdoc graphql gql'.split(
    ' ',
  ),
);

const TEXT_EXTENSIONS = new Set(
  'json jsonc json5 yaml yml toml md markdown txt xml svg csv prisma sql sh env conf ini webmanifest py go rb php rs proto'.split(
    ' ',
  ),
);

const TEXT_NAMES = new Set(
  '.nvmrc .node-version .gitignore .vercelignore .npmignore .dockerignore .babelrc .eslintrc .prettierrc .browserslistrc .swcrc .postcssrc .stylelintrc .editorconfig .gitmodules .gitattributes procfile makefile dockerfile'.split(
    ' ',
  ),
);

const LOCKFILES = new Set(
  'package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock bun.lock bun.lockb deno.lock'.split(' '),
);

const SECRET_NAMES = new Set('.npmrc .yarnrc .yarnrc.yml .pypirc .netrc .htpasswd id_rsa id_ed25519'.split(' '));
const SECRET_EXTENSIONS = new Set('pem key p12 pfx jks keystore crt cer'.split(' '));

const GENERATED_FOLDERS = new Set(
  'node_modules .git .next .nuxt .output .svelte-kit .vercel .turbo .yarn .pnpm-store bower_components'.split(' '),
);

const OF_TESTS = /\.(?:test|spec|stories)\.\w{1,6}$|(?:^|\/)(?:__tests__|tests?|e2e)\//;

/** What only tests and showcases of components run. */
export function isOfTests(path: string): boolean {
  return OF_TESTS.test(path);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** '' for a file at the repository root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Lower case, without the dot; '' when there is none. A leading dot starts a name, not an extension. */
export function extensionOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Files that import and are imported: scripts, components, styles. */
export function isSource(path: string): boolean {
  return SOURCE_EXTENSIONS.has(extensionOf(path)) && !isGenerated(path);
}

/** Templates and content, which site generators fill from data that nobody imports. */
export function isTemplate(path: string): boolean {
  return /\.(?:njk|liquid|hbs|handlebars|ejs|pug|html|webc|twig|mdx?|markdown|11ty\.[cm]?[jt]sx?)$/.test(path);
}

export function isLockfile(path: string): boolean {
  return LOCKFILES.has(baseName(path));
}

/** Environment files, key files and package manager credentials: never read, so never sent anywhere. */
export function holdsSecrets(path: string): boolean {
  const name = baseName(path).toLowerCase();
  return /^\.env(\.|$)/.test(name) || SECRET_NAMES.has(name) || SECRET_EXTENSIONS.has(extensionOf(path));
}

/** Where npm and Yarn keep options, and tokens beside them. */
export function isManagerSettings(path: string): boolean {
  return /^\.(?:npmrc|yarnrc(?:\.yml)?)$/.test(baseName(path));
}

export function isGenerated(path: string): boolean {
  return path.split('/').some((segment) => GENERATED_FOLDERS.has(segment));
}

/** Whether a path may be read at all: text by its name, nobody's secret, not what a tool made. */
export function isReadable(path: string): boolean {
  if (isGenerated(path) || holdsSecrets(path)) return false;
  const extension = extensionOf(path);
  if (SOURCE_EXTENSIONS.has(extension) || TEXT_EXTENSIONS.has(extension) || isLockfile(path)) return true;
  const name = baseName(path).toLowerCase();
  return TEXT_NAMES.has(name) || /^\.[a-z]+rc$/.test(name) || (extension === '' && TEXT_NAMES.has(`.${name}`));
}

export function isRegularFile(entry: TreeEntry): boolean {
  return entry.mode === '100644' || entry.mode === '100755';
}

/** Whether the entry may be read and is small enough to be. */
export function isReadableEntry(entry: TreeEntry): boolean {
  return isRegularFile(entry) && (entry.size ?? 0) <= MAX_FILE_BYTES && isReadable(entry.path);
}

/** Whether the tree is below the ceiling under which `SourceReader.readAll` answers. */
export function isSmallRepository(tree: SourceTree): boolean {
  if (tree.truncated) return false;
  let textFiles = 0;
  let textBytes = 0;
  let allBytes = 0;
  for (const entry of tree.entries) {
    const size = entry.size ?? 0;
    allBytes += size;
    if (!isReadableEntry(entry) || isLockfile(entry.path)) continue;
    textFiles += 1;
    textBytes += size;
  }
  return (
    textFiles <= SMALL_REPOSITORY.textFiles &&
    textBytes <= SMALL_REPOSITORY.textBytes &&
    allBytes <= SMALL_REPOSITORY.allBytes
  );
}
