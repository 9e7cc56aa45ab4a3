/** Vercel's form that clones a repository into the person's account, makes a project of it and connects a database. */
const FORM = 'https://vercel.com/new/clone';
const NAME = 'self-healing-pipeline';
const DATABASE = { type: 'integration', integrationSlug: 'upstash', productSlug: 'upstash-kv', protocol: 'storage' };
const ORIGIN =
  /^(?:https:\/\/(?:[^@/\s]+@)?|ssh:\/\/git@|git@)(github\.com|gitlab\.com|bitbucket\.org)[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/;

/** The page of a repository that Vercel can clone, without anything secret in it; undefined for any other origin. */
export function repositoryPage(origin: string): string | undefined {
  const [, host, name] = ORIGIN.exec(origin) ?? [];
  return host === undefined ? undefined : `https://${host}/${name}`;
}

/** What the button of the README opens, for this repository. https://vercel.com/docs/deploy-button */
export function deployLink(page: string): string {
  const query = {
    'repository-url': page,
    'project-name': NAME,
    'repository-name': NAME,
    stores: JSON.stringify([DATABASE]),
  };
  return `${FORM}?${Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
}

/** What is left to the person while the program is not on Vercel. */
export function adviseOnImport(origin: string | undefined, isCronChanged: boolean): readonly string[] {
  const page = origin === undefined ? undefined : repositoryPage(origin);
  const byHand = `Import ${page ?? 'your repository of this program'} at https://vercel.com/new, and in the new project connect Storage, Upstash, Redis.`;
  return [
    ...(isCronChanged
      ? ['Commit vercel.json and push it first: with the other line Vercel refuses the deployment.']
      : []),
    byHand,
    ...(page === undefined ? [] : [`Or let Vercel clone it and connect the database: ${deployLink(page)}`]),
    'Then run setup again.',
  ];
}
