import { createSecureContext } from 'node:tls';
import type { SyslogConfig } from '../../journal-delivery/syslog-receiver.ts';
import type { WebhookConfig } from '../../journal-delivery/webhook-receiver.ts';
import type { ConfigurationFinding } from './finding.ts';
import type { ConfigurationValues } from './schema.ts';
import type { SecretFiles } from './secret-files.ts';

const SECRET_MIN_CHARACTERS = 32;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

export interface LoadedReceivers {
  readonly syslog: readonly SyslogConfig[];
  readonly webhooks: readonly WebhookConfig[];
}

/** Where the journal is handed on to, with its files read. */
export function loadJournalReceivers(
  { journalDelivery, portal, productName }: ConfigurationValues,
  files: SecretFiles,
): { readonly receivers: LoadedReceivers; readonly findings: readonly ConfigurationFinding[] } {
  const findings: ConfigurationFinding[] = [];
  const find = (option: string, message: string) => findings.push({ option, message });
  const names = new Set<string>();
  const takeName = (option: string, name: string) => {
    if (names.has(name))
      find(`${option}.name`, `every receiver needs its own; another one has "${name}" too`);
    names.add(name);
  };
  const readPem = (option: string, path: string | undefined): string | undefined =>
    path === undefined ? undefined : files.readBytes(option, path)?.toString('utf8');
  const check = (option: string, use: () => unknown) => {
    try {
      use();
    } catch (error) {
      find(option, `the file cannot be used for TLS (${(error as Error).message})`);
    }
  };

  const syslog = journalDelivery.syslog.map((each, index): SyslogConfig => {
    const option = `journalDelivery.syslog[${index}]`;
    takeName(option, each.name);
    const { certificateFile, keyFile, transport } = each;
    if ((certificateFile === undefined) !== (keyFile === undefined)) {
      find(option, 'certificateFile and keyFile belong together; give both or neither');
    }
    if (transport !== 'tls' && [certificateFile, keyFile, each.caFile].some((path) => path !== undefined)) {
      find(option, `caFile, certificateFile and keyFile are for transport "tls"; found "${transport}"`);
    }
    const authoritiesPem = readPem(`${option}.caFile`, each.caFile);
    if (authoritiesPem !== undefined) {
      check(`${option}.caFile`, () => createSecureContext({ ca: authoritiesPem }));
    }
    const certificatesPem = readPem(`${option}.certificateFile`, certificateFile);
    const privateKeyPem = keyFile === undefined ? undefined : files.read(`${option}.keyFile`, keyFile);
    const client =
      certificatesPem === undefined || privateKeyPem === undefined
        ? undefined
        : { certificatesPem, privateKeyPem };
    if (client) {
      check(`${option}.keyFile`, () =>
        createSecureContext({ cert: client.certificatesPem, key: client.privateKeyPem }),
      );
    }
    return { ...each, hostName: portal.host, appName: productName, authoritiesPem, client };
  });

  const webhooks = journalDelivery.webhooks.map((each, index): WebhookConfig => {
    const option = `journalDelivery.webhooks[${index}]`;
    takeName(option, each.name);
    const url = new URL(each.url);
    if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
      find(`${option}.url`, `has to begin with https://, because events name people; found "${each.url}"`);
    }
    if (url.username !== '' || url.password !== '') {
      // Not shown: it holds a password.
      find(`${option}.url`, 'takes no user and password; put them into authorizationFile');
    }
    const secret = files.read(`${option}.secretFile`, each.secretFile) ?? '';
    if (secret !== '' && secret.length < SECRET_MIN_CHARACTERS) {
      find(
        `${option}.secretFile`,
        `the secret needs at least ${SECRET_MIN_CHARACTERS} characters; found ${secret.length}`,
      );
    }
    const authorization =
      each.authorizationFile === undefined
        ? undefined
        : files.read(`${option}.authorizationFile`, each.authorizationFile);
    if (authorization !== undefined && /[^\t\x20-\x7e]/.test(authorization)) {
      find(
        `${option}.authorizationFile`,
        'has to be one line of ASCII, the value of the field Authorization',
      );
    }
    const authoritiesPem = readPem(`${option}.caFile`, each.caFile);
    if (authoritiesPem !== undefined) {
      check(`${option}.caFile`, () => createSecureContext({ ca: authoritiesPem }));
    }
    return { name: each.name, url, secret, authorization, authoritiesPem };
  });
  return { receivers: { syslog, webhooks }, findings };
}
