/** Extensions as the profiles write them (RFC 5280, 4.2), in the schemas of @peculiar/asn1-x509. */
import { hash } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  Extension,
  GeneralName,
  KeyIdentifier,
  KeyUsage,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
} from '@peculiar/asn1-x509';
import { encodedNull } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { KEY_USAGES, type KeyUsage as KeyUsageName } from '../x509/key-usage.ts';

function extension(extnID: string, critical: boolean, value: object): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** RFC 7093, section 2, method 1: the leftmost 160 bits of SHA-256 of the bit string of the key. Hexadecimal. */
export function keyIdentifierOf(publicKeySpki: Uint8Array): string {
  const { subjectPublicKey } = AsnConvert.parse(publicKeySpki, SubjectPublicKeyInfo);
  return hash('sha256', new Uint8Array(subjectPublicKey), 'hex').slice(0, 40);
}

export function basicConstraints(pathLength: number | undefined): Extension {
  return extension(
    OID.basicConstraints,
    true,
    new BasicConstraints({ cA: true, ...(pathLength !== undefined && { pathLenConstraint: pathLength }) }),
  );
}

export function keyUsage(usages: readonly KeyUsageName[]): Extension {
  // The schema's bit string takes the first named bit as its lowest.
  const flags = usages.reduce((sum, usage) => sum | (1 << KEY_USAGES.indexOf(usage)), 0);
  return extension(OID.keyUsage, true, new KeyUsage(flags));
}

export function extendedKeyUsage(purposes: readonly string[]): Extension {
  return extension(OID.extKeyUsage, false, new ExtendedKeyUsage([...purposes]));
}

/** RFC 6960, 4.2.2.2.1: the certificate of a responder is not looked up itself. The value is NULL. */
export function ocspNoCheck(): Extension {
  return new Extension({
    extnID: OID.ocspNoCheck,
    critical: false,
    extnValue: new OctetString(encodedNull),
  });
}

export function subjectKeyIdentifier(publicKeySpki: Uint8Array): Extension {
  const identifier = Buffer.from(keyIdentifierOf(publicKeySpki), 'hex');
  return extension(OID.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier));
}

/** The very octets of the issuer's subject key identifier. */
export function authorityKeyIdentifier(keyIdentifier: string): Extension {
  return extension(
    OID.authorityKeyIdentifier,
    false,
    new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(Buffer.from(keyIdentifier, 'hex')) }),
  );
}

export function distributionPoints(url: string): Extension {
  const fullName = [new GeneralName({ uniformResourceIdentifier: url })];
  const point = new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName }) });
  return extension(OID.cRLDistributionPoints, false, new CRLDistributionPoints([point]));
}

export function authorityInformationAccess(urls: {
  caIssuers: string;
  ocsp?: string | undefined;
}): Extension {
  const description = (accessMethod: string, url: string) =>
    new AccessDescription({
      accessMethod,
      accessLocation: new GeneralName({ uniformResourceIdentifier: url }),
    });
  return extension(
    OID.authorityInfoAccess,
    false,
    new AuthorityInfoAccessSyntax([
      ...(urls.ocsp === undefined ? [] : [description(OID.ocsp, urls.ocsp)]),
      description(OID.caIssuers, urls.caIssuers),
    ]),
  );
}

export function subjectAltName(dnsNames: readonly string[]): Extension {
  return extension(
    OID.subjectAltName,
    false,
    new SubjectAlternativeName(dnsNames.map((dNSName) => new GeneralName({ dNSName }))),
  );
}
