import type { Program } from 'oxc-parser';
import { type SyntaxNode, walk } from './walk.js';

/**
 * What components of a file may be given by name: members of its types, keys that it takes out of its parameters and
 * of `$props()` and the like, `export let`, what `defineProps` and `defineEmits` list, and members of its classes.
 */
export function declaredProps(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node, parent } of walk(program)) {
    switch (node.type) {
      case 'TSPropertySignature':
      case 'TSMethodSignature':
      case 'PropertyDefinition':
        addKey(names, node.key as SyntaxNode);
        break;
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        for (const parameter of node.params) addPattern(names, parameter as SyntaxNode);
        break;
      case 'VariableDeclarator':
        if (node.init && isPropSource(node.init as SyntaxNode)) addPattern(names, node.id as SyntaxNode);
        break;
      case 'ExportNamedDeclaration':
        if (node.declaration?.type === 'VariableDeclaration' && node.declaration.kind === 'let')
          for (const { id } of node.declaration.declarations) addKey(names, id as SyntaxNode);
        break;
      case 'CallExpression':
        if (node.callee.type === 'Identifier' && /^define(?:Props|Emits|Model)$/.test(node.callee.name))
          for (const argument of node.arguments) addListed(names, argument as SyntaxNode);
        break;
      case 'TSLiteralType':
        // `(e: 'pick', id: string) => void` within `defineEmits`.
        if (parent?.type === 'TSTypeAnnotation') addKey(names, node.literal as SyntaxNode);
        break;
      case 'Property':
        // The options of a Vue component.
        if (node.key.type === 'Identifier' && /^(?:props|emits)$/.test(node.key.name))
          addListed(names, node.value as SyntaxNode);
    }
  }
  return names;
}

function isPropSource(init: SyntaxNode): boolean {
  if (init.type === 'CallExpression' && init.callee.type === 'Identifier')
    return /^(?:\$props|defineProps|withDefaults)$/.test(init.callee.name);
  if (init.type === 'MemberExpression' && init.property.type === 'Identifier') return init.property.name === 'props';
  if (init.type === 'TSAsExpression') return isPropSource(init.expression as SyntaxNode);
  return init.type === 'Identifier' && init.name === 'props';
}

/** Keys of an object pattern, not the local names that they are bound to. */
function addPattern(names: Set<string>, pattern: SyntaxNode): void {
  if (pattern.type === 'AssignmentPattern') addPattern(names, pattern.left as SyntaxNode);
  if (pattern.type !== 'ObjectPattern') return;
  for (const property of pattern.properties)
    if (property.type === 'Property') addKey(names, property.key as SyntaxNode);
}

function addListed(names: Set<string>, value: SyntaxNode): void {
  if (value.type === 'ArrayExpression')
    for (const element of value.elements) if (element) addKey(names, element as SyntaxNode);
  if (value.type === 'ObjectExpression')
    for (const property of value.properties)
      if (property.type === 'Property') addKey(names, property.key as SyntaxNode);
  addKey(names, value);
}

function addKey(names: Set<string>, key: SyntaxNode): void {
  if (key.type === 'Identifier') names.add(key.name);
  else if (key.type === 'Literal' && typeof key.value === 'string') names.add(key.value);
}
