/** DER (X.690) as far as the simulator writes it. Everything is made of {@link tlv}. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), encodeLength(content.length), content]);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

export const sequence = (...members: readonly Uint8Array[]) => tlv(0x30, ...members);
export const octets = (content: Uint8Array) => tlv(0x04, content);
export const nothing = () => tlv(0x05);
export const bits = (content: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), content);
export const boolean = (value: boolean) => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const enumerated = (value: number) => tlv(0x0a, Buffer.from([value]));
export const utf8 = (text: string) => tlv(0x0c, Buffer.from(text));
export const printable = (text: string) => tlv(0x13, Buffer.from(text, 'latin1'));

/** `[number]`, constructed: EXPLICIT, or IMPLICIT of something constructed. */
export const tagged = (number: number, ...members: readonly Uint8Array[]) => tlv(0xa0 | number, ...members);
/** `[number] IMPLICIT` of something primitive. */
export const implicit = (number: number, content: Uint8Array) => tlv(0x80 | number, content);

/** SET OF: its members are sorted (X.690, 11.6). */
export function setOf(members: readonly Uint8Array[]): Buffer {
  return tlv(0x31, ...members.map((member) => Buffer.from(member)).sort(Buffer.compare));
}

/** A whole number that is not negative. */
export function integer(value: number | Uint8Array): Buffer {
  const bytes =
    typeof value === 'number'
      ? Buffer.from(
          value.toString(16).padStart(value.toString(16).length + (value.toString(16).length % 2), '0'),
          'hex',
        )
      : Buffer.from(value);
  const first = bytes[0] ?? 0;
  return tlv(0x02, first >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** @param dotted for example `2.5.4.3` */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left % 128) | 0x80);
    return groups;
  });
  return tlv(0x06, Buffer.from(bytes));
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
export function time(moment: Date): Buffer {
  const text = `${moment.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return moment.getUTCFullYear() < 2050
    ? tlv(0x17, Buffer.from(text.slice(2)))
    : tlv(0x18, Buffer.from(text));
}

/** GeneralizedTime whatever the year is, as OCSP wants it. */
export function generalizedTime(moment: Date): Buffer {
  return tlv(0x18, Buffer.from(`${moment.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}
