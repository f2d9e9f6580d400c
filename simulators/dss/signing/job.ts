import { type Answer, Refusal, refuse } from '../answer.ts';
import type { CloudCertificate, CloudCertificates } from '../authority/certificates.ts';
import { addSigner, type Content, signContent } from '../cms/signed-data.ts';
import { signerOf } from '../cms/signer.ts';
import type { Fields } from '../fields.ts';
import type { DssUser } from '../users.ts';

export interface SigningDocument {
  readonly name: string;
  readonly content: Buffer;
  /** What a detached signature that gets one more signer was made of. */
  readonly original: Buffer | undefined;
}

/** What is to be signed, how, and with which certificate: the same for every version of the protocol. */
export interface SigningJob {
  readonly certificate: CloudCertificate;
  readonly type: 'cms' | 'cades' | 'raw';
  readonly mode: 'sign' | 'cosign';
  readonly isDetached: boolean;
  readonly isHash: boolean;
  readonly pin: string | undefined;
  readonly documents: readonly SigningDocument[];
}

export type DocumentResult =
  | { readonly kind: 'signed'; readonly signature: Buffer }
  | { readonly kind: 'failed'; readonly code: string };

/** The numbers of `Type`, in their order. */
const TYPES = ['xmldsig', 'gost3410', 'cades', 'pdf', 'msoffice', 'cms'] as const;

/**
 * @param signature fields `CertificateId`, `Type` (or `SignatureType`) and `PinCode`
 * @param parameters fields `IsDetached`, `CmsSignatureType`, `Hash`, …
 * @throws {Refusal} 400 with the service's own code
 */
export function readJob(input: {
  readonly user: DssUser;
  readonly certificates: CloudCertificates;
  readonly signature: Fields;
  readonly parameters: Fields;
  readonly documents: readonly SigningDocument[];
}): SigningJob {
  const { signature, parameters, documents } = input;
  const id = Number(signature.text('CertificateId') ?? '0');
  const certificate = input.certificates.find(input.user, id);
  if (!certificate) throw refuse(400, 'certificate_not_found');
  if (documents.length === 0 || documents.some(({ content }) => content.length === 0)) {
    throw refuse(400, 'content_required');
  }
  const mode = (parameters.text('CmsSignatureType') ?? 'sign').toLowerCase();
  if (mode !== 'sign' && mode !== 'cosign') {
    throw refuse(400, 'invalid_signature_params', 'CmsSignatureType: sign or cosign');
  }
  return {
    certificate,
    type: readType(signature.text('SignatureType') ?? signature.text('Type') ?? 'cms', parameters),
    mode,
    isDetached: parameters.isTrue('IsDetached'),
    isHash: parameters.isTrue('Hash'),
    pin: signature.text('PinCode'),
    documents,
  };
}

function readType(given: string, parameters: Fields): SigningJob['type'] {
  const type = /^\d+$/.test(given) ? TYPES[Number(given)] : given.toLowerCase();
  switch (type) {
    case 'cms':
      return 'cms';
    case 'gost3410':
      return 'raw';
    case 'cades':
      if ((parameters.text('CADESType') ?? 'BES').toUpperCase() === 'BES') return 'cades';
      throw refuse(400, 'invalid_signature_params', 'of CAdES the simulator makes BES only');
    default:
      throw refuse(
        400,
        'invalid_signature_params',
        `${given}: the simulator makes CMS, CAdES and GOST3410 only`,
      );
  }
}

/** @throws {Refusal} 400 `invalid_pin` */
export function checkPin(certificate: CloudCertificate, given: string | undefined): void {
  if (certificate.pin !== undefined && given !== certificate.pin)
    throw refuse(400, 'invalid_pin', 'Неверный ПИН-код');
}

/** Every document by itself, in the order they came. @throws {Refusal} for the PIN and for a certificate that may not sign */
export async function runJob(
  job: SigningJob,
  pinOfCall: string | undefined,
  now: Date,
): Promise<readonly DocumentResult[]> {
  checkPin(job.certificate, pinOfCall === undefined || pinOfCall === '' ? job.pin : pinOfCall);
  if (job.certificate.state !== 'active') throw refuse(400, 'invalid_certificate', 'Сертификат не действует');
  const results: DocumentResult[] = [];
  for (const document of job.documents) results.push(await signOne(job, document, now));
  return results;
}

async function signOne(job: SigningJob, document: SigningDocument, now: Date): Promise<DocumentResult> {
  const input = { certificate: job.certificate, isCades: job.type === 'cades', signedAt: now };
  try {
    if (job.type === 'raw') {
      return { kind: 'signed', signature: await signerOf(job.certificate.key).sign(document.content) };
    }
    const signature =
      job.mode === 'cosign'
        ? await addSigner(input, document.content, document.original)
        : await signContent(input, contentOf(job, document), job.isDetached);
    return { kind: 'signed', signature };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return { kind: 'failed', code: 'invalid_content' };
  }
}

function contentOf(job: SigningJob, { content }: SigningDocument): Content {
  return job.isHash ? { kind: 'digest', digest: content } : { kind: 'document', bytes: content };
}

/** The one result of a call for one document. @throws {Refusal} when it failed */
export function singleSignature(results: readonly DocumentResult[]): Answer['body'] {
  const [result] = results;
  if (result?.kind !== 'signed') throw refuse(400, result?.code ?? 'content_required');
  return result.signature.toString('base64');
}
