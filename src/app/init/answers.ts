import { resolve } from 'node:path';
import type { ConfigurationInput } from '../configuration/schema.ts';

/** What `propusk init` has to know, from flags or from questions. Names of the flags are those of the properties. */
export interface InitAnswers {
  readonly dataDirectory: string;
  readonly portalHost: string;
  readonly consoleHost: string | undefined;
  readonly applicationName: string;
  readonly applicationHost: readonly string[];
  readonly upstream: string;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly pfx: string | undefined;
  readonly pfxPasswordFile: string | undefined;
  readonly listenPort: number;
  readonly httpPort: number | undefined;
  readonly contact: string;
  readonly smsUrl: string | undefined;
  readonly smsAuthorizationFile: string | undefined;
  readonly smsBody: string | undefined;
  readonly databaseUrlFile: string | undefined;
  readonly administrator: string;
  readonly administratorName: string;
  readonly administratorPhone: string | undefined;
}

export const DEFAULT_SMS_BODY = '{"to": "{phone}", "text": "{text}", "id": "{id}"}';

/** The configuration that the answers make. `secretFile` was made by `init`. */
export function configurationOf(answers: InitAnswers, secretFile: string): ConfigurationInput {
  return {
    dataDirectory: resolve(answers.dataDirectory),
    secretFile,
    ...(answers.databaseUrlFile === undefined ? {} : { databaseUrlFile: resolve(answers.databaseUrlFile) }),
    listen: { port: answers.listenPort },
    ...(answers.httpPort === undefined ? {} : { plainHttp: { port: answers.httpPort } }),
    tls: tlsOf(answers),
    portal: { host: answers.portalHost },
    ...(answers.consoleHost === undefined ? {} : { console: { host: answers.consoleHost } }),
    applications: [
      {
        id: 'app',
        name: answers.applicationName,
        hosts: [...answers.applicationHost],
        upstream: answers.upstream,
      },
    ],
    administratorContact: answers.contact,
    sms: smsOf(answers),
  };
}

function tlsOf({ certificate, key, pfx, pfxPasswordFile }: InitAnswers): ConfigurationInput['tls'] {
  if (pfx !== undefined) {
    return {
      pfxFile: resolve(pfx),
      ...(pfxPasswordFile === undefined ? {} : { pfxPasswordFile: resolve(pfxPasswordFile) }),
    };
  }
  return {
    ...(certificate === undefined ? {} : { certificateFile: resolve(certificate) }),
    ...(key === undefined ? {} : { keyFile: resolve(key) }),
  };
}

function smsOf({ smsUrl, smsAuthorizationFile, smsBody }: InitAnswers): ConfigurationInput['sms'] {
  if (smsUrl === undefined) return { kind: 'none' };
  return {
    kind: 'http',
    url: smsUrl,
    body: JSON.parse(smsBody ?? DEFAULT_SMS_BODY) as Record<string, string>,
    ...(smsAuthorizationFile === undefined
      ? {}
      : { secretHeaderFiles: { authorization: resolve(smsAuthorizationFile) } }),
  };
}
