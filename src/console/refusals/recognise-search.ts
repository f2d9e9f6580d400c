import { isIP } from 'node:net';
import type { SerialNumber, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { RefusalSearch } from './ports.ts';

const FINGERPRINT_DIGITS = 64;
/** Of serial numbers of ours; shorter ones may be a login such as `abba`. */
const SERIAL_MIN_DIGITS = 16;
const SERIAL_MAX_DIGITS = 40;

/** What somebody types into the search: they copy numbers with colons and spaces from where they find them. */
export function recogniseSearch(input: string): RefusalSearch | undefined {
  const text = input.trim();
  if (text === '') return undefined;
  if (isIP(text) !== 0) return { kind: 'address', address: text.toLowerCase() };
  const digits = text.replaceAll(/[\s:]/g, '').toLowerCase();
  if (/^[0-9a-f]+$/.test(digits)) {
    if (digits.length === FINGERPRINT_DIGITS) {
      return { kind: 'fingerprint', sha256Fingerprint: digits as Sha256Fingerprint };
    }
    if (digits.length >= SERIAL_MIN_DIGITS && digits.length <= SERIAL_MAX_DIGITS) {
      return { kind: 'serial', serialNumber: digits as SerialNumber };
    }
  }
  return { kind: 'person', text: text.toLowerCase() };
}
