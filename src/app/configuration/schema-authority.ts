import { z } from 'zod';

const plainAddress = z.url({
  protocol: /^http$/,
  error: 'an address that begins with http:// (RFC 5280, section 8, warns of https here)',
});

/** The section `authority`. */
export const authoritySchema = z
  .strictObject({
    organisation: z
      .string()
      .min(1)
      .max(64)
      .default('Propusk')
      .describe(
        'Organisation (O) in the names of the authority. Everybody who opens a connection can read it.',
      ),
    rootName: z.string().min(1).max(64).default('Propusk Root CA').describe('Common name of the root.'),
    issuingName: z
      .string()
      .min(1)
      .max(64)
      .default('Propusk Access CA')
      .describe('Common name of the issuing authority.'),
    keyAlgorithm: z
      .enum(['p-256', 'rsa-2048'])
      .default('p-256')
      .describe('Keys of the authority and of people. rsa-2048 only for very old clients.'),
    distributionUrl: plainAddress
      .optional()
      .describe(
        'Where revocation lists and the authority’s certificates are found. Default: `http://PORTAL/pki`, served by `plainHttp`.',
      ),
    ocspUrl: plainAddress
      .optional()
      .describe(
        'Where questions about single certificates (OCSP) are answered; written into people’s certificates. Default: `http://PORTAL/pki/ocsp` where `plainHttp` is set and `distributionUrl` is not; otherwise certificates name no such address.',
      ),
  })
  .prefault({})
  .describe('Names and keys of the certification authority; fixed at the first start.');
