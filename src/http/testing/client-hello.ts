/** For tests: a ClientHello (RFC 8446, section 4.1.2) with the least that a server reads of it. */
export function clientHello(
  serverName: string | undefined,
  options: { readonly twice?: boolean; readonly cutExtensions?: number } = {},
): Buffer {
  const name = Buffer.from(serverName ?? '', 'latin1');
  const serverNameExtension = withType(0, vector(2, Buffer.concat([Buffer.from([0]), vector(2, name)])));
  const extensions = Buffer.concat([
    withType(10, vector(2, Buffer.from([0, 29]))),
    ...(serverName === undefined ? [] : [serverNameExtension]),
    ...(options.twice ? [serverNameExtension] : []),
    withType(43, Buffer.from([2, 3, 4])),
  ]);
  const cut = extensions.subarray(0, extensions.length - (options.cutExtensions ?? 0));
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32, 7),
    vector(1, Buffer.alloc(32, 9)),
    vector(2, Buffer.from([0x13, 1, 0x13, 2])),
    vector(1, Buffer.from([0])),
    vector(2, cut),
  ]);
  return Buffer.concat([Buffer.from([1]), vector(3, body)]);
}

/** The message in records of at most `size` octets. */
export function handshakeRecords(message: Buffer, size = 16_384): Buffer {
  const records: Buffer[] = [];
  for (let offset = 0; offset < message.length; offset += size) {
    const fragment = message.subarray(offset, offset + size);
    records.push(Buffer.from([22, 3, 1]), vector(2, fragment));
  }
  return Buffer.concat(records);
}

function vector(lengthOctets: 1 | 2 | 3, content: Buffer): Buffer {
  const length = Buffer.alloc(lengthOctets);
  length.writeUIntBE(content.length, 0, lengthOctets);
  return Buffer.concat([length, content]);
}

function withType(type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0, type]), vector(2, content)]);
}
