/**
 * General names (RFC 5280, 4.2.1.6), as far as anybody here reads them. The other kinds are passed over: they are
 * well-formed and say nothing to us.
 */
import { contextTag, type DerElement, type DerReader, derInvalid } from '../der/der-element.ts';

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
  while (!reader.isDone) {
    const name = reader.next(what);
    if (name.tag === contextTag(1, 'primitive')) emailAddresses.push(ia5(name, what));
    else if (name.tag === contextTag(2, 'primitive')) dnsNames.push(ia5(name, what));
    else if (name.tag === contextTag(6, 'primitive')) uris.push(ia5(name, what));
    else if (name.tag === contextTag(7, 'primitive')) {
      const address = formatIpAddress(name.content);
      if (address !== undefined) ipAddresses.push(address);
    }
  }
  return Object.freeze({ dnsNames, ipAddresses, emailAddresses, uris });
}

/** No NUL and no other control may hide in a name that is compared or fetched. */
function ia5(element: DerElement, what: string): string {
  const text = Buffer.from(element.content).toString('latin1');
  if (!/^[\x20-\x7e]*$/.test(text)) throw derInvalid(`${what}: a name with characters that no name has`);
  return text;
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
