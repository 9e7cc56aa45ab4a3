/** The build of Vue's compiler that carries all it needs: the one for Node brings Babel along, which parsing does not use. */
declare module '@vue/compiler-dom/dist/compiler-dom.esm-browser.js' {
  export { parse } from '@vue/compiler-dom';
}
