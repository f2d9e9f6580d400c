/** For tests: chains with random faults, described in words, from a seed. */

import type { Certificate } from '../../x509/certificate.ts';
import { FAULTS, type Level, POLICIES } from './chain-faults.ts';
import {
  basicConstraints,
  certificatePolicies,
  generalName,
  keyUsage,
  subjectAltName,
} from './extensions.ts';
import { makeAuthority, makeCertificate, makeKey, makeListDer, type TestEntity } from './test-pki.ts';

/** xorshift32: a failure can be repeated. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export interface RandomChain {
  readonly faults: readonly string[];
  readonly root: Certificate;
  /** From the one that the root issued to the end entity. */
  readonly path: readonly Certificate[];
  readonly listsDer: readonly Uint8Array[];
  readonly explicitPolicy: boolean;
  readonly initialPolicy: string | undefined;
}

export function makeRandomChain(seed: number): RandomChain {
  const next = seeded(seed * 2654435761 + 1);
  for (let round = 0; round < 5; round += 1) next(2);
  const length = 2 + next(3);
  const levels = Array.from({ length }, (_, index): Level => {
    const isAuthority = index < length - 1;
    return {
      basic: isAuthority ? basicConstraints(true) : undefined,
      usage: isAuthority ? keyUsage('keyCertSign', 'cRLSign') : keyUsage('digitalSignature'),
      policies: certificatePolicies(POLICIES[0]),
      more: [],
      spec: {},
      host: 'x.a.org',
      isForged: false,
      list: {},
      isListForged: false,
      revocation: undefined,
    };
  });
  const faults: string[] = [];
  for (let count = next(4); count > 0; count -= 1) {
    const position = next(levels.length);
    const level = levels[position];
    const fault = FAULTS[next(FAULTS.length)];
    if (!level || !fault || faults.some((name) => name.startsWith(`${position} ${fault[0].slice(0, 4)}`)))
      continue;
    const before = level.more.length;
    fault[1](level, position < levels.length - 1);
    // Two of one kind would be a certificate with an extension twice.
    const oids = level.more.map(({ oid }) => oid);
    if (new Set(oids).size !== oids.length) level.more.length = before;
    else faults.push(`${position} ${fault[0]}`);
  }

  const root = makeAuthority('O=Romashka,CN=Root', {});
  const issuers: TestEntity[] = [root];
  const made: TestEntity[] = [];
  for (const [index, level] of levels.entries()) {
    const issuer = issuers.at(-1) ?? root;
    const isLast = index === levels.length - 1;
    const entity = makeCertificate(`O=Romashka,CN=${isLast ? 'End entity' : `Authority ${index}`}`, {
      ...level.spec,
      issuer: level.isForged
        ? { name: issuer.name, key: { ...makeKey(), identifier: issuer.key.identifier } }
        : issuer,
      extensions: [
        level.basic,
        level.usage,
        level.policies,
        ...level.more,
        ...(isLast ? [subjectAltName(generalName.dns(level.host))] : []),
      ].filter((wanted) => wanted !== undefined),
    });
    made.push(entity);
    issuers.push(entity);
  }
  // The list of each level is the one of its issuer.
  const listsDer = levels.flatMap(({ list, isListForged, revocation }, index) => {
    const issuer = issuers[index];
    const certificate = made[index]?.certificate;
    if (!list || !issuer || !certificate) return [];
    const signer = isListForged
      ? { name: issuer.name, key: { ...makeKey(), identifier: issuer.key.identifier } }
      : issuer;
    const entries = revocation === undefined ? [] : [{ certificate, reason: revocation }];
    return [makeListDer(signer, { ...list, entries })];
  });
  const isPolicyAsked = next(3);
  return {
    faults,
    root: root.certificate,
    path: made.map(({ certificate }) => certificate),
    listsDer,
    explicitPolicy: isPolicyAsked > 0,
    initialPolicy: isPolicyAsked === 2 ? POLICIES[next(2)] : undefined,
  };
}
