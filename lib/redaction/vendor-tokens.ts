/** A kind of secret that shows itself by its shape. Every pattern is bounded and without nested repetition. */
export interface TokenRule {
  /** Goes into the placeholder: `[REDACTED:name]`. */
  readonly name: string;
  /** Substrings of which one must be there; a text without any is not searched. */
  readonly anchors: readonly string[];
  /** Global. What it matches is the secret, whole. */
  readonly pattern: RegExp;
  /** Prefixes that ordinary words may have as well: the match must look random too. */
  readonly ambiguous?: boolean;
}

/** Not a letter or digit before: the prefix starts a word. */
function startsWord(source: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])(?:${source})`, 'g');
}

function rule(name: string, anchors: string, source: string): TokenRule {
  return { name, anchors: anchors.split(' '), pattern: startsWord(source) };
}

export const TOKEN_RULES: readonly TokenRule[] = [
  rule('github-token', 'ghp_ gho_ ghu_ ghs_ ghr_', 'gh[pousr]_[\\w.-]{20,800}'),
  rule('github-token', 'github_pat_', 'github_pat_\\w{20,255}'),
  rule(
    'gitlab-token',
    'glpat- gldt- glrt- glptt- glcbt- glsoat- glft- gloas-',
    'gl(?:pat|dt|rt|ptt|cbt|soat|ft|oas)-[\\w.-]{20,300}',
  ),
  rule('vercel-token', 'vcp_ vci_ vca_ vcr_ vck_', 'vc[piark]_[A-Za-z0-9]{20,200}'),
  rule('vercel-token', 'vercel_blob_rw_', 'vercel_blob_rw_[A-Za-z0-9_]{20,120}'),
  rule('vercel-token', 'integrations/deploy/', 'prj_[A-Za-z0-9]{8,40}/[A-Za-z0-9]{8,40}'),
  rule('npm-token', 'npm_', 'npm_[A-Za-z0-9]{36,72}'),
  rule('anthropic-key', 'sk-ant-', 'sk-ant-[\\w-]{20,300}'),
  { ...rule('openai-key', 'sk-', 'sk-[\\w-]{20,300}'), ambiguous: true },
  rule('google-key', 'AIza', 'AIza[\\w-]{35}'),
  rule('google-token', 'ya29. GOCSPX- 1//0', 'ya29\\.[\\w-]{20,800}|GOCSPX-[\\w-]{20,60}|1//0[\\w-]{30,200}'),
  { ...rule('google-key', 'AQ.', 'AQ\\.[\\w-]{30,200}'), ambiguous: true },
  rule('aws-key', 'AKIA ASIA ABIA ACCA', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])'),
  rule('slack-token', 'xox xapp-', 'xox[abeoprs]-[\\w-]{10,300}|xapp-\\d-[\\w-]{10,300}'),
  rule('slack-webhook', 'hooks.slack.com', 'hooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/]{20,200}'),
  rule('discord-webhook', '/api/webhooks/', 'discord(?:app)?\\.com/api/webhooks/\\d{5,25}/[\\w-]{20,120}'),
  rule('discord-token', '.', '[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,45}(?![\\w-])'),
  rule('telegram-token', ':AA', '\\d{8,12}:AA[\\w-]{32,36}(?![\\w-])'),
  rule('stripe-key', 'sk_live_ sk_test_ rk_live_ rk_test_', '[sr]k_(?:live|test)_[A-Za-z0-9_]{10,250}'),
  rule('webhook-secret', 'whsec_', 'whsec_[A-Za-z0-9+/=_-]{16,120}'),
  rule('supabase-key', 'sbp_ sb_secret_', 'sbp_[a-z0-9_]{36,60}|sb_secret_[\\w-]{16,120}'),
  rule('sendgrid-key', 'SG.', 'SG\\.[\\w-]{16,40}\\.[\\w-]{16,80}'),
  rule('twilio-key', 'SK', 'SK[0-9a-f]{32}(?![0-9a-f])'),
  rule('mailgun-key', 'key-', 'key-[0-9a-f]{32}(?![0-9a-f])'),
  rule('mailchimp-key', '-us', '[0-9a-f]{32}-us\\d{1,2}(?!\\d)'),
  { ...rule('resend-key', 're_', 're_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,40}'), ambiguous: true },
  rule('qstash-token', 'eyJVc2VySUQi', 'eyJVc2VySUQi[\\w+/=-]{20,600}'),
  { ...rule('signing-key', 'sig_', 'sig_[A-Za-z0-9]{20,60}'), ambiguous: true },
  rule('sentry-token', 'sntrys_ sntryu_', 'sntry[su]_[\\w+/=-]{30,400}'),
  rule('database-password', 'npg_ pscale_', 'npg_[A-Za-z0-9]{10,40}|pscale_(?:tkn|pw|oauth)_[\\w.-]{20,80}'),
  rule('doppler-token', 'dp.', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{30,120}'),
  rule('linear-key', 'lin_', 'lin_(?:api|oauth)_[A-Za-z0-9]{30,80}'),
  rule('notion-key', 'ntn_ secret_', 'ntn_[A-Za-z0-9]{40,60}|secret_[A-Za-z0-9]{43}(?![A-Za-z0-9])'),
  rule('shopify-token', 'shp', 'shp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}'),
  rule('figma-token', 'figd_', 'figd_[\\w-]{30,80}'),
  rule('digitalocean-token', '_v1_', 'do[opr]_v1_[0-9a-f]{64}'),
  { ...rule('hugging-face-token', 'hf_', 'hf_[A-Za-z0-9]{30,60}'), ambiguous: true },
  rule('model-key', 'gsk_ pplx- xai- r8_', '(?:gsk_|pplx-|xai-|r8_)[A-Za-z0-9]{32,120}'),
  rule('databricks-token', 'dapi', 'dapi[0-9a-f]{32}(?:-\\d)?'),
  rule('grafana-token', 'glsa_ glc_', 'gl(?:sa|c)_[\\w+/=-]{30,300}'),
  rule('vault-token', 'hvs. hvb.', 'hv[sb]\\.[\\w-]{24,300}'),
  rule('docker-token', 'dckr_', 'dckr_(?:pat|oat)_[\\w-]{20,60}'),
  rule('atlassian-token', 'ATATT ATCTT', 'AT[AC]TT3xFf[\\w=-]{50,300}'),
  rule('airtable-token', 'pat', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'),
  rule('posthog-key', 'phx_', 'phx_[A-Za-z0-9]{30,60}'),
  rule('contentful-token', 'CFPAT-', 'CFPAT-[\\w-]{30,60}'),
  rule('square-token', 'sq0', 'sq0(?:atp|csp|idp)-[\\w-]{20,60}'),
  rule('pypi-token', 'pypi-AgE', 'pypi-AgE[\\w-]{40,400}'),
  rule('age-key', 'AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-1[A-Z0-9]{50,70}'),
  rule('new-relic-key', 'NRAK-', 'NRAK-[A-Z0-9]{27}'),
  rule('azure-key', 'AccountKey= SharedAccessKey=', '(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/=]{20,200}'),
  rule('jwt', 'eyJ', 'eyJ[\\w-]{8,4000}\\.eyJ[\\w-]{4,8000}(?:\\.[\\w-]{0,2000})?'),
];
