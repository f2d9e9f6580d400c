import { describe, expect, test } from 'vitest';
import { readClientHello } from './server-name.ts';
import { clientHello, handshakeRecords } from './testing/client-hello.ts';

describe('the server name of a ClientHello', () => {
  test('is read from one record', () => {
    expect(readClientHello(handshakeRecords(clientHello('crm.propusk.localhost')))).toEqual({
      kind: 'client-hello',
      serverName: 'crm.propusk.localhost',
    });
  });

  test('is read from a message that is spread over records of any size', () => {
    for (const size of [50, 100, 200, 1_000]) {
      expect(readClientHello(handshakeRecords(clientHello('crm.example'), size))).toEqual({
        kind: 'client-hello',
        serverName: 'crm.example',
      });
    }
  });

  test('comes in lower case', () => {
    expect(readClientHello(handshakeRecords(clientHello('CRM.Example')))).toMatchObject({
      serverName: 'crm.example',
    });
  });

  test('is absent where the client sends none', () => {
    expect(readClientHello(handshakeRecords(clientHello(undefined)))).toEqual({
      kind: 'client-hello',
      serverName: undefined,
    });
  });

  test('is asked for more octets at every cut, and never answered early', () => {
    const octets = handshakeRecords(clientHello('crm.example'), 100);
    for (let length = 0; length < octets.length; length += 1) {
      const reading = readClientHello(octets.subarray(0, length));
      expect(reading.kind, `${length} octets`).toBe('incomplete');
      if (reading.kind === 'incomplete') expect(reading.atLeastBytes).toBeGreaterThan(length);
    }
  });
});

describe('a hello is invalid', () => {
  const valid = clientHello('crm.example');
  const changed = (offset: number, value: number): Buffer => {
    const copy = Buffer.from(valid);
    copy[offset] = value;
    return copy;
  };
  test.each<[string, Buffer]>([
    ['when it is another handshake message', handshakeRecords(changed(0, 2))],
    ['when its length is beyond the limit', handshakeRecords(changed(1, 1))],
    ['when a record is empty', Buffer.from([22, 3, 1, 0, 0])],
    ['when a record is longer than TLS allows', Buffer.from([22, 3, 1, 0x40, 1])],
    ['when the version is not one of TLS', Buffer.from([22, 2, 0, 0, 5])],
    [
      'when another record interrupts it',
      Buffer.concat([handshakeRecords(valid, 50).subarray(0, 55), Buffer.from([21, 3, 1, 0, 2])]),
    ],
    ['when it comes in too many records', handshakeRecords(valid, 2)],
    ['when it has two server names', handshakeRecords(clientHello('crm.example', { twice: true }))],
    ['when the name is no host name', handshakeRecords(clientHello('crm example'))],
    ['when the name ends with a dot', handshakeRecords(clientHello('crm.example.'))],
    ['when the name has a NUL', handshakeRecords(clientHello('crm.example\0.evil'))],
    ['when the name is empty', handshakeRecords(clientHello(''))],
    [
      'when the name is longer than 253 octets',
      handshakeRecords(clientHello(`${'a'.repeat(60)}.`.repeat(5).slice(0, -1))),
    ],
    ['when the extensions are cut', handshakeRecords(clientHello('crm.example', { cutExtensions: 3 }))],
    ['when it is an SSLv2 hello', Buffer.from([0x80, 0x2e, 1, 0, 2])],
  ])('%s', (_, octets) => {
    expect(readClientHello(octets).kind).toBe('invalid');
  });

  test('random octets never make the parser throw or hang', () => {
    let state = 1;
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state;
    };
    for (let round = 0; round < 5_000; round += 1) {
      const octets = Buffer.from(handshakeRecords(valid, 120));
      for (let flips = 0; flips < 4; flips += 1) octets[random() % octets.length] = random() % 256;
      expect(['client-hello', 'incomplete', 'invalid', 'plain-http']).toContain(readClientHello(octets).kind);
    }
  });
});

test('plain http is told apart by its first octet', () => {
  expect(readClientHello(Buffer.from('GET / HTTP/1.1\r\n'))).toEqual({ kind: 'plain-http' });
});
