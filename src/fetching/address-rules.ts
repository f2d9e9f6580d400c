/** Which addresses the server may speak to on behalf of somebody: those of the internet, and what is allowed by name. */
import { BlockList, isIP } from 'node:net';

/** Not of the internet: IANA's registries of special-purpose addresses (RFC 6890), with what leads back to them. */
const REFUSED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Also the metadata services of clouds.
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Of IPv6 only 2000::/3 is given out; of it these are not for us. */
const REFUSED_V6 = [
  // Teredo, ORCHID and other protocols of the IETF.
  '2001::/23',
  '2001:db8::/32',
  // 6to4 (RFC 3056): an IPv4 address of anybody's choice inside.
  '2002::/16',
  '3fff::/20',
];
const GIVEN_OUT_V6 = ['2000::/3'];

export interface AddressRules {
  /** @param address an IP address; anything else is refused */
  isAllowed(address: string): boolean;
}

/**
 * @param allowPrivate networks as `10.1.0.0/16` or `fd00:1::/32`, or single addresses, that are allowed besides
 * @throws {TypeError} for what is no network
 */
export function createAddressRules(allowPrivate: readonly string[]): AddressRules {
  const refused = listOf([...REFUSED_V4, ...REFUSED_V6]);
  const givenOut = listOf(GIVEN_OUT_V6);
  const allowed = listOf(allowPrivate);
  return {
    isAllowed(address) {
      const plain = withoutMapping(address);
      switch (isIP(plain)) {
        case 4:
          return allowed.check(plain, 'ipv4') || !refused.check(plain, 'ipv4');
        case 6:
          if (allowed.check(plain, 'ipv6')) return true;
          return !plain.includes('%') && givenOut.check(plain, 'ipv6') && !refused.check(plain, 'ipv6');
        default:
          return false;
      }
    },
  };
}

/** Whether this is a network or an address, as the configuration takes it. */
export function isNetwork(text: string): boolean {
  try {
    listOf([text]);
    return true;
  } catch {
    return false;
  }
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix, ...more] = network.split('/');
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    if (version === 0 || more.length > 0 || (prefix !== undefined && !/^\d{1,3}$/u.test(prefix))) {
      throw new TypeError(`not a network: ${network}`);
    }
    const length = prefix === undefined ? most : Number(prefix);
    if (length > most) throw new TypeError(`not a network: ${network}`);
    list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** RFC 4291, 2.5.5.2: `::ffff:10.0.0.1`, however it is written, is 10.0.0.1. */
function withoutMapping(address: string): string {
  if (isIP(address) !== 6 || address.includes('%')) return address;
  // The parser of addresses writes each of them in one way only: RFC 5952, and the last 32 bits as hexadecimal.
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/u.exec(written);
  if (!mapped) return written;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
