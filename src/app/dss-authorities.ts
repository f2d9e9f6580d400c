import { getCACertificates } from 'node:tls';

/** What the operating system trusts, as PEM. It takes about half a second. */
export function readSystemAuthorities(): readonly string[] {
  return getCACertificates('system');
}

/** Each once: systems list the same certificate in a file of its own and in a bundle. */
export function joinAuthorities(...groups: readonly (readonly string[])[]): readonly string[] {
  return [...new Map(groups.flat().map((pem) => [pem.replaceAll(/\s/gu, ''), pem])).values()];
}
