/** Who reads settings: an error that one of these modules raises is about what the project set, whatever it says. */
interface SettingsReader {
  readonly tool: string;
  /** What follows `node_modules/` in the frame at the top of the stack. */
  readonly path: RegExp;
}

const readers: readonly SettingsReader[] = [
  {
    tool: 'next',
    path: /^next\/dist\/(?:server\/config(?:-[\w-]{1,40})?|lib\/(?:load-custom-routes|static-env)|build\/(?:define-env|webpack-config|webpack\/config\/.{1,80}))\.js$/,
  },
  {
    tool: 'docusaurus',
    path: /^@docusaurus\/(?:core\/lib\/server\/(?:config|configValidation|htmlTags|i18n|siteMetadata|plugins\/.{1,60})\.js$|plugin-[\w-]{1,40}\/lib\/(?:options|validateOptions|sidebars\/.{1,60}|versions\/.{1,60})\.js$|theme-[\w-]{1,40}\/lib\/(?:options|validateThemeConfig)\.js$|bundler\/lib\/importFaster\.js$)/,
  },
  { tool: 'babel', path: /^@babel\/(?:core\/lib\/config|helper-validator-option|preset-env\/lib\/normalize-options)/ },
  {
    tool: 'eslint',
    path: /^(?:@eslint\/(?:config-array|eslintrc)|@humanwhocodes\/(?:config-array|object-schema)|eslint\/lib\/(?:config|shared\/config-validator))\b/,
  },
  { tool: 'react-scripts', path: /^(?:react-scripts\/config\/|react-dev-utils\/getPublicUrlOrPath\.js$)/ },
  { tool: 'craco', path: /^@craco\/craco\/dist\/lib\/(?:config|plugins|features\/|loaders|utils\/)/ },
  { tool: 'webpack', path: /^schema-utils\/dist\// },
  { tool: 'postcss', path: /^(?:postcss-load-config|lilconfig|cosmiconfig)\// },
  { tool: 'vite', path: /^@tanstack\/router-generator\/dist\/\w{1,5}\/config\.js$/ },
];

/** Which tool refused its settings, by the path in the frame where an error was raised. */
export function readSettingsReader(path: string): { readonly tool: string } | undefined {
  const mark = path.lastIndexOf('node_modules/');
  if (mark < 0) return undefined;
  const own = path.slice(mark + 'node_modules/'.length);
  return readers.find((reader) => reader.path.test(own));
}
