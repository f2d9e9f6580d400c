import { ProblemError } from '../../kernel/problem.ts';
import { checkServerCertificate } from '../../pki/server-certificate/check-server-certificate.ts';
import {
  readServerCertificate,
  type ServerCertificate,
} from '../../pki/server-certificate/read-server-certificate.ts';
import { hostNamesOf } from './configuration.ts';
import type { ConfigurationFinding } from './finding.ts';
import type { ConfigurationValues } from './schema.ts';
import type { SecretFiles } from './secret-files.ts';

export interface LoadedServerCertificate {
  readonly certificate: ServerCertificate | undefined;
  readonly findings: readonly ConfigurationFinding[];
  readonly warnings: readonly string[];
}

/** Reads the server certificate as PEM or PKCS#12 and checks it for every host that is served with it. */
export function loadServerCertificate(
  values: ConfigurationValues,
  secrets: SecretFiles,
  now: Date,
): LoadedServerCertificate {
  const { certificateFile, keyFile, pfxFile, pfxPasswordFile } = values.tls;
  const asPem = certificateFile !== undefined && keyFile !== undefined;
  const asPfx = pfxFile !== undefined;
  if (asPem === asPfx) {
    const message =
      'needs certificateFile and keyFile (PEM), or pfxFile with pfxPasswordFile (PKCS#12); one of both ways';
    return { certificate: undefined, findings: [{ option: 'tls', message }], warnings: [] };
  }

  try {
    const certificate = asPfx
      ? readPfx(pfxFile, pfxPasswordFile, secrets)
      : readPem(certificateFile ?? '', keyFile ?? '', secrets);
    if (!certificate) return { certificate: undefined, findings: [], warnings: [] };
    const hostNames = hostNamesOf(values);
    const checks = checkServerCertificate({ ...certificate, hostNames, now });
    return {
      certificate,
      findings: checks
        .filter(({ severity }) => severity === 'error')
        .map(({ text }) => ({ option: 'tls', message: text })),
      warnings: checks.filter(({ severity }) => severity === 'warning').map(({ text }) => `tls: ${text}`),
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const option = asPfx ? 'tls.pfxFile' : 'tls.certificateFile';
    return { certificate: undefined, findings: [{ option, message: error.message }], warnings: [] };
  }
}

function readPfx(
  path: string,
  passwordPath: string | undefined,
  secrets: SecretFiles,
): ServerCertificate | undefined {
  const file = secrets.readBytes('tls.pfxFile', path);
  const password = passwordPath === undefined ? '' : secrets.read('tls.pfxPasswordFile', passwordPath);
  if (file === undefined || password === undefined) return undefined;
  return readServerCertificate({ kind: 'pkcs12', file, password });
}

function readPem(
  certificatePath: string,
  keyPath: string,
  secrets: SecretFiles,
): ServerCertificate | undefined {
  const certificates = secrets.readBytes('tls.certificateFile', certificatePath);
  const key = secrets.read('tls.keyFile', keyPath);
  if (certificates === undefined || key === undefined) return undefined;
  return readServerCertificate({ kind: 'pem', certificates, key });
}
