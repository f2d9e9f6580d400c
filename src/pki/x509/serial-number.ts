/** Serial numbers (RFC 5280, 4.1.2.2): canonical hexadecimal, never a JavaScript number. */
import type { SerialNumber } from '../../kernel/brand.ts';
import type { Random } from '../../kernel/random.ts';
import { derInvalid } from '../der/der-element.ts';

const SERIAL_OCTETS = 16;
/** RFC 5280 asks for at most 20; some authorities write more, and their certificates must still be shown. */
const MAX_SERIAL_OCTETS = 40;

/** From the content octets of the INTEGER. */
export function serialNumberOf(content: Uint8Array): SerialNumber {
  if (content.length > MAX_SERIAL_OCTETS)
    throw derInvalid(`serial number: more than ${MAX_SERIAL_OCTETS} octets`);
  return Buffer.from(content).toString('hex') as SerialNumber;
}

/** The content octets of the INTEGER. */
export function serialNumberBytes(serialNumber: SerialNumber): Uint8Array {
  return new Uint8Array(Buffer.from(serialNumber, 'hex'));
}

/**
 * 128 random bits, positive. A set first bit takes a zero octet before it, so that no bit of randomness is given
 * away for the sign.
 */
export function makeSerialNumber(random: Random): SerialNumber {
  for (;;) {
    const hex = Buffer.from(random.bytes(SERIAL_OCTETS))
      .toString('hex')
      .replace(/^(?:00)+/, '');
    if (hex !== '') return (Number.parseInt(hex.slice(0, 2), 16) >= 0x80 ? `00${hex}` : hex) as SerialNumber;
  }
}

/** The last eight digits in upper case: what pages show so that people tell two certificates apart. */
export function serialNumberTail(serialNumber: SerialNumber): string {
  return serialNumber.slice(-8).toUpperCase();
}
