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

/** The network of this length in which an IPv6 address lies; zeros are written out. */
export function prefixOf(address: string, bits: 48 | 56 | 64): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + rest < 8) groups.push('0');
    groups.push(...(tail === '' ? [] : tail.split(':')));
  }
  const kept = groups.slice(0, 4).map((group) => Number.parseInt(group, 16));
  if (bits < 64) kept[3] = bits === 56 ? (kept[3] ?? 0) & 0xff00 : 0;
  return `${kept.map((group) => group.toString(16)).join(':')}::/${bits}`;
}
