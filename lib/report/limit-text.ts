/** What each limit counts, by its name. */
export const LIMIT_LABELS: Readonly<Record<string, string>> = {
  'attempts-hour': 'Attempts this hour',
  'attempts-day': 'Attempts today',
  'deployments-day': 'Deployments we caused today',
  'model-calls-day': 'Model calls today',
  'tokens-day': 'Model tokens today',
  'github-writes-minute': 'GitHub writes this minute',
  'github-writes-hour': 'GitHub writes this hour',
};
