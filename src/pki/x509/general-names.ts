/**
 * General names (RFC 5280, 4.2.1.6), as far as anybody here reads them. The other kinds are passed over: they are
 * well-formed and say nothing to us.
 */
import { contextTag, type DerReader } from '../der/der-element.ts';

export interface GeneralNames {
  readonly dnsNames: readonly string[];
  /** Text form; an address of a wrong length is left out. */
  readonly ipAddresses: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly string[];
}

export function readGeneralNames(reader: DerReader, what: string): GeneralNames {
  const dnsNames: string[] = [];
  const ipAddresses: string[] = [];
  const emailAddresses: string[] = [];
  const uris: string[] = [];
  const textLists = new Map([
    [contextTag(1, 'primitive'), emailAddresses],
    [contextTag(2, 'primitive'), dnsNames],
    [contextTag(6, 'primitive'), uris],
  ]);
  while (!reader.isDone) {
    const name = reader.next(what);
    const text = Buffer.from(name.content).toString('latin1');
    // IA5String. A NUL or another control must not hide in a name that is compared or fetched; authorities in use
    // do write such names, so their certificates stay readable without them.
    if (/^[\x20-\x7e]*$/.test(text)) textLists.get(name.tag)?.push(text);
    if (name.tag === contextTag(7, 'primitive')) {
      const address = formatIpAddress(name.content);
      if (address !== undefined) ipAddresses.push(address);
    }
  }
  return Object.freeze({ dnsNames, ipAddresses, emailAddresses, uris });
}

function formatIpAddress(octets: Uint8Array): string | undefined {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return undefined;
  const groups: string[] = [];
  for (let index = 0; index < 16; index += 2) {
    groups.push((((octets[index] ?? 0) << 8) | (octets[index + 1] ?? 0)).toString(16));
  }
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
