import type { AnswerTest, GenericHttpSmsConfig } from '../../messaging/generic-http-config.ts';
import type { ConfigurationValues } from './schema.ts';
import type { SecretFiles } from './secret-files.ts';

type SmsValues = ConfigurationValues['sms'];
type HttpSmsValues = Extract<SmsValues, { kind: 'http' }>;

/** Undefined where there is no SMS gateway. */
export function loadSmsGateway(values: SmsValues, secrets: SecretFiles): GenericHttpSmsConfig | undefined {
  if (values.kind === 'none') return undefined;
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
