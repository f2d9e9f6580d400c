import { X509Certificate } from 'node:crypto';
import type { ConfigurationFinding } from './finding.ts';
import type { SecretFiles } from './secret-files.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Each certificate of the files on its own, because TLS would pass over one that it cannot read without a word. */
export function loadDssAuthorities(
  paths: readonly string[],
  files: SecretFiles,
): { readonly authoritiesPem: readonly string[]; readonly findings: readonly ConfigurationFinding[] } {
  const authoritiesPem: string[] = [];
  const findings: ConfigurationFinding[] = [];
  for (const [index, path] of paths.entries()) {
    const option = `dss.authoritiesFiles[${index}]`;
    const text = files.readBytes(option, path)?.toString('utf8');
    if (text === undefined) continue;
    const found = text.match(CERTIFICATE) ?? [];
    if (found.length === 0)
      findings.push({ option, message: `the file ${path} holds no certificate as PEM` });
    for (const pem of found) {
      if (isCertificate(pem)) authoritiesPem.push(pem);
      else findings.push({ option, message: `a certificate in ${path} cannot be read` });
    }
  }
  return { authoritiesPem, findings };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
