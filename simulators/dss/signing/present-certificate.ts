import type { CloudCertificate } from '../authority/certificates.ts';
import type { CertificateState } from '../users.ts';

/** Only `ACTIVE` was ever seen of the real service; the others are guesses that a client has to survive. */
const STATUS: Readonly<Record<CertificateState, string>> = {
  active: 'ACTIVE',
  suspended: 'ON_HOLD',
  revoked: 'REVOKED',
  expired: 'EXPIRED',
  'not-yet-valid': 'NOT_VALID_YET',
  unparsable: 'ACTIVE',
};

/** One entry of `GET {SignServer}/api/certificates`. */
export function presentCertificate(certificate: CloudCertificate, isDefault: boolean): object {
  const { key, state } = certificate;
  const isRevoked = state === 'revoked' || state === 'suspended';
  return {
    CertificateType: 'ServerSide',
    ID: certificate.id,
    DName: certificate.subject,
    CertificateBase64: certificate.der.toString('base64'),
    Status: {
      Value: STATUS[state],
      RevocationInfo: isRevoked
        ? { Reason: state === 'revoked' ? 'KeyCompromise' : 'CertificateHold', Date: '2026-06-01T00:00:00Z' }
        : null,
      PinCode: null,
      ActiveCertId: 0,
    },
    IsDefault: isDefault,
    CertificateAuthorityID: key.kind === 'rsa' ? 1 : 2,
    CspID: 'b29ff2ad-0000-4000-8000-000000000001',
    HashAlgorithms: [key.kind === 'rsa' ? 'SHA-256' : `GR 34.11-2012 ${key.bits}`],
    ProviderName: null,
    ProviderType: key.kind === 'rsa' ? 24 : key.bits === 256 ? 80 : 81,
    PrivateKeyNotBefore: null,
    PrivateKeyNotAfter: null,
    HasPin: certificate.pin !== undefined,
    FriendlyName: '',
  };
}
