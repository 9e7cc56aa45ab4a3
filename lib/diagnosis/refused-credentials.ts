/** What the other side answers to credentials that it does not know, or that are not enough. */

export const refusalRemedy =
  'The service refuses the credentials that the build uses. Correct or renew them in the Vercel project’s environment variables, for Production and Preview, and redeploy.';

/** As clients of HTTP put the status of an answer into a sentence; a number alone may count anything. */
const status =
  /\b(?:status(?: code)?"?:?|[Rr]esponse code:?|HTTP(?:\/[\d.]{1,3})?:?|[Hh]ttp code|HTTP code|HTTP status|responded with|Code:|Error:) ?\(?(?:401|403)\b|\b(?:401:? \(?(?:Unauthorized|INVALID_)|403:? \(?Forbidden)/;
const wrong =
  '(?:invalid|incorrect|wrong|bad|unknown|expired|(?<!not )valid|missing)(?: or (?:missing|invalid|expired|unknown))?';
const credential =
  '(?:(?:content |admin |public |secret |private )?api[ _-]?(?:key|token)|x-api-key|(?:access|auth|authentication|bearer|deploy|service|session)[ _-](?:token|key)|(?:user |client |login )?credentials|user ?name or password|username-password|auth token|jwt signature|application-id|client secret)';
const named = new RegExp(
  `\\b${wrong} (?:or |and |the |an? )?${credential}\\b|\\b${credential} (?:is|was) (?:invalid|incorrect|expired|not valid)`,
  'i',
);
const words =
  /\b(?:WRONGPASS|NOAUTH|invalid_grant|invalid_client|AUTHENTICATION_REQUIRED|INVALID_CREDENTIALS|authentication_error|SignatureDoesNotMatch|InvalidAccessKeyId)\b|^(?:\w{0,40}Error: )?@[\w-]{1,60}\/[\w-]{1,60}: Unauthorized|Unauthorized - \S|access token you sent could not be found or is invalid|password authentication failed for user|[Tt]enant\/user \S{1,200} not found|[Tt]enant or user not found/;
/** Words that an application says to its own visitors too: they count where a package says them. */
const common = /\b(?:unauthorized|unauthenticated|authentication (?:failed|required)|not authorized)\b/i;
/** Errors that an application answers its own visitors with, and limits of how often one may ask. */
const ofApplication = /^(?:H3|Nuxt|HTTPException|HttpException)\w{0,20}\b|NEXT_HTTP_ERROR|localhost|127\.0\.0\.1/;
const limited = /rate ?limit|too many requests/i;

/** `owner` is the package whose code spoke, `code` the status among the error's properties. */
export function isRefused(
  sentence: string,
  { code, owner }: { readonly code?: string | undefined; readonly owner?: string | undefined } = {},
): boolean {
  const text = sentence.slice(0, 1_000);
  if (ofApplication.test(text) || limited.test(text)) return false;
  if (code === '401' || status.test(text) || named.test(text) || words.test(text)) return true;
  return owner !== undefined && common.test(text);
}

/** What to do where the registry of an installation refuses it. */
export const registryToken =
  'The registry refused the installation. Set the registry token that .npmrc uses (usually NPM_TOKEN) in the project’s environment variables for Production and Preview.';
