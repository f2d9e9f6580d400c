import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as der from './der/encode.ts';

export interface ServerCertificate {
  /** The server's certificate and its authority's. */
  readonly certificatesPem: string;
  readonly privateKeyPem: string;
  /** What a client has to trust. */
  readonly authorityPem: string;
}

const ECDSA_WITH_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const DAY_MS = 86_400_000;

/** A certificate for TLS from an authority that exists for this one signature only. */
export function makeServerCertificate(hostNames: readonly string[], now: Date): ServerCertificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authorityName = name(`DSS simulator ${randomBytes(4).toString('hex')}`);
  const authorityDer = certify(authorityName, authorityName, authority.publicKey, authority.privateKey, now, [
    extension('2.5.29.19', der.sequence(der.boolean(true)), true),
    extension('2.5.29.15', der.bits(Buffer.from([0x06]), 1), true),
  ]);
  const serverDer = certify(
    authorityName,
    name(hostNames[0] ?? 'localhost'),
    server.publicKey,
    authority.privateKey,
    now,
    [
      extension('2.5.29.15', der.bits(Buffer.from([0x80]), 7), true),
      extension('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', der.sequence(...hostNames.map(generalName))),
    ],
  );
  return {
    certificatesPem: pem(serverDer) + pem(authorityDer),
    privateKeyPem: server.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    authorityPem: pem(authorityDer),
  };
}

function certify(
  issuer: Buffer,
  subject: Buffer,
  publicKey: KeyObject,
  signingKey: KeyObject,
  now: Date,
  extensions: readonly Buffer[],
): Buffer {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const serialNumber = createHash('sha256').update(spki).digest().subarray(0, 16);
  const tbs = der.sequence(
    der.tagged(0, der.integer(2)),
    der.integer(Buffer.concat([Buffer.from([0x40]), serialNumber])),
    ECDSA_WITH_SHA256,
    issuer,
    der.sequence(
      der.time(new Date(now.getTime() - DAY_MS)),
      der.time(new Date(now.getTime() + 365 * DAY_MS)),
    ),
    subject,
    spki,
    der.tagged(3, der.sequence(...extensions)),
  );
  return der.sequence(tbs, ECDSA_WITH_SHA256, der.bits(sign('sha256', tbs, signingKey)));
}

function name(commonName: string): Buffer {
  return der.sequence(der.setOf([der.sequence(der.oid('2.5.4.3'), der.utf8(commonName))]));
}

/** dNSName, or iPAddress for four numbers. */
function generalName(host: string): Buffer {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host)
    ? der.implicit(7, Buffer.from(host.split('.').map(Number)))
    : der.implicit(2, Buffer.from(host, 'latin1'));
}

function extension(type: string, value: Buffer, isCritical = false): Buffer {
  return der.sequence(der.oid(type), ...(isCritical ? [der.boolean(true)] : []), der.octets(value));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
