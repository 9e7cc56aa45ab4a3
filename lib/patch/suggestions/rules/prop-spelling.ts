import { stoodBefore } from '../changed-words.js';
import { differInNumber, findTwin, isInflected } from '../distance.js';
import type { Rule } from '../rule.js';
import { componentUsesIn } from '../syntax/component-uses.js';
import { declaredProps } from '../syntax/declared-props.js';
import { importsOf } from '../syntax/imports.js';
import { INTRINSIC_ELEMENTS } from '../syntax/intrinsic-elements.js';
import { namesOf } from '../syntax/names.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { isWordOfOwn } from '../word-of-own.js';

const UNKNOWN = /'"?([A-Za-z_$][\w$]*)"?' does not exist in type '(?:\$\$ComponentProps|Props|\$\$Props)'/;

/** `<Boat lable="Tern" />` of Svelte, where the component has `label`, which this use does not give, and nothing else so spelt. */
export const propSpelling: Rule = {
  name: 'prop-spelling',
  async propose({ file, line, message }, workspace) {
    const name = UNKNOWN.exec(message)?.[1];
    const text = file?.endsWith('.svelte') ? workspace.read(file) : undefined;
    if (name === undefined || file === undefined || text === undefined || line === undefined) return undefined;
    const uses = (await componentUsesIn(workspace, file)).filter(
      ({ start, end, props }) =>
        lineOf(text, start) <= line && line <= lineOf(text, end) && props.some((prop) => prop.name === name),
    );
    const [use, another] = uses;
    if (use === undefined || another !== undefined) return undefined;
    const { program } = await workspace.parse(file, text);
    const specifier = importsOf(program).find(({ local, imported }) => local === use.tag && imported === 'default');
    const component = specifier && resolveSpecifier(workspace, file, specifier.specifier);
    const code = component?.endsWith('.svelte') ? workspace.read(component) : undefined;
    if (component === undefined || code === undefined) return undefined;
    const source = await workspace.parse(component, code);
    const given = new Set(use.props.map((prop) => prop.name));
    const right = source.errors.length > 0 ? undefined : findTwin(name, declaredProps(source.program));
    const edit = use.props.find((prop) => prop.name === name);
    if (right === undefined || edit === undefined || given.has(right)) return undefined;
    // `form={form}` beside a `from`: what is called so by itself is no slip.
    const isOwnName = namesOf(program).some((own) => own.name === name && own.role === 'declaration');
    if (isOwnName && new RegExp(`\\{\\s*${name.replaceAll('$', '\\$')}\\s*\\}`).test(text.slice(use.start, use.end)))
      return undefined;
    // Of `form` and the like, HTML has an element and an attribute.
    if (INTRINSIC_ELEMENTS.has(name) || isWordOfOwn(workspace, name, right)) return undefined;
    if (differInNumber(name, right) || isInflected(name, right) || stoodBefore(workspace, name)) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [edit.rename(right)])]]),
      cause: `${file}, line ${line}, gives \`${name}\` to \`${use.tag}\`, which has no such property.`,
      change: `Writes \`${right}\`, the only property of ${component} that is spelt like it.`,
    };
  },
};
