import type { AnswerTest, GenericHttpSmsConfig } from '../../messaging/generic-http-config.ts';
import type { SmsGatewayConfig } from '../../messaging/sms-gateway.ts';
import type { SmscConfig } from '../../messaging/smsc.ts';
import type { ConfigurationFinding } from './finding.ts';
import type { ConfigurationValues } from './schema.ts';
import type { SecretFiles } from './secret-files.ts';

type SmsValues = ConfigurationValues['sms'];
type HttpSmsValues = Extract<SmsValues, { kind: 'http' }>;
type SmscValues = Extract<SmsValues, { kind: 'smsc' }>;

export interface LoadedSmsGateway {
  /** Undefined where there is no SMS gateway, or something is wrong with its options. */
  readonly gateway: SmsGatewayConfig | undefined;
  readonly findings: readonly ConfigurationFinding[];
}

export function loadSmsGateway(values: SmsValues, secrets: SecretFiles): LoadedSmsGateway {
  switch (values.kind) {
    case 'none':
      return { gateway: undefined, findings: [] };
    case 'http':
      return { gateway: { kind: 'http', http: loadHttpGateway(values, secrets) }, findings: [] };
    case 'smsc':
      return loadSmsc(values, secrets);
  }
}

function loadSmsc(values: SmscValues, secrets: SecretFiles): LoadedSmsGateway {
  const credentials = loadSmscCredentials(values, secrets);
  if (credentials === undefined) {
    const message = 'needs either apiKeyFile, or login and passwordFile';
    return { gateway: undefined, findings: [{ option: 'sms', message }] };
  }
  const smsc = {
    urls: [values.url, values.spareUrl] as const,
    credentials,
    sender: values.sender,
    timeoutMs: values.timeoutSeconds * 1_000,
  };
  return { gateway: { kind: 'smsc', smsc }, findings: [] };
}

function loadSmscCredentials(
  { apiKeyFile, login, passwordFile }: SmscValues,
  secrets: SecretFiles,
): SmscConfig['credentials'] | undefined {
  if (apiKeyFile !== undefined && login === undefined && passwordFile === undefined) {
    return { kind: 'key', key: secrets.read('sms.apiKeyFile', apiKeyFile) ?? '' };
  }
  if (apiKeyFile === undefined && login !== undefined && passwordFile !== undefined) {
    return { kind: 'login', login, password: secrets.read('sms.passwordFile', passwordFile) ?? '' };
  }
  return undefined;
}

function loadHttpGateway(values: HttpSmsValues, secrets: SecretFiles): GenericHttpSmsConfig {
  const secretHeaders = Object.entries(values.secretHeaderFiles).map(
    ([name, path]) => [name, secrets.read(`sms.secretHeaderFiles.${name}`, path) ?? ''] as const,
  );
  return {
    method: values.method,
    url: values.url,
    headers: { ...values.headers, ...Object.fromEntries(secretHeaders) },
    body: presentBody(values),
    success: {
      statuses: values.success.statuses,
      ...(values.success.answer ? { answer: presentTest(values.success.answer) } : {}),
    },
    failures: values.permanentFailures.map(({ answer, category }) => ({
      answer: presentTest(answer),
      category,
      outcome: 'permanent' as const,
    })),
    ...(values.gatewayIdPath === undefined ? {} : { gatewayIdPath: values.gatewayIdPath }),
    timeoutMs: values.timeoutSeconds * 1_000,
  };
}

function presentBody(values: HttpSmsValues): GenericHttpSmsConfig['body'] {
  if (values.bodyFormat === 'json') return { format: 'json', template: values.body };
  const fields = Object.entries(values.body).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { format: 'form', fields: Object.fromEntries(fields) };
}

function presentTest(test: { path: string; equals?: string | number | boolean | undefined }): AnswerTest {
  return test.equals === undefined
    ? { path: test.path, exists: true }
    : { path: test.path, equals: test.equals };
}
