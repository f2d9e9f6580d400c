import { z } from 'zod';
import { isNetwork } from '../../fetching/address-rules.ts';

export const outgoingSchema = z
  .strictObject({
    allowPrivate: z
      .array(z.string().max(64).refine(isNetwork, 'a network such as `10.1.0.0/16`, or one address'))
      .max(100)
      .default([])
      .describe(
        'Networks that are not of the internet and may be asked all the same, for example `["10.1.0.0/16", "fd00:1::/32"]`: where a company’s own authority publishes its certificates and revocation lists. Without them such addresses in certificates are refused, because anybody can write anything into a certificate.',
      ),
  })
  .prefault({});

export const supportSchema = z
  .strictObject({
    email: z
      .email()
      .describe('Where people send reports about errors: the address of the technical support.'),
  })
  .optional();
