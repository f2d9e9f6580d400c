import { z } from 'zod';
import { isNetwork } from '../../fetching/address-rules.ts';

const httpAddress = z.url({ protocol: /^https?$/, error: 'an address that begins with https://' }).max(1_024);

/** Cloud signatures: where the server may go on behalf of people who connect to a CryptoPro DSS. */
export const dssSchema = z.strictObject({
  clientId: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe(
      'The OAuth client that Propusk names itself as, where the DSS asks for one. Its administrator has to allow it the flow `Confirmation`.',
    ),
  authoritiesFiles: z
    .array(z.string().min(1).max(4_096))
    .max(16)
    .default([])
    .describe(
      'Files with authorities (PEM) that are believed for the TLS of a DSS, besides those that Node knows: the root of the Russian state (НУЦ Минцифры) for example, or that of your company.',
    ),
  systemAuthorities: z
    .boolean()
    .default(true)
    .describe(
      'Whether the authorities that the operating system trusts are believed for the TLS of a DSS as well. On Linux they are those of OpenSSL: /etc/ssl/certs, or where `SSL_CERT_FILE` and `SSL_CERT_DIR` say.',
    ),
  allowedNetworks: z
    .array(z.string().refine(isNetwork, { error: 'a network such as 10.20.0.0/16, or one address' }))
    .max(64)
    .default([])
    .describe(
      'Private networks in which a DSS may be, for example `10.20.0.0/16`. Without them only addresses of the internet are asked, so that nobody can reach the inside of your network by way of this server.',
    ),
  allowHttp: z
    .boolean()
    .default(false)
    .describe(
      'Takes addresses without TLS. Passwords go over them unprotected: only for a proxy on the same machine, such as one that speaks TLS with GOST to the DSS.',
    ),
  services: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(80).describe('What people see in the list.'),
        authorizationServer: httpAddress.describe('For example `https://dss.example.org/STS/oauth`.'),
        dssServer: httpAddress.describe('For example `https://dss.example.org/SignServer/rest`.'),
        usesV2: z.boolean().default(false).describe('Whether it confirms by CryptoPro DSS 2.0.'),
      }),
    )
    .max(32)
    .default([])
    .describe('Known services: whoever chooses one need not type its addresses.'),
});
