/**
 * Finds the PEM blocks (RFC 7468) of a text that a person brings. Unlike `decodePem` it gives every block, so that one
 * damaged certificate does not keep its neighbours from being imported. Linear in the length of the text.
 */
export interface ScannedBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
  readonly damage?: 'base64' | 'cut-off';
  /** The block says that it is encrypted (RFC 1421). */
  readonly isEncrypted: boolean;
}

const MAX_BLOCKS = 20_000;
const BEGIN = '-----BEGIN ';
const MAX_LABEL = 64;

/** Stops at 20,000 blocks. */
export function scanPem(text: string): ScannedBlock[] {
  const blocks: ScannedBlock[] = [];
  for (let at = text.indexOf(BEGIN); at >= 0 && blocks.length < MAX_BLOCKS; ) {
    const labelStart = at + BEGIN.length;
    const labelEnd = text.indexOf('-----', labelStart);
    if (labelEnd < 0) break;
    const label = text.slice(labelStart, labelEnd);
    const next = text.indexOf(BEGIN, labelEnd);
    if (labelEnd - labelStart > MAX_LABEL || !/^[A-Z0-9#. ]+$/.test(label)) {
      at = next;
      continue;
    }
    const limit = next < 0 ? text.length : next;
    const body = text.slice(labelEnd + 5, limit);
    const end = body.indexOf(`-----END ${label}-----`);
    blocks.push(
      end < 0 ? { ...decodeBody(label, body), damage: 'cut-off' } : decodeBody(label, body.slice(0, end)),
    );
    at = next;
  }
  return blocks;
}

function decodeBody(label: string, body: string): ScannedBlock {
  const lines = body.split(/\r\n|\r|\n/).map((line) => line.trim());
  const isHeader = (line: string) => /^[A-Za-z0-9-]+:/.test(line);
  const isEncrypted = lines.some((line) => line.startsWith('Proc-Type: 4,ENCRYPTED'));
  const bytes = decodeBase64(lines.filter((line) => !isHeader(line)).join(''));
  return {
    label,
    bytes: bytes ?? new Uint8Array(),
    isEncrypted,
    ...(bytes ? {} : { damage: 'base64' as const }),
  };
}

/** Strict, except for blanks: a damaged block is an error and never a shorter certificate. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const base64 = text.replaceAll(/[ \t\r\n\f\v]/g, '');
  if (base64.length === 0 || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return undefined;
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
