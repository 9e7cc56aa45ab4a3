import { escapePattern } from '../../../context/word-pattern.js';
import { isBroughtByDiff, isChangedElsewhere } from '../changed-words.js';
import type { Rule } from '../rule.js';
import { findScripts } from '../syntax/mask-markup.js';
import { type NameUse, namesOf, type Scope } from '../syntax/names.js';
import { lineOf, offsetOf, replaceRanges } from '../syntax/source-text.js';

const MISMATCH = /^Type 'string' is not assignable to type '(number|boolean)(?: \| undefined)?'/;
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
/** `name="value"` where the error points, nothing before it but a blank. */
const ATTRIBUTE = /^([A-Za-z][\w-]{0,60})=(["'])([^"'{}\n]{1,60})\2(?=[\s/>])/;

/**
 * `count="3"` in a template of Vue, Svelte or Astro, where the component wants a number: it is bound, or put in braces. In Vue also
 * `count="total"`, where the script declares `total`.
 */
export const staticAttribute: Rule = {
  name: 'static-attribute',
  async propose({ file, line, column, message }, workspace) {
    const wanted = MISMATCH.exec(message)?.[1];
    const text = file !== undefined && /\.(?:vue|svelte|astro)$/.test(file) ? workspace.read(file) : undefined;
    if (wanted === undefined || file === undefined || text === undefined) return undefined;
    const at = line === undefined || column === undefined ? undefined : offsetOf(text, line, column);
    if (at === undefined || findScripts(file, text).some(({ start, end }) => start <= at && at < end)) return undefined;
    const [written, name, quote = '"', value = ''] = /\s/.test(text[at - 1] ?? '')
      ? (ATTRIBUTE.exec(text.slice(at, at + 200)) ?? [])
      : [];
    if (written === undefined || name === undefined) return undefined;
    const isLiteral = wanted === 'number' ? NUMBER.test(value) : /^(?:true|false)$/.test(value);
    const isVue = file.endsWith('.vue');
    if (!isLiteral && !(isVue && /^[A-Za-z_$][\w$]*$/.test(value))) return undefined;
    if (!isLiteral) {
      // `disabled="disabled"` is how HTML says yes.
      if (value === name && wanted === 'boolean') return undefined;
      const { program, errors } = await workspace.parse(file, text);
      const [declared, another] = namesOf(program).filter((use) => use.role === 'declaration' && use.name === value);
      const isOfSetup = /<script\b[^>]*\ssetup\b/.test(text) && declared !== undefined && isOfModule(declared, program);
      if (new RegExp(`\\b${escapePattern(value)}\\??:\\s*string\\b`).test(text)) return undefined;
      if (errors.length > 0 || another || !isOfSetup || !mayBe(wanted, declared)) return undefined;
      if (new RegExp(`\\b(?:v-for|v-slot|slot-scope)\\b[^=]{0,40}=["'][^"']*${escapePattern(value)}`).test(text))
        return undefined;
    }
    if (isChangedElsewhere(workspace, file, name) || !isBroughtByDiff(workspace, file, ` ${written}`)) return undefined;
    const right = isVue ? `:${name}=${quote}${value}${quote}` : `${name}={${value}}`;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: at, end: at + written.length, text: right }])]]),
      cause: `${file}, line ${lineOf(text, at)}, gives \`${name}\` as a text; the component wants a ${wanted}.`,
      change: `Writes \`${right}\`.`,
    };
  },
};

function isOfModule({ scope }: NameUse, program: Scope): boolean {
  return scope.start <= program.start && program.end <= scope.end;
}

/** A function, a type or a text is no number. */
function mayBe(wanted: string, { parent, key }: NameUse): boolean {
  if (parent?.type !== 'VariableDeclarator' || key !== 'id') return parent?.type === 'Property';
  const { init } = parent;
  if (init === null) return true;
  if (/^(?:Arrow)?Function|^Template|^Object|^Array/.test(init.type)) return false;
  const [first] = init.type === 'CallExpression' ? init.arguments : [init];
  return first?.type !== 'Literal' || typeof first.value === wanted;
}
