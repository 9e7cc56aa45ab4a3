/** Puts the demo app's packages into the cache, so that later runs need no network. */
import { fileURLToPath } from 'node:url';
import { installDependencies } from './services/vercel/dependencies.js';

const { code, output, folder } = await installDependencies(fileURLToPath(new URL('./demo-app/', import.meta.url)));
console.log(code === 0 ? `The demo app's packages are in ${folder}.` : output);
process.exitCode = code;
