/** The largest ClientHello that is read, record headers included. Browsers send 0.5 to 4 KiB. */
export const CLIENT_HELLO_MAX_BYTES = 16_384;
/** One handshake message may be spread over several records (RFC 8446, section 5.1); more than this is hostile. */
const MAX_RECORDS = 32;

const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME_EXTENSION = 0;
const HOST_NAME = 0;

export type ClientHelloReading =
  | { readonly kind: 'client-hello'; readonly serverName: string | undefined }
  /** Nothing can be said before this many octets have arrived. */
  | { readonly kind: 'incomplete'; readonly atLeastBytes: number }
  | { readonly kind: 'plain-http' }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Reads the server name (RFC 6066, section 3) out of the first octets of a connection, across record boundaries,
 * without changing them. It only chooses a TLS server: what the connection is trusted for is decided by that server's
 * own reading. The name is returned in lower case; one that is no host name makes the hello invalid.
 */
export function readClientHello(bytes: Uint8Array): ClientHelloReading {
  const first = bytes[0];
  if (first === undefined) return { kind: 'incomplete', atLeastBytes: 5 };
  if (first !== HANDSHAKE_RECORD) {
    return isUpperCaseLetter(first) ? { kind: 'plain-http' } : invalid('not a TLS handshake record');
  }

  const fragments: Uint8Array[] = [];
  let collected = 0;
  let offset = 0;
  for (let records = 0; records < MAX_RECORDS; records += 1) {
    if (bytes.length < offset + 5) return incomplete(offset + 5);
    if (bytes[offset] !== HANDSHAKE_RECORD) return invalid('another record inside the hello');
    if (bytes[offset + 1] !== 3) return invalid('not a version of TLS');
    const length = uint16(bytes, offset + 3);
    // RFC 8446, section 5.1: no empty handshake fragments, at most 2^14 octets.
    if (length === 0 || length > 16_384) return invalid('record length');
    const end = offset + 5 + length;
    if (bytes.length < end) return incomplete(end);
    fragments.push(bytes.subarray(offset + 5, end));
    collected += length;
    offset = end;
    if (collected < 4) continue;

    const message = fragments.length === 1 ? fragments[0] : Buffer.concat(fragments);
    if (message === undefined) return invalid('empty');
    if (message[0] !== CLIENT_HELLO) return invalid('not a ClientHello');
    const messageLength = uint24(message, 1);
    if (messageLength > CLIENT_HELLO_MAX_BYTES) return invalid('too long');
    if (collected < 4 + messageLength) continue;
    return parseClientHello(message.subarray(4, 4 + messageLength));
  }
  return invalid('too many records');
}

function incomplete(atLeastBytes: number): ClientHelloReading {
  return atLeastBytes > CLIENT_HELLO_MAX_BYTES ? invalid('too long') : { kind: 'incomplete', atLeastBytes };
}

/** RFC 8446, section 4.1.2: version, random, session id, cipher suites, compression methods, extensions. */
function parseClientHello(body: Uint8Array): ClientHelloReading {
  let offset = 2 + 32;
  offset += 1 + (body[offset] ?? 0);
  if (offset + 2 > body.length) return invalid('truncated');
  offset += 2 + uint16(body, offset);
  if (offset + 1 > body.length) return invalid('truncated');
  offset += 1 + (body[offset] ?? 0);
  if (offset === body.length) return { kind: 'client-hello', serverName: undefined };
  if (offset + 2 > body.length) return invalid('truncated');
  const end = offset + 2 + uint16(body, offset);
  if (end !== body.length) return invalid('length of the extensions');
  offset += 2;

  let serverName: string | undefined;
  while (offset < end) {
    if (offset + 4 > end) return invalid('truncated extension');
    const type = uint16(body, offset);
    const length = uint16(body, offset + 2);
    offset += 4;
    if (offset + length > end) return invalid('truncated extension');
    if (type === SERVER_NAME_EXTENSION) {
      // RFC 8446, section 4.2: no extension twice.
      if (serverName !== undefined) return invalid('two server names');
      serverName = parseServerName(body.subarray(offset, offset + length));
      if (serverName === undefined) return invalid('server name');
    }
    offset += length;
  }
  return { kind: 'client-hello', serverName };
}

function parseServerName(extension: Uint8Array): string | undefined {
  if (extension.length < 5 || uint16(extension, 0) !== extension.length - 2) return undefined;
  if (extension[2] !== HOST_NAME) return undefined;
  const length = uint16(extension, 3);
  // RFC 6066 allows one name per type and defines one type: nothing may follow.
  if (length !== extension.length - 5 || length === 0 || length > 253) return undefined;
  const name = Buffer.from(extension.subarray(5)).toString('latin1').toLowerCase();
  return /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/.test(name) ? name : undefined;
}

function invalid(why: string): ClientHelloReading {
  return { kind: 'invalid', why };
}

function isUpperCaseLetter(octet: number): boolean {
  return octet >= 0x41 && octet <= 0x5a;
}

function uint16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

function uint24(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 16) | uint16(bytes, offset + 1);
}
