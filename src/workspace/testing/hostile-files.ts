/** For tests: files of somebody who means harm, small where they are brought and large where they are read. */
import { sign } from 'node:crypto';
import { zipSync } from 'fflate';
import { contextTag, TAG } from '../../pki/der/der-element.ts';
import {
  concatBytes,
  encodeBitString,
  encodedNull,
  encodeElement,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
  encodeTime,
} from '../../pki/der/der-writer.ts';
import { OID } from '../../pki/der/oid.ts';
import { encodeExtensions, explicit, extension, nameOf } from '../../pki/validation/testing/extensions.ts';
import { makeKey } from '../../pki/validation/testing/test-pki.ts';

const ALGORITHM = encodeSequence(encodeOid(OID.ecdsaWithSHA256));
/** For more elements than a call takes arguments. */
const sequenceOf = (elements: readonly Uint8Array[]) => encodeElement(TAG.sequence, concatBytes(elements));

interface Contents {
  readonly name?: Uint8Array;
  /** The whole INTEGER. */
  readonly serial?: Uint8Array;
  readonly extensions?: Uint8Array;
}

function certificate({ name = nameOf('CN=x'), serial, extensions }: Contents): Uint8Array {
  const { privateKey, spki } = makeKey();
  const tbs = encodeSequence(
    explicit(0, encodeInteger(2)),
    serial ?? encodeInteger(1),
    ALGORITHM,
    name,
    encodeSequence(
      encodeTime(new Date('2026-01-01T00:00:00Z')),
      encodeTime(new Date('2030-01-01T00:00:00Z')),
    ),
    name,
    spki,
    ...(extensions ? [explicit(3, extensions)] : []),
  );
  return encodeSequence(tbs, ALGORITHM, encodeBitString(sign('sha256', tbs, privateKey)));
}

function nested(levels: number): Uint8Array {
  let inner: Uint8Array = encodedNull;
  for (let level = 0; level < levels; level += 1) inner = encodeSequence(inner);
  return inner;
}

/** Protected by a code whose key takes so many rounds, with nothing inside. */
function pfx(rounds: number): Uint8Array {
  const data = encodeSequence(
    encodeOid(OID.data),
    encodeElement(contextTag(0, 'constructed'), encodeOctetString(encodeSequence())),
  );
  const digest = encodeSequence(
    encodeSequence(encodeOid(OID.sha1), encodedNull),
    encodeOctetString(new Uint8Array(20)),
  );
  const mac = encodeSequence(digest, encodeOctetString(new Uint8Array(8)), encodeInteger(rounds));
  return encodeSequence(encodeInteger(3), data, mac);
}

const ONE_NAME = nameOf('CN=x').subarray(2);
const BASIC = extension(OID.basicConstraints, encodeSequence());

export const HOSTILE = {
  manyNames: () => certificate({ name: sequenceOf(Array.from({ length: 100_000 }, () => ONE_NAME)) }),
  /** As many as fit into the octets that a certificate may have. */
  fewerNames: () => certificate({ name: sequenceOf(Array.from({ length: 4000 }, () => ONE_NAME)) }),
  deep: () => nested(20_000),
  deepExtension: () => certificate({ extensions: encodeSequence(nested(20_000)) }),
  sameExtensionTwice: () => certificate({ extensions: encodeExtensions([BASIC, BASIC]) }),
  negativeSerial: () => certificate({ serial: Uint8Array.of(TAG.integer, 2, 0xff, 0x01) }),
  namesThatTurnTheLine: () => certificate({ name: nameOf('CN=Иванов\u202eтревожный\u0000\u0007\u2066') }),
  billionRounds: () => pfx(1_000_000_000),
  /** One file of 68 MB of zeros. */
  archive: () => zipSync({ a: new Uint8Array(68_000_000) }, { level: 1 }),
  /** Each is within what one file may cost; together they would take a quarter of an hour. */
  manySlowFiles() {
    const block = `-----BEGIN PKCS12-----\n${Buffer.from(pfx(2_400_000)).toString('base64')}\n-----END PKCS12-----\n`;
    return Buffer.from(block.repeat(200));
  },
} as const satisfies Readonly<Record<string, () => Uint8Array>>;
