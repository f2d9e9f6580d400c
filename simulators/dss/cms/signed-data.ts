import { createHash } from 'node:crypto';
import type { CloudCertificate } from '../authority/certificates.ts';
import * as der from '../der/encode.ts';
import { type Element, memberOf, readElement, readOid } from '../der/read.ts';
import { type Signer, signerOf } from './signer.ts';

/** RFC 5652, 11, and RFC 5035, 3. */
const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

export interface SigningInput {
  readonly certificate: CloudCertificate;
  /** CAdES-BES: the attributes name the certificate. */
  readonly isCades: boolean;
  readonly signedAt: Date;
}

/** What is signed: the document, or its digest where the client keeps the document. */
export type Content =
  | { readonly kind: 'document'; readonly bytes: Buffer }
  | { readonly kind: 'digest'; readonly digest: Buffer };

/** A new signature with one signer; attached, unless asked otherwise or there is nothing to attach. */
export async function signContent(
  input: SigningInput,
  content: Content,
  isDetached: boolean,
): Promise<Buffer> {
  const signer = signerOf(input.certificate.key);
  const signerInfo = await makeSignerInfo(input, signer, content);
  const attached =
    content.kind === 'document' && !isDetached ? [der.tagged(0, der.octets(content.bytes))] : [];
  return wrap(
    der.sequence(
      der.integer(1),
      der.setOf([signer.digestAlgorithm]),
      der.sequence(der.oid(OID.data), ...attached),
      der.tagged(0, input.certificate.der),
      der.setOf([signerInfo]),
    ),
  );
}

/**
 * One more signer beside those that are there; what they signed and how stays as it is.
 * @param original the document of a detached signature
 * @throws when `cms` is no SignedData, or is detached and there is no original
 */
export async function addSigner(
  input: SigningInput,
  cms: Buffer,
  original: Buffer | undefined,
): Promise<Buffer> {
  const contentInfo = readElement(cms);
  if (readOid(memberOf(contentInfo, 0)) !== OID.signedData) throw new Error('no signed data');
  const signedData = memberOf(contentInfo, 1, 0);
  const [version, digests, encapsulated] = signedData.members;
  const signerInfos = signedData.members.at(-1);
  if (!version || !digests || !encapsulated || signerInfos?.tag !== 0x31) throw new Error('no signed data');
  const bytes = encapsulated.members[1]?.members[0]?.content ?? original;
  if (!bytes) throw new Error('the document of the detached signature is missing');

  const signer = signerOf(input.certificate.key);
  const added = await makeSignerInfo(input, signer, { kind: 'document', bytes: Buffer.from(bytes) });
  const rest = signedData.members.slice(3, -1);
  const certificates = rest.find((member) => member.tag === 0xa0);
  return wrap(
    der.sequence(
      version.der,
      der.setOf(withMember(digests, signer.digestAlgorithm)),
      encapsulated.der,
      der.tlv(0xa0, ...withMember(certificates, input.certificate.der)),
      ...rest.filter((member) => member !== certificates).map((member) => member.der),
      der.setOf([...signerInfos.members.map((member) => member.der), added]),
    ),
  );
}

async function makeSignerInfo(input: SigningInput, signer: Signer, content: Content): Promise<Buffer> {
  const digest = content.kind === 'digest' ? content.digest : await signer.digest(content.bytes);
  const attributes = [
    attribute(OID.contentType, der.oid(OID.data)),
    attribute(OID.signingTime, der.time(input.signedAt)),
    attribute(OID.messageDigest, der.octets(digest)),
    ...(input.isCades ? [attribute(OID.signingCertificateV2, certificateReference(input.certificate))] : []),
  ];
  // Signed as the SET OF that it is, sent as [0] IMPLICIT (RFC 5652, 5.4).
  const toBeSigned = der.setOf(attributes);
  const asSent = Buffer.from(toBeSigned);
  asSent[0] = 0xa0;
  const tbs = memberOf(readElement(input.certificate.der), 0);
  return der.sequence(
    der.integer(1),
    der.sequence(memberOf(tbs, 3).der, memberOf(tbs, 1).der),
    signer.digestAlgorithm,
    asSent,
    signer.signatureAlgorithm,
    der.octets(await signer.sign(toBeSigned)),
  );
}

function attribute(type: string, value: Buffer): Buffer {
  return der.sequence(der.oid(type), der.setOf([value]));
}

/** SigningCertificateV2 with one ESSCertIDv2; SHA-256 is the default and left out (RFC 5035, 4). */
function certificateReference({ der: certificate }: CloudCertificate): Buffer {
  const hash = createHash('sha256').update(certificate).digest();
  return der.sequence(der.sequence(der.sequence(der.octets(hash))));
}

function withMember(set: Element | undefined, added: Buffer): Buffer[] {
  const present = (set?.members ?? []).map((member) => member.der);
  return present.some((member) => member.equals(added)) ? present : [...present, added];
}

function wrap(signedData: Buffer): Buffer {
  return der.sequence(der.oid(OID.signedData), der.tagged(0, signedData));
}
