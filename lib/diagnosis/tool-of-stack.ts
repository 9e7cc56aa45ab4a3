/** Which tool an error came out of, by the packages whose code ran. */
import { type LineStream, textAt } from './finding.js';

const REFUSING = new Map(
  Object.entries({
    next: 'next',
    astro: 'astro',
    nuxt: 'nuxt',
    '@nuxt': 'nuxt',
    '@react-router': 'react-router',
    '@sveltejs': 'sveltekit',
    vite: 'vite',
    rollup: 'rollup',
    postcss: 'postcss',
    'postcss-load-config': 'postcss',
    tailwindcss: 'tailwind',
    '@tailwindcss': 'tailwind',
    eslint: 'eslint',
    '@eslint': 'eslint',
    '@angular': 'angular',
    '@babel': 'babel',
    rolldown: 'vite',
    vitepress: 'vitepress',
    '@stencil': 'stencil',
    hexo: 'hexo',
    '@rsbuild': 'rsbuild',
    '@rspack': 'rspack',
    '@parcel': 'parcel',
    'vite-plugin-pwa': 'vite',
    esbuild: 'esbuild',
    '@solidjs': 'vinxi',
    vinxi: 'vinxi',
  }),
);

/** Whoever refuses its settings is at the top of the stack. */
export function toolOfStack(lines: LineStream, from: number, to: number): string | undefined {
  for (let index = from + 1; index < to; index++) {
    const own = /node_modules\/(?:\.pnpm\/[^/]{1,200}\/node_modules\/)?(@?[\w.-]{1,100})\//.exec(
      textAt(lines, index),
    )?.[1];
    if (own !== undefined) return REFUSING.get(own);
  }
  return undefined;
}
