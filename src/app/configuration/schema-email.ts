import { z } from 'zod';

const file = z.string().min(1).max(4_096);

/** The mail server. */
export const emailSchema = z.strictObject({
  host: z.string().min(1).max(253).describe('Host name or address of the mail server.'),
  port: z.int().min(1).max(65_535).default(587).describe('TCP port: 587 with `starttls`, 465 with `tls`.'),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .describe(
      '`starttls`: secured before anything is said; a server without it is refused. `tls`: TLS from the beginning. `none`: only for a server on this machine.',
    ),
  user: z.string().min(1).max(254).optional().describe('User at the mail server, where it asks for one.'),
  passwordFile: file.optional().describe('File with the password of `user`.'),
  caFile: file
    .optional()
    .describe(
      'PEM file with the authorities that the server’s certificate comes from, where they are a company’s own. Default: the well-known ones.',
    ),
  from: z.string().min(3).max(254).describe('Sender’s address, for example `propusk@example.org`.'),
  fromName: z.string().min(1).max(80).optional().describe('Sender’s name. Default: `productName`.'),
  replyTo: z
    .string()
    .min(3)
    .max(254)
    .optional()
    .describe('Address that answers go to, for example the administrators’.'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(40)
    .default(15)
    .describe('How long the mail server may be silent at each step.'),
});
