import type { PlainFile } from '../../http/plain-server.ts';
import type { IssuerId } from '../../kernel/brand.ts';
import type { Store } from '../../store/store.ts';

const PATH = /^\/pki\/(?<id>[0-9a-f-]{36})\.(?<kind>crl|crt)$/;
const LIST_MAX_AGE_SECONDS = 300;
const CERTIFICATE_MAX_AGE_SECONDS = 86_400;

/**
 * What certificates point to (RFC 5280, sections 4.2.1.13 and 4.2.2.1): revocation lists and authorities' certificates,
 * DER, with the media types of RFC 2585, section 4. Served without TLS: whoever checks a certificate may have none yet.
 */
export function createAuthorityFiles({ enrolment }: Store): (path: string) => Promise<PlainFile | undefined> {
  return async (path) => {
    const { id, kind } = PATH.exec(path)?.groups ?? {};
    if (id === undefined) return undefined;
    if (kind === 'crl') {
      const list = await enrolment.findRevocationList(id as IssuerId);
      return (
        list && { bytes: list.der, contentType: 'application/pkix-crl', maxAgeSeconds: LIST_MAX_AGE_SECONDS }
      );
    }
    const issuer = (await enrolment.listIssuers()).find((each) => each.id === id);
    return (
      issuer && {
        bytes: issuer.certificateDer,
        contentType: 'application/pkix-cert',
        maxAgeSeconds: CERTIFICATE_MAX_AGE_SECONDS,
      }
    );
  };
}
