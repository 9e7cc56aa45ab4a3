/** Words of JavaScript and TypeScript with a meaning of their own where a statement, a declaration or a type stands. */
export const KEYWORDS: readonly string[] = [
  ...['abstract', 'as', 'async', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger'],
  ...['declare', 'default', 'delete', 'do', 'else', 'enum', 'export', 'extends', 'finally', 'for', 'from'],
  ...['function', 'if', 'implements', 'import', 'in', 'instanceof', 'interface', 'keyof', 'let', 'namespace', 'new'],
  ...['of', 'override', 'private', 'protected', 'public', 'readonly', 'return', 'satisfies', 'static', 'super'],
  ...['switch', 'this', 'throw', 'try', 'type', 'typeof', 'var', 'void', 'while', 'with', 'yield'],
];
