/**
 * PEM (RFC 7468). Reading is lenient as section 3 allows: text before, between and after the blocks, a byte order
 * mark, either line ending, blanks around lines, attributes in the header (RFC 1421) are passed over. Base64 itself
 * is not: a damaged block is an error and never a shorter certificate.
 */
import { ProblemError } from '../../kernel/problem.ts';

const MAX_PEM_BYTES = 4 * 1024 * 1024;
const MAX_BLOCKS = 2000;
const BEGIN = /^-----BEGIN ([A-Z0-9# ]{1,64})-----$/;
const END = /^-----END ([A-Z0-9# ]{1,64})-----$/;

export interface PemBlock {
  /** For example `CERTIFICATE`. */
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** @throws {ProblemError} `pem-invalid`, also where there is not one block. */
export function decodePem(input: string | Uint8Array): PemBlock[] {
  if (input.length > MAX_PEM_BYTES) throw pemInvalid(`the text is longer than ${MAX_PEM_BYTES} bytes`);
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
  const blocks: PemBlock[] = [];
  let open: { label: string; base64: string[] } | undefined;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    // A byte order mark: U+FEFF, or its three octets when read as Latin-1.
    const line = raw.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '').trim();
    const begin = BEGIN.exec(line);
    const end = END.exec(line);
    if (begin?.[1] !== undefined) {
      if (open) throw pemInvalid(`a ${open.label} block has no END line`);
      open = { label: begin[1], base64: [] };
    } else if (end?.[1] !== undefined) {
      if (!open || open.label !== end[1]) throw pemInvalid(`an END ${end[1]} line without its BEGIN line`);
      blocks.push({ label: open.label, bytes: decodeBase64(open.base64.join(''), open.label) });
      if (blocks.length > MAX_BLOCKS) throw pemInvalid(`there are more than ${MAX_BLOCKS} blocks`);
      open = undefined;
    } else if (open && !/^[A-Za-z0-9-]+:/.test(line)) {
      open.base64.push(line);
    }
  }
  if (open) throw pemInvalid(`a ${open.label} block has no END line`);
  if (blocks.length === 0) throw pemInvalid('there is no block that begins with -----BEGIN');
  return blocks;
}

export function encodePem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `${[`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n')}\n`;
}

function decodeBase64(base64: string, label: string): Uint8Array {
  if (base64.length === 0 || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    throw pemInvalid(`the ${label} block is not base64`);
  }
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function pemInvalid(detail: string): ProblemError {
  return new ProblemError('pem-invalid', { detail });
}
