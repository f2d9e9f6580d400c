/**
 * The peer's address as people write it: an IPv4 address mapped into IPv6 (RFC 4291, section 2.5.5.2) is unwrapped, a
 * zone is dropped. `unknown` when the peer has gone already.
 */
export function clientAddress(socket: { readonly remoteAddress?: string | undefined }): string {
  const address = socket.remoteAddress;
  if (address === undefined) return 'unknown';
  if (address.startsWith('::ffff:') && address.includes('.')) return address.slice(7);
  const zone = address.indexOf('%');
  return zone === -1 ? address : address.slice(0, zone);
}

/** The unit by which addresses are limited: an IPv4 address, or the /64 that one IPv6 customer gets. */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + rest < 8) groups.push('0');
    groups.push(...(tail === '' ? [] : tail.split(':')));
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}
