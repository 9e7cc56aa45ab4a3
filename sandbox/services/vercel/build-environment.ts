/** Of ours only what a build needs to run and to reach the package registry; none of the secrets around it. */
const PASSED_ON =
  /^(PATH|HOME|TMPDIR|LANG|LC_ALL|SHELL|USER|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|npm_config_\w+)$/i;
/** npm sets these for the package that `npm start` runs in; a build is another package. */
const NOT_PASSED_ON = /^npm_config_(local_prefix|prefix|global|global_prefix)$/i;

export function buildEnvironment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (PASSED_ON.test(name) && !NOT_PASSED_ON.test(name)) environment[name] = value;
  }
  // https://vercel.com/docs/environment-variables/system-environment-variables
  return { ...environment, CI: '1', VERCEL: '1', NEXT_TELEMETRY_DISABLED: '1', ...more };
}
