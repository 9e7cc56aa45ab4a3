/**
 * Whether a host goes by a name of a private network: `.internal` and `.local` are reserved for that (ICANN 2024, RFC 6762), the
 * other words are what companies call such zones and their own registries. That it cannot be found will not pass by itself.
 */
export function isPrivateHost(host: string): boolean {
  return /(?:^|\.)(?:internal|intranet|intra|corp|local|lan|private)(?:\.|$)|^(?:artifactory|nexus|verdaccio)[.-]/i.test(
    host,
  );
}

export const privateRegistryRemedy =
  'The lockfile takes packages from a registry that only a private network reaches. Make the lockfile anew with a registry that the build reaches, and commit it.';

/** The host of the first address in a line; empty where there is none. */
export function hostIn(text: string): string {
  return /https?:\/\/([\w.-]{1,200})/.exec(text)?.[1] ?? '';
}
