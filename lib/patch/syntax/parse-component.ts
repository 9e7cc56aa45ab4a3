import module from 'node:module';
import type { TemplateChildNode } from '@vue/compiler-dom';
import { type ModuleShape, mergeShapes, readModuleShape } from './module-shape.js';
import { lineAt, parseScript, type ScriptLanguage } from './parse-script.js';
import type { ParsedFile, ParseProblem, ScriptTree } from './parsed-file.js';
import { isSyntaxNode, walk } from './syntax-node.js';

/** In the one form that Vercel's tracer of files follows. */
const requirePackage = module.createRequire(import.meta.url);

type Component = Omit<ParsedFile, 'text'>;

interface Parts {
  readonly scripts: ScriptTree[];
  readonly shapes: ModuleShape[];
  readonly comments: string[];
  readonly errors: ParseProblem[];
}

function emptyParts(): Parts {
  return { scripts: [], shapes: [], comments: [], errors: [] };
}

function toParsedFile({ scripts, shapes, comments, errors }: Parts): Component {
  return { kind: 'component', scripts, comments, errors, shape: mergeShapes(shapes) };
}

async function addScript(
  parts: Parts,
  text: string,
  options: { readonly language: ScriptLanguage; readonly firstLine: number },
): Promise<void> {
  const script = await parseScript(text, options);
  parts.scripts.push(script.tree);
  parts.shapes.push(script.shape);
  parts.comments.push(...script.comments);
  parts.errors.push(...script.errors);
}

function describe(error: unknown): ParseProblem {
  const { message, start } = error as { message?: string; start?: { line?: number } };
  const problem = { message: message?.split('\n')[0] ?? 'not a component' };
  return start?.line === undefined ? problem : { ...problem, line: start.line };
}

export async function parseSvelte(text: string): Promise<Component> {
  // The package's own bundle. The modules, which an import would get, bring all that a compiler needs along.
  const { parse } = requirePackage('svelte/compiler') as typeof import('svelte/compiler');
  const parts = emptyParts();
  try {
    const root = parse(text, { modern: true });
    for (const part of [root.module?.content, root.instance?.content, root.fragment] as unknown[]) {
      if (!isSyntaxNode(part)) continue;
      parts.scripts.push({ root: part, text });
      parts.shapes.push(readModuleShape(part));
      walk(part, (node) => {
        if (node.type === 'Comment' && typeof node.data === 'string') parts.comments.push(node.data);
      });
    }
    parts.comments.push(...root.comments.map((comment) => comment.value));
  } catch (error) {
    parts.errors.push(describe(error));
  }
  return toParsedFile(parts);
}

/** The code of a directive's value, made a program: `v-for` and slots have a grammar of their own. */
function directiveProgram(directive: string, value: string): string {
  if (directive === 'for') return `(${value.replace(/^[\s\S]*?\s(?:in|of)\s/, '')})`;
  if (directive === 'slot') return `(${value}) => {}`;
  if (directive === 'on') return value;
  return `(${value})`;
}

/** Vue's parser numbers its kinds of nodes; its declaration of them is an enum that does not survive erasure. */
const VUE = { element: 1, text: 2, comment: 3, interpolation: 5, directive: 7 } as const;

async function addVueTemplate(
  parts: Parts,
  nodes: readonly TemplateChildNode[],
  language: ScriptLanguage,
): Promise<void> {
  const open: TemplateChildNode[] = [...nodes];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === VUE.comment) parts.comments.push(node.content);
    else if (node.type === VUE.interpolation && 'content' in node.content && typeof node.content.content === 'string')
      await addScript(parts, `(${node.content.content})`, { language, firstLine: node.loc.start.line });
    else if (node.type === VUE.element) {
      open.push(...node.children);
      for (const property of node.props) {
        if (property.type !== VUE.directive || !property.exp || !('content' in property.exp)) continue;
        const value = property.exp.content;
        if (typeof value !== 'string' || value.trim() === '') continue;
        const program = directiveProgram(property.name, value);
        await addScript(parts, program, { language, firstLine: property.loc.start.line });
      }
    }
  }
}

/** Entities that stand for what code is made of. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The browser's build of Vue's parser asks the browser for this. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hexadecimal, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

export async function parseVue(text: string): Promise<Component> {
  const { parse } = await import('@vue/compiler-dom/dist/compiler-dom.esm-browser.js');
  const parts = emptyParts();
  const root = parse(text, {
    parseMode: 'sfc',
    comments: true,
    decodeEntities,
    onError: (error) => parts.errors.push({ message: error.message, line: error.loc?.start.line ?? 1 }),
  });
  const blocks = root.children.flatMap((child) => (child.type === VUE.element ? [child] : []));
  const attribute = (block: (typeof blocks)[number], name: string) => {
    const found = block.props.find((property) => property.name === name);
    return found && 'value' in found ? found.value?.content : undefined;
  };
  const languageOf = (block: (typeof blocks)[number] | undefined): ScriptLanguage => {
    const language = block && attribute(block, 'lang');
    return language === 'ts' || language === 'tsx' ? language : 'jsx';
  };
  const scripts = blocks.filter((block) => block.tag === 'script');
  for (const block of scripts) {
    const [content] = block.children;
    if (content?.type === VUE.text)
      await addScript(parts, content.content, { language: languageOf(block), firstLine: content.loc.start.line });
  }
  const language = scripts.map(languageOf).find((candidate) => candidate !== 'jsx') ?? 'jsx';
  for (const child of root.children) if (child.type === VUE.comment) parts.comments.push(child.content);
  for (const block of blocks)
    if (block.tag === 'template' && (attribute(block, 'lang') ?? 'html') === 'html')
      await addVueTemplate(parts, block.children, language);
  return toParsedFile(parts);
}

/** Astro's compiler turns the whole component into TSX, which oxc can read; what it tolerates, the build tolerates. */
export async function parseAstro(text: string): Promise<Component> {
  const { convertToTSX } = await import('@astrojs/compiler');
  const parts = emptyParts();
  const frontmatter = /^\s*---\r?\n([\s\S]*?)\r?\n?---/.exec(text);
  try {
    const converted = await convertToTSX(text, { filename: 'component.astro' });
    // What the compiler appends is not the author's: a component signature with `any` in it, and a source map.
    const appended = converted.code.lastIndexOf('\nexport default function ');
    const code = appended === -1 ? converted.code : converted.code.slice(0, appended);
    const script = await parseScript(code, { language: 'tsx', generated: true });
    parts.scripts.push(script.tree);
    parts.shapes.push(script.shape);
    parts.comments.push(...script.comments);
    for (const { severity, text: message, location } of converted.diagnostics)
      if (severity === 1) parts.errors.push({ message, line: location.line });
    // The lines of the TSX are not the component's, those of its frontmatter are.
    const own =
      frontmatter?.[1] === undefined
        ? undefined
        : await parseScript(frontmatter[1], { language: 'ts', generated: true });
    const offset = frontmatter ? lineAt(text, frontmatter.index + frontmatter[0].indexOf('---')) : 0;
    const inFrontmatter = own?.errors.map(({ message, line }) => ({
      message,
      ...(line === undefined ? {} : { line: line + offset }),
    }));
    parts.errors.push(...(inFrontmatter?.length ? inFrontmatter : script.errors.map(({ message }) => ({ message }))));
  } catch (error) {
    parts.errors.push(describe(error));
  }
  return toParsedFile(parts);
}
