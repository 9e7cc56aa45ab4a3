/** Sentences in which code, a library or a tool says that an environment variable is not there. */

import { createAnyOf } from './any-of.js';

export interface MissingVariable {
  /** The variable, or the option it was meant to fill where the sentence does not name it. */
  readonly symbol: string;
  /** False where only an option is known. */
  readonly named: boolean;
  /** All variables of the sentence, where it names several. */
  readonly all?: readonly string[];
}

/** What well-known clients say when the value that they are created with is empty; they cannot name the variable. */
const clients: readonly {
  readonly has: string;
  readonly pattern?: RegExp;
  readonly symbol: string;
  readonly named?: boolean;
}[] = [
  { has: 'supabaseUrl is required', symbol: 'supabaseUrl' },
  { has: 'supabaseKey is required', symbol: 'supabaseKey' },
  { has: "project's URL and API key are required", symbol: 'supabaseUrl' },
  { has: "project's URL and Key are required", symbol: 'supabaseUrl' },
  { has: 'Invalid supabaseUrl', symbol: 'supabaseUrl' },
  { has: 'Missing API key. Pass it to the constructor `new Resend', symbol: 'RESEND_API_KEY' },
  { has: 'Neither apiKey nor config.authenticator provided', symbol: 'STRIPE_SECRET_KEY' },
  { has: 'Please call Stripe() with your publishable key', symbol: 'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY' },
  { has: 'Missing publishableKey', symbol: 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY' },
  { has: 'Missing secretKey', symbol: 'CLERK_SECRET_KEY' },
  { has: 'Missing Clerk Secret Key', symbol: 'CLERK_SECRET_KEY' },
  { has: 'The publishableKey passed to Clerk is invalid', symbol: 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY' },
  { has: 'auth/invalid-api-key', symbol: 'NEXT_PUBLIC_FIREBASE_API_KEY' },
  {
    has: 'Service account object must contain a string "',
    pattern: /must contain a string "(\w{1,60})"/,
    symbol: 'project_id',
  },
  { has: 'No database connection string was provided to `neon()`', symbol: 'DATABASE_URL' },
  { has: 'Configuration must contain `projectId`', symbol: 'NEXT_PUBLIC_SANITY_PROJECT_ID' },
  { has: 'Configuration must contain `dataset`', symbol: 'NEXT_PUBLIC_SANITY_DATASET' },
  // As gatsby-source-contentful says it.
  { has: 'Accessing your Contentful space failed: Unauthorized', symbol: 'CONTENTFUL_ACCESS_TOKEN' },
  { has: 'Expected parameter accessToken', symbol: 'CONTENTFUL_ACCESS_TOKEN' },
  { has: 'Expected parameter space', symbol: 'CONTENTFUL_SPACE_ID' },
  { has: 'You must provide an Algolia', symbol: 'ALGOLIA_APP_ID' },
  { has: '`appId` is missing', symbol: 'ALGOLIA_APP_ID' },
  { has: '`apiKey` is missing', symbol: 'ALGOLIA_API_KEY' },
  { has: 'Received invalid connection string. Please', symbol: 'DATABASE_URL' },
  { has: "VercelPostgresError: 'missing_connection_string'", symbol: 'POSTGRES_URL' },
  { has: 'missing_connection_string', symbol: 'POSTGRES_URL' },
  { has: 'parameter to `openUri()` must be a string, got "undefined"', symbol: 'MONGODB_URI' },
  { has: 'expected connection string to start with "mongodb', symbol: 'MONGODB_URI' },
  { has: 'Must supply cloud_name', symbol: 'CLOUDINARY_CLOUD_NAME' },
  { has: 'dataset must be provided', symbol: 'dataset' },
  { has: 'GraphQL Error (Code: 401)', symbol: 'access token', named: false },
  { has: 'GraphQL Error (Code: 403)', symbol: 'access token', named: false },
  { has: 'MissingSecret', symbol: 'AUTH_SECRET' },
  { has: 'Please define a `secret` in production', symbol: 'NEXTAUTH_SECRET' },
  { has: "[Upstash Redis] The 'url' property is missing", symbol: 'UPSTASH_REDIS_REST_URL' },
  { has: "[Upstash Redis] The 'token' property is missing", symbol: 'UPSTASH_REDIS_REST_TOKEN' },
  { has: 'Upstash Redis client was passed an invalid URL', symbol: 'UPSTASH_REDIS_REST_URL' },
  { has: "URL_INVALID: The URL 'undefined' is invalid", symbol: 'url' },
  { has: 'No auth token is passed. Set `SENTRY_AUTH_TOKEN`', symbol: 'SENTRY_AUTH_TOKEN' },
  // As sentry-cli passes on what the server answers to a token that is not there, or not its own.
  { has: '(http status: 401)', symbol: 'SENTRY_AUTH_TOKEN' },
  { has: '(http status: 403)', symbol: 'SENTRY_AUTH_TOKEN' },
  { has: 'Auth token is required for this request', symbol: 'SENTRY_AUTH_TOKEN' },
  { has: 'Missing credentials. Please pass an `apiKey`', symbol: 'OPENAI_API_KEY' },
  { has: 'Could not resolve authentication method. Expected', symbol: 'ANTHROPIC_API_KEY' },
  { has: 'Could not load credentials from any providers', symbol: 'AWS_ACCESS_KEY_ID' },
  { has: 'Could not load the default credentials', symbol: 'GOOGLE_APPLICATION_CREDENTIALS' },
  { has: 'secretOrPrivateKey must have a value', symbol: 'JWT_SECRET' },
  { has: 'DataSource is missing', symbol: 'DATABASE_URL' },
  { has: 'You must provide a projectId', symbol: 'projectId' },
  { has: 'Missing access token', symbol: 'accessToken' },
  { has: 'Provided address was invalid', symbol: 'url', named: false },
  { has: 'Provided address was not an absolute URL', symbol: 'url', named: false },
  { has: 'Client created with undefined deployment address', symbol: 'address', named: false },
  { has: '@vercel/edge-config: No connection string', symbol: 'EDGE_CONFIG' },
  { has: 'the URL must start with the protocol', symbol: 'DATABASE_URL' },
  { has: 'Error: Region is missing', symbol: 'AWS_REGION' },
  // Servers of databases and their clients, on an address or credentials that are not theirs.
  { has: 'password authentication failed for user', symbol: 'DATABASE_URL' },
  { has: 'SCRAM-SERVER-FIRST-MESSAGE', symbol: 'DATABASE_URL' },
  { has: 'Access denied for user ', symbol: 'DATABASE_URL' },
  { has: 'error: database "', symbol: 'DATABASE_URL' },
  { has: 'Error: database "', symbol: 'DATABASE_URL' },
  // The pooler of Supabase, of a user that is none of this project, or of a project that sleeps.
  { has: 'Tenant or user not found', symbol: 'DATABASE_URL' },
  // What OpenSSL says of a key whose line breaks got lost on the way into the variable.
  { has: 'DECODER routines::unsupported', symbol: 'private_key', named: false },
  { has: 'bad auth : ', symbol: 'MONGODB_URI' },
  { has: 'Could not connect to any servers in your MongoDB Atlas cluster', symbol: 'MONGODB_URI' },
  { has: 'Invalid scheme, expected connection string to start with', symbol: 'MONGODB_URI' },
  { has: 'The server does not support SSL connections', symbol: 'DATABASE_URL' },
  { has: 'P1003: Database ', symbol: 'DATABASE_URL' },
  { has: 'P1010: User ', symbol: 'DATABASE_URL' },
  { has: 'P1011: Error opening a TLS connection', symbol: 'DATABASE_URL' },
  { has: 'P1013: The provided database string is invalid', symbol: 'DATABASE_URL' },
  {
    has: ' resolved to an empty string',
    pattern: /The environment variable `(\w{1,80})` resolved to an empty string/,
    symbol: 'DATABASE_URL',
  },
  { has: '`projectId` can only contain', symbol: 'NEXT_PUBLIC_SANITY_PROJECT_ID' },
  { has: 'Dataset not found - Dataset "', symbol: 'NEXT_PUBLIC_SANITY_DATASET' },
  { has: 'Datasets can only contain lowercase characters', symbol: 'NEXT_PUBLIC_SANITY_DATASET' },
  {
    has: 'could not decrypt ',
    pattern: /using private key '(DOTENV_PRIVATE_KEY\w{0,60})/,
    symbol: 'DOTENV_PRIVATE_KEY',
  },
  { has: 'Doppler Error: you must provide a token', symbol: 'DOPPLER_TOKEN' },
  { has: ': unbound variable', pattern: /line \d{1,5}: ([A-Za-z_]\w{1,80}): unbound variable/, symbol: 'variable' },
  { has: 'ailed to parse private key', symbol: 'private_key', named: false },
];

const holdsClient = createAnyOf(clients.map(({ has }) => has));
/** What a sentence that names a variable holds at the least. */
const mayName = /[Ee][Nn][Vv]|[A-Z0-9]_[A-Z0-9]/;
const namedVariable = /(?:process\.env|import\.meta\.env|env)(?:\.|\[['"])([A-Za-z_][A-Za-z0-9_]{1,80})/;
/** What files of variables end in, and modules about them: `.env.example`, `env.js`. */
const endings = /^(?:[cm]?[jt]s|local|example|sample|template|dist|development|production|preview|test)$/;
const upperName = /\b([A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,8})\b/;
const anyUpperName = /(?:^|[\s"'`(:[,])([A-Z][A-Z0-9_]{2,80})(?=$|[\s"'`).:,\]])/;
const notVariables =
  /^(?:SB_|[A-Z]+_\d{4}$|ERR_|UND_ERR|MODULE_NOT_FOUND|EAI_AGAIN|BUILD_UTILS|STATIC_BUILD|NEXT_NO_VERSION|NEXT_OUTPUT|NEXT_STATIC|DYNAMIC_SERVER|MISSING_EXPORT|UNRESOLVED_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|NODE_MODULE|NODE_MODULES|PARSE_ERROR|PLUGIN_|INVALID_|BABEL_|NODE_TYPESCRIPT|FUNCTION_INVOCATION|HPE_|MAX_|NOT_FOUND|BAILOUT_)/;
const wanted =
  /\b(?:missing|required|not (?:been )?(?:set|defined|found|provided|configured|specified|present|available)|undefined|must be (?:set|defined|provided|specified|an? (?:valid|non-empty))|(?:is|are|was|cannot be) (?:empty|unset|undefined|null|blank)|isn't set|isn't defined|needs? to be (?:set|defined)|(?:please|must|did you forget to|you need to) (?:set|define|provide|add|specify|configure)|no value|no \w{1,20} (?:set|provided|found)|does not exist|doesn't exist|could not find|unable to find env\w*|expected)\b/i;
const saysVariable = /\benv(?:ironment)?[ -]?(?:variables?|vars?)\b|\.env\b|process\.env|import\.meta\.env/i;
/** Sentences of the same words that are about code or about a tool's own affairs. */
const aboutOther =
  /^ReferenceError|\bversion [`']GLIBC|turbo\.json|deprecated|\bwarn(?:ing)?\b|TS\d{4}|is not exported (?:by|from)|Ignoring|skipping|will be ignored|optional|fall(?:ing)? ?back/i;

/** What is kept in variables, whoever asks for it and whatever the option is called. */
const credential =
  '((?:(?:api|app|access|auth|secret|public|publishable|private|client|project|space|site|store|account|service|licen[cs]e|deploy|preview|delivery|bearer|session)[ _-]?(?:key|token|secret|id|domain)|connection string|credentials|DSN)s?)\\b';
const lacksCredential = [
  `\\b(?:no|missing|undefined|(?:must|need to|have to|please) (?:pass|provide|supply|set|specify)|unable to find|could not find)\\b[^.\\n]{0,60}?\\b${credential}`,
  `\\b${credential}[^.\\n]{0,30}?\\b(?:required|missing|invalid|expired|undefined|empty|not (?:set|provided|found|specified|configured|valid)|(?:must|needs? to|ha(?:s|ve) to) be (?:set|provided|specified|passed))\\b`,
  `\\b(?:invalid|expired) ${credential}`,
].map((pattern) => new RegExp(pattern, 'i'));

/** Whether a line can be about a variable at all: most are told by one pass over them. */
export function mayMissVariable(text: string): boolean {
  return mayName.test(text) || holdsClient(text);
}

/** Reads one sentence; undefined when it is about something else. */
export function readMissingVariable(sentence: string): MissingVariable | undefined {
  // Variables of a text, not of the environment: https://next-intl.dev/docs/usage/configuration#error-handling
  if (/\b(?:FORMATTING_ERROR|INVALID_MESSAGE): /.test(sentence)) return undefined;
  const text = sentence.slice(0, 1_000);
  if (holdsClient(text)) {
    for (const { has, pattern, symbol, named } of clients) {
      if (!text.includes(has)) continue;
      const found = pattern?.exec(text)?.[1] ?? symbol;
      return { symbol: found, named: named ?? /^[A-Z]/.test(found) };
    }
  }
  return readNamed(text) ?? readCredential(text);
}

/** Whether it says so of variables that a list above or below it names: https://env.t3.gg/docs/customization */
export function refusesVariables(sentence: string): boolean {
  return /\binvalid environment variables?\b/i.test(sentence);
}

function readNamed(text: string): MissingVariable | undefined {
  if (!mayName.test(text) || !wanted.test(text) || aboutOther.test(text)) return undefined;
  const direct = namedVariable.exec(text)?.[1];
  if (direct !== undefined && !endings.test(direct)) return { symbol: direct, named: true };
  const says = saysVariable.test(text);
  const name = firstName(text, upperName) ?? (says ? firstName(text, anyUpperName) : undefined);
  if (name === undefined) return undefined;
  const rest = allNames(text);
  return { symbol: name, named: true, ...(rest.length > 1 ? { all: rest } : {}) };
}

function readCredential(text: string): MissingVariable | undefined {
  if (aboutOther.test(text)) return undefined;
  const symbol = lacksCredential.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  return symbol === undefined ? undefined : { symbol, named: false };
}

function firstName(text: string, pattern: RegExp): string | undefined {
  let from = 0;
  for (let tries = 0; tries < 8; tries++) {
    const match = pattern.exec(text.slice(from));
    if (match?.[1] === undefined) return undefined;
    if (!notVariables.test(match[1]) && !/^(?:API|URL|JSON|HTTP|HTTPS|ERROR|ENV|NODE|ID)$/.test(match[1]))
      return match[1];
    from += match.index + match[0].length;
  }
  return undefined;
}

function allNames(text: string): readonly string[] {
  const names = text.match(new RegExp(upperName, 'g')) ?? [];
  return [...new Set(names)].filter((name) => !notVariables.test(name)).slice(0, 20);
}

/** What to do about it, with the names. */
export function remedyForVariables(names: readonly string[], named: boolean): string {
  if (!named) {
    return `Set the environment variable that provides \`${names[0]}\` in the Vercel project, for Production and Preview, and redeploy.`;
  }
  const list = names.join(', ');
  return `Set ${list} in the Vercel project’s environment variables, for Production and Preview, and redeploy.`;
}
