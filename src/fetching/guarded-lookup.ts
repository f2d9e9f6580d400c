/**
 * Names are resolved here and nowhere else: what was checked is what the socket connects to, so that a name cannot mean
 * one address for the check and another for the connection.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressRules } from './address-rules.ts';
import { FetchError } from './fetch-error.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export type ResolveName = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const resolveBySystem: ResolveName = (hostname) => systemLookup(hostname, { all: true });

/** @throws {FetchError} `address-refused` where the host of an address is an IP address that is not allowed */
export function checkLiteralHost(url: URL, rules: AddressRules): void {
  // Node connects to IP addresses without any lookup. The parser has made 127.0.0.1 of 0x7f.1 and 2130706433.
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) !== 0 && !rules.isAllowed(host)) throw new FetchError('address-refused', { detail: host });
}

/** For the option `lookup` of sockets. Only addresses that are allowed come out of it. */
export function createGuardedLookup(rules: AddressRules, resolveName: ResolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
    );
  };

  async function resolve(hostname: string): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
    let found: readonly ResolvedAddress[];
    try {
      found = await resolveName(hostname);
    } catch (cause) {
      throw new FetchError('name-unknown', { cause });
    }
    const [first, ...others] = found.filter(({ address }) => rules.isAllowed(address));
    if (first) return [first, ...others];
    throw new FetchError(found.length === 0 ? 'name-unknown' : 'address-refused', { detail: hostname });
  }
}
