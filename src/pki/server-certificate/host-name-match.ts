/** Whether a certificate's dNSName covers a host (RFC 9525, 6.3). The CN is never looked at (RFC 9525, section 2). */
export function coversHostName(dnsName: string, hostName: string): boolean {
  const presented = canonical(dnsName);
  const wanted = canonical(hostName);
  if (!presented.startsWith('*.')) return presented === wanted;
  // The wildcard is the whole left-most label and stands for exactly one label.
  const rest = presented.slice(1);
  const label = wanted.slice(0, -rest.length);
  return wanted.endsWith(rest) && label !== '' && !label.includes('.') && !rest.slice(1).includes('*');
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
