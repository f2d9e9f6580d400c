import { z } from 'zod';

const file = z.string().min(1).max(4_096);
const httpUrl = z.url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' });

const statuses = z.array(z.int().min(100).max(599)).min(1);
const answerValue = z.union([z.string(), z.number(), z.boolean()]);
const answerTest = z.strictObject({
  path: z.string().describe('A path in the JSON answer, for example `id` or `result.0.id`.'),
  equals: answerValue.optional().describe('The value that has to stand there. Without it, something has to.'),
});
const smsFailureCategories = ['number-refused', 'credentials', 'balance', 'gateway-refused'] as const;

export const smsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('http')
      .describe(
        '`smsc`: SMSC.ru. `http`: any gateway with an HTTP interface, described here. `none`: no SMS; certificates are issued on the command line only.',
      ),
    url: httpUrl.describe('Address of the gateway: https, or http to this machine.'),
    method: z.enum(['POST', 'PUT']).default('POST').describe('Method of the request.'),
    headers: z.record(z.string(), z.string()).default({}).describe('Headers without secrets.'),
    secretHeaderFiles: z
      .record(z.string(), file)
      .default({})
      .describe(
        'Headers with secrets: name of the header to the file with its whole value, for example `{"authorization": "/etc/propusk/sms-authorization"}`.',
      ),
    bodyFormat: z.enum(['json', 'form']).default('json').describe('How the body is encoded.'),
    body: z
      .record(z.string(), z.json())
      .describe(
        'The body. `{phone}` (+79031234567), `{phoneDigits}`, `{text}` and `{id}` are replaced in its texts.',
      ),
    success: z
      .strictObject({
        statuses: statuses.default([200, 201, 202]).describe('HTTP statuses that mean success.'),
        answer: answerTest
          .optional()
          .describe('What the answer has to hold besides; many gateways answer 200 to everything.'),
      })
      .prefault({})
      .describe('When the gateway took the message.'),
    permanentFailures: z
      .array(
        z.strictObject({
          answer: answerTest.describe('What the answer holds in this case.'),
          category: z.enum(smsFailureCategories).describe('What it means.'),
        }),
      )
      .max(50)
      .default([])
      .describe('Answers after which trying again is useless, for example a refused number.'),
    gatewayIdPath: z
      .string()
      .optional()
      .describe('Where the answer holds the gateway’s own id of the message.'),
    timeoutSeconds: z.int().min(1).max(120).default(10).describe('How long one attempt may take.'),
  }),
  z.strictObject({
    kind: z.literal('smsc'),
    apiKeyFile: file
      .optional()
      .describe('File with an API key of the account at SMSC.ru, in place of `login` and `passwordFile`.'),
    login: z.string().min(1).max(100).optional().describe('Login at SMSC.ru.'),
    passwordFile: file.optional().describe('File with the password at SMSC.ru.'),
    sender: z
      .string()
      .min(1)
      .max(15)
      .optional()
      .describe('Sender’s name that SMSC.ru has approved. Default: the account’s own.'),
    url: httpUrl.default('https://smsc.ru/rest/send/').describe('Address of the JSON interface of SMSC.ru.'),
    spareUrl: httpUrl
      .default('https://www2.smsc.ru/rest/send/')
      .describe('Asked where the first address cannot be reached.'),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(20)
      .default(10)
      .describe('How long one attempt at one address may take.'),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);
