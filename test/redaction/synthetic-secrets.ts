/** Secrets that open nothing, made anew from a seed, so that no file of ours holds a string that looks like a token. */

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface SyntheticSecret {
  readonly kind: string;
  /** The line as a log or a file shows it. */
  readonly text: string;
  /** The part that must not survive. */
  readonly secret: string;
}

/** A small linear congruential generator; `Math.random` would make failures unrepeatable. */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  return {
    next,
    word: (length: number) => pick(BASE62, length),
    hex: (length: number) => pick(HEX, length),
    capitals: (length: number) => pick(CAPITALS, length),
    digits: (length: number) => pick('0123456789', length),
  };
}

export function makeSecrets(seed: number): SyntheticSecret[] {
  const { word, hex, capitals, digits } = createRandom(seed);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const jwt = `${base64('{"alg":"HS256","typ":"JWT"}').replace(/=+$/, '')}.${base64(`{"role":"service_role","ref":"${word(20)}"}`).replace(/=+$/, '')}.${word(43)}`;
  const pem = `-----BEGIN ${'PRIVATE'} KEY-----\n${word(64)}\n${word(64)}\n-----END ${'PRIVATE'} KEY-----`;
  const shaped: [string, string][] = [
    ['github classic', `ghp_${word(36)}`],
    ['github app', `ghs_${word(36)}`],
    ['github fine-grained', `github_${'pat'}_${word(22)}_${word(59)}`],
    ['gitlab', `glpat-${word(20)}`],
    ['vercel', `vcp_${word(56)}`],
    ['vercel blob', `vercel_blob_rw_${word(16)}_${word(30)}`],
    ['npm', `npm_${word(36)}`],
    ['openai project', `sk-proj-${word(48)}-${word(20)}`],
    ['openai classic', `sk-${word(48)}`],
    ['anthropic', `sk-ant-api03-${word(80)}-AA`],
    ['google', `AIza${word(35)}`],
    ['google oauth', `ya29.${word(80)}`],
    ['google client', `GOCSPX-${word(28)}`],
    ['aws id', `AKIA${capitals(16)}`],
    ['slack bot', `xoxb-${digits(12)}-${digits(12)}-${word(24)}`],
    ['slack webhook', `https://hooks.slack.com/${'services'}/T${capitals(8)}/B${capitals(8)}/${word(24)}`],
    ['discord webhook', `https://discord.com/api/webhooks/${digits(18)}/${word(68)}`],
    ['discord bot', `M${word(25)}.${word(6)}.${word(38)}`],
    ['telegram', `${digits(10)}:AA${word(33)}`],
    ['stripe', `sk_${'live'}_${word(24)}`],
    ['stripe restricted', `rk_${'test'}_${word(24)}`],
    ['webhook secret', `whsec_${word(32)}`],
    ['supabase secret', `sb_secret_${word(31)}`],
    ['supabase management', `sbp_${hex(40)}`],
    ['supabase service role', jwt],
    ['sendgrid', `SG.${word(22)}.${word(43)}`],
    ['twilio', `SK${hex(32)}`],
    ['mailgun', `key-${hex(32)}`],
    ['mailchimp', `${hex(32)}-us14`],
    ['resend', `re_${word(8)}_${word(24)}`],
    ['qstash', base64(`{"UserID":"${word(20)}","Password":"${word(32)}"}`)],
    ['qstash signing', `sig_${word(28)}`],
    ['sentry token', `sntrys_${word(120)}`],
    ['neon password', `npg_${word(14)}`],
    ['planetscale', `pscale_pw_${word(43)}`],
    ['doppler', `dp.pt.${word(43)}`],
    ['linear', `lin_api_${word(40)}`],
    ['notion', `ntn_${word(46)}`],
    ['shopify', `shpat_${hex(32)}`],
    ['figma', `figd_${word(40)}`],
    ['digitalocean', `dop_v1_${hex(64)}`],
    ['hugging face', `hf_${word(34)}`],
    ['groq', `gsk_${word(52)}`],
    ['databricks', `dapi${hex(32)}`],
    ['vault', `hvs.${word(90)}`],
    ['docker', `dckr_pat_${word(27)}`],
    ['private key', pem],
    ['unknown key', word(64)],
  ];
  const named: [string, string, string][] = [
    ['sentry dsn', 'https://¤@o4501.ingest.sentry.io/42', hex(32)],
    ['postgres', 'postgresql://app:¤@ep-cool-1.eu-west-2.aws.neon.tech/main?sslmode=require', word(16)],
    ['mongodb', 'mongodb+srv://admin:¤@cluster0.ab1cd.mongodb.net/app', word(14)],
    ['redis', 'rediss://default:¤@eu1-calm-1234.upstash.io:6379', word(36)],
    ['clone url', 'fatal: could not read from https://¤@github.com/acme/app.git', word(40)],
    ['basic auth url', 'http://deploy:¤@registry.acme.test/', 'hunter2hunter2'],
    ['env file', 'NEXTAUTH_SECRET=¤', word(32)],
    ['env file, words', 'DB_PASSWORD=¤', 'correcthorsebattery'],
    ['env export', 'export UPSTASH_REDIS_REST_TOKEN="¤"', word(52)],
    ['env yaml', '  API_KEY: ¤', hex(32)],
    ['aws secret', 'aws_secret_access_key = ¤', `${word(20)}/${word(19)}`],
    ['aws secret in code', "secretAccessKey: '¤',", `${word(20)}+${word(19)}`],
    ['json', '{"clientSecret": "¤"}', word(28)],
    ['escaped json', '"{\\"api_key\\":\\"¤\\"}"', word(28)],
    ['code constant', "const stripeApiKey = '¤';", word(24)],
    ['code password', "  password: '¤',", 'Tr0ub4dor&3x'],
    ['npmrc', '//registry.npm.acme.test/:_authToken=¤', word(40)],
    ['bearer header', 'authorization: Bearer ¤', word(40)],
    ['basic header', "-H 'Authorization: Basic ¤'", base64(`deploy:${word(16)}`)],
    ['api key header', 'x-api-key: ¤', hex(40)],
    ['query parameter', 'GET https://api.acme.test/v1/items?access_token=¤&page=2 401', word(32)],
    [
      'edge config',
      'EDGE_CONFIG=https://edge-config.vercel.com/ecfg_abcd?token=¤',
      `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
    ],
    ['deploy hook', 'https://api.vercel.com/v1/integrations/deploy/¤', `prj_${word(24)}/${word(10)}`],
    ['azure storage', 'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=¤;', base64(word(64))],
    ['e-mail', 'Author: Jo Baker <¤>', 'jo.baker@bakehouse.co.uk'],
    ['vercel token in env', 'VERCEL_TOKEN=¤', word(24)],
    ['session cookie', 'cookie: session=¤', word(48)],
  ];
  return [
    ...shaped.map(([kind, secret]) => ({ kind, text: `Error: request with ${secret} was refused`, secret })),
    ...named.map(([kind, line, secret]) => ({ kind, text: line.replace('¤', () => secret), secret })),
  ];
}
