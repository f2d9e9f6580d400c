import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { directoryWith, run } from '../testing/run-program.ts';
import { hmacStreebog, pbkdf2Streebog } from './hmac-streebog.ts';
import { Streebog, type StreebogBits, streebog } from './streebog.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** RFC 6986, 10.1 and 10.2, in the order of transmission; the second message is CP1251. */
const RFC_6986 = [
  {
    name: 'M1',
    message: Buffer.from('012345678901234567890123456789012345678901234567890123456789012'),
    256: '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500',
    512: '1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48',
  },
  {
    name: 'M2',
    message: Buffer.from(
      'd1e520e2e5f2f0e82c20d1f2f0e8e1eee6e820e2edf3f6e82c20e2e5fef2fa20f120eceef0ff20f1f2f0e5ebe0ece820ede020f5f0e0e1f0fbff20efebfaeafb20c8e3eef0e5e2fb',
      'hex',
    ),
    256: '9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50',
    512: '1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28',
  },
] as const;

describe('Streebog', () => {
  for (const vector of RFC_6986) {
    it(`gives the digests of RFC 6986 for ${vector.name}`, () => {
      expect(hex(streebog(256, vector.message))).toBe(vector[256]);
      expect(hex(streebog(512, vector.message))).toBe(vector[512]);
    });
  }

  it('agrees with the GOST engine of OpenSSL on every length around the borders of blocks', () => {
    const lengths = [
      ...Array.from({ length: 200 }, (_, length) => length),
      255,
      256,
      257,
      511,
      512,
      513,
      4095,
      4096,
      4097,
      100_003,
    ];
    const messages = new Map(lengths.map((length) => [`m${length}`, randomBytes(length)]));
    // All bits set: each addition of the checksum carries.
    for (const length of [64, 128, 192, 1024]) messages.set(`f${length}`, Buffer.alloc(length, 0xff));
    const directory = directoryWith(Object.fromEntries(messages));
    for (const bits of [256, 512] as const) {
      const output = run(directory, 'openssl', [
        'dgst',
        '-engine',
        'gost',
        `-md_gost12_${bits}`,
        ...messages.keys(),
      ]);
      const expected = new Map(
        [...output.matchAll(/\((\w+)\)= ([0-9a-f]+)/g)].map(([, name, digest]) => [name, digest]),
      );
      expect(expected.size).toBe(messages.size);
      for (const [name, message] of messages)
        expect([name, hex(streebog(bits, message))]).toEqual([name, expected.get(name)]);
    }
  });

  it('gives the same digest in whatever pieces the message comes', () => {
    const message = randomBytes(1000);
    const whole = hex(streebog(512, message));
    for (const size of [1, 7, 63, 64, 65, 128, 999]) {
      const hash = new Streebog(512);
      for (let offset = 0; offset < message.length; offset += size)
        hash.update(message.subarray(offset, offset + size));
      expect(hex(hash.digest())).toBe(whole);
    }
  });

  it('goes on in two directions from a clone', () => {
    const hash = new Streebog(256).update(Buffer.from('one '));
    const copy = hash.clone().update(Buffer.from('two'));
    expect(hex(hash.update(Buffer.from('three')).digest())).toBe(
      hex(streebog(256, Buffer.from('one three'))),
    );
    expect(hex(copy.digest())).toBe(hex(streebog(256, Buffer.from('one two'))));
  });

  it('is finished with the digest', () => {
    const hash = new Streebog(256);
    hash.digest();
    expect(() => hash.digest()).toThrow(TypeError);
    expect(() => hash.update(Buffer.from('more'))).toThrow(TypeError);
  });
});

describe('HMAC and PBKDF2 with Streebog', () => {
  // RFC 7836, appendix B (1 and 2).
  const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
  const text = Buffer.from('0126bdb87800af214341456563780100', 'hex');
  const codes: Readonly<Record<StreebogBits, string>> = {
    256: 'a1aa5f7de402d7b3d323f2991c8d4534013137010a83754fd0af6d7cd4922ed9',
    512: 'a59bab22ecae19c65fbde6e5f4e9f5d8549d31f037f9df9b905500e171923a773d5f1530f2ed7e964cb2eedc29e9ad2f3afe93b2814f79f5000ffc0366c251e6',
  };
  for (const bits of [256, 512] as const) {
    it(`gives the code of RFC 7836 with ${bits} bits`, () => {
      expect(hex(hmacStreebog(bits, key, text))).toBe(codes[bits]);
    });
  }

  it('hashes a key that is longer than a block', () => {
    const long = randomBytes(100);
    expect(hex(hmacStreebog(256, long, text))).toBe(hex(hmacStreebog(256, streebog(256, long), text)));
  });

  // R 50.1.111-2016, appendix A.
  const keys = [
    [
      1,
      '64770af7f748c3b1c9ac831dbcfd85c26111b30a8a657ddc3056b80ca73e040d2854fd36811f6d825cc4ab66ec0a68a490a9e5cf5156b3a2b7eecddbf9a16b47',
    ],
    [
      2,
      '5a585bafdfbb6e8830d6d68aa3b43ac00d2e4aebce01c9b31c2caed56f0236d4d34b2b8fbd2c4e89d54d46f50e47d45bbac301571743119e8d3c42ba66d348de',
    ],
    [
      4096,
      'e52deb9a2d2aaff4e2ac9d47a41f34c20376591c67807f0477e32549dc341bc7867c09841b6d58e29d0347c996301d55df0d34e47cf68f4e3c2cdaf1d9ab86c3',
    ],
  ] as const;
  for (const [iterations, expected] of keys) {
    it(`derives the key of the standard's example with ${iterations} rounds`, () => {
      expect(hex(pbkdf2Streebog(512, Buffer.from('password'), Buffer.from('salt'), iterations, 64))).toBe(
        expected,
      );
    });
  }

  it('derives more than one block', () => {
    const [password, salt] = [Buffer.from('password'), Buffer.from('salt')];
    const long = pbkdf2Streebog(512, password, salt, 3, 100);
    expect(long.length).toBe(100);
    expect(hex(long).startsWith(hex(pbkdf2Streebog(512, password, salt, 3, 64)))).toBe(true);
    expect(createHash('sha256').update(long.subarray(64)).digest('hex')).not.toBe(
      createHash('sha256').update(long.subarray(0, 36)).digest('hex'),
    );
  });
});
