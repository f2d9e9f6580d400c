/** A request for the certificate of an issuing authority (PKCS#10, RFC 2986), to be signed by somebody else's root. */
import { contextTag, TAG } from '../der/der-element.ts';
import {
  encodeBitString,
  encodedTrue,
  encodeElement,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { publicKeyOf, readPrivateKey } from '../x509/key-pair.ts';
import { type AuthorityName, authorityNameDer } from './authority.ts';
import { basicConstraints, keyUsage, subjectKeyIdentifier } from './extension-values.ts';
import { signatureAlgorithmOf, signBytes } from './issuer.ts';

/**
 * DER. Asks for what an issuing authority has here: CA with path length 0 and keyCertSign, cRLSign (RFC 5280, 4.2.1.9
 * and 4.2.1.3). Whoever signs may write something else; what comes back is checked.
 *
 * @throws {ProblemError} `certificate-unusable` for a name that cannot stand in a certificate
 */
export function makeCertificationRequest(name: AuthorityName, privateKeyPkcs8: Uint8Array): Uint8Array {
  const privateKey = readPrivateKey(privateKeyPkcs8);
  const publicKeySpki = publicKeyOf(privateKey);
  const extensions = [
    basicConstraints(0),
    keyUsage(['keyCertSign', 'cRLSign']),
    subjectKeyIdentifier(publicKeySpki),
  ].map(({ extnID, critical, extnValue }) =>
    encodeSequence(
      encodeOid(extnID),
      ...(critical ? [encodedTrue] : []),
      encodeOctetString(new Uint8Array(extnValue.buffer)),
    ),
  );
  const extensionRequest = encodeSequence(
    encodeOid(OID.extensionRequest),
    encodeElement(TAG.set, encodeSequence(...extensions)),
  );
  const info = encodeSequence(
    encodeInteger(0),
    authorityNameDer(name),
    publicKeySpki,
    encodeElement(contextTag(0, 'constructed'), extensionRequest),
  );
  const { algorithmDer } = signatureAlgorithmOf(privateKey);
  return encodeSequence(info, algorithmDer, encodeBitString(signBytes(privateKey, info)));
}
