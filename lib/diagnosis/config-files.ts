/** Files whose faults are about how a project is built, whatever language they are written in. */
const byTool =
  /^(?:next|vite|vitest|astro|svelte|nuxt|tailwind|postcss|eslint|remix|react-router|webpack|rollup|rolldown|babel|jest|prettier|drizzle|playwright|sanity|gatsby|vue|craco|tsup|tsdown|metro|app|content|contentlayer|mdx|stylelint|commitlint|lint-staged|sentry\.\w{1,20})\.config\.[cm]?[jt]sx?$/;
const byName =
  /^(?:tsconfig(?:\.[\w-]{1,40})?\.json|jsconfig\.json|package\.json|vercel\.json|turbo\.jsonc?|angular\.json|nx\.json|project\.json|lerna\.json|biome\.jsonc?|components\.json|pnpm-workspace\.yaml|\.npmrc|\.yarnrc(?:\.yml)?|\.babelrc(?:\.\w{1,5})?|\.eslintrc(?:\.\w{1,5})?|\.swcrc|\.nvmrc|\.node-version|\.vercelignore|gatsby-(?:config|node)\.[jt]s)$/;

/** What tools that are not listed call theirs; below `src` it is the application's own. */
const byManner =
  /^(?:[\w-]{2,40}\.config\.(?:[cm]?[jt]sx?|json|ya?ml|toml)|\.?[\w-]{2,40}rc\.(?:json|[cm]?js|ya?ml|toml)|\.eleventy\.c?js|sidebars\.[cm]?[jt]s|codegen\.(?:ya?ml|ts)|\.[\w-]{2,30}rc|bunfig\.toml|wrangler\.(?:toml|jsonc?))$/;
const inDotFolder = /(?:^|\/)\.(?:vitepress|vuepress|storybook|dumi)\/[\w-]{2,40}\.[cm]?[jt]sx?$/;

export function isConfigFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.startsWith('app.config.') && /(?:^|\/)src\//.test(path)) return false;
  if (byTool.test(name) || byName.test(name) || inDotFolder.test(path)) return true;
  return byManner.test(name) && !/(?:^|\/)src\//.test(path);
}
