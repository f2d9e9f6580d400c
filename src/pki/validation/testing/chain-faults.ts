/** For tests: what can be wrong with a level of a chain. */
import { OID } from '../../der/oid.ts';
import {
  basicConstraints,
  certificatePolicies,
  extension,
  generalName,
  issuingDistributionPoint,
  keyUsage,
  nameConstraints,
  policyConstraints,
  policyMappings,
  type TestExtension,
} from './extensions.ts';
import { type CertificateSpec, daysFromNow, type ListSpec } from './test-pki.ts';

export const POLICIES = ['1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2', '1.3.6.1.4.1.99999.3'] as const;
const [P1, P2, P3] = POLICIES;
const STRANGE = extension('1.3.6.1.4.1.99999.9', Uint8Array.of(5, 0), true);

/** What is to be made of one level; faults write into it. */
export interface Level {
  basic: TestExtension | undefined;
  usage: TestExtension | undefined;
  policies: TestExtension | undefined;
  readonly more: TestExtension[];
  readonly spec: { -readonly [K in keyof CertificateSpec]: CertificateSpec[K] };
  host: string;
  isForged: boolean;
  /** Undefined: no list. */
  list: { -readonly [K in keyof ListSpec]: ListSpec[K] } | undefined;
  isListForged: boolean;
  revocation: number | undefined;
}

type Fault = readonly [string, (level: Level, isAuthority: boolean) => void];

export const FAULTS: readonly Fault[] = [
  [
    'expired',
    ({ spec }) => {
      spec.notAfter = daysFromNow(-1);
    },
  ],
  [
    'not yet valid',
    ({ spec }) => {
      spec.notBefore = daysFromNow(1);
    },
  ],
  [
    'path length 0',
    (level, isAuthority) => {
      if (isAuthority) level.basic = basicConstraints(true, 0);
    },
  ],
  [
    'path length 1',
    (level, isAuthority) => {
      if (isAuthority) level.basic = basicConstraints(true, 1);
    },
  ],
  [
    'basic constraints missing',
    (level) => {
      level.basic = undefined;
    },
  ],
  [
    'not an authority',
    (level, isAuthority) => {
      if (isAuthority) level.basic = basicConstraints(false);
    },
  ],
  [
    'basic constraints not critical',
    (level, isAuthority) => {
      if (isAuthority) level.basic = basicConstraints(true, undefined, false);
    },
  ],
  [
    'may not certify',
    (level, isAuthority) => {
      if (isAuthority) level.usage = keyUsage('cRLSign');
    },
  ],
  [
    'may not sign lists',
    (level, isAuthority) => {
      if (isAuthority) level.usage = keyUsage('keyCertSign');
    },
  ],
  [
    'unknown critical extension',
    ({ more }) => {
      more.push(STRANGE);
    },
  ],
  [
    'forged',
    (level) => {
      level.isForged = true;
    },
  ],
  [
    'revoked',
    (level) => {
      level.revocation = 1;
    },
  ],
  [
    'on hold',
    (level) => {
      level.revocation = 6;
    },
  ],
  [
    'no list',
    (level) => {
      level.list = undefined;
    },
  ],
  [
    'old list',
    ({ list }) => {
      if (list) Object.assign(list, { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) });
    },
  ],
  [
    'list of tomorrow',
    ({ list }) => {
      if (list) list.thisUpdate = daysFromNow(1);
    },
  ],
  [
    'forged list',
    (level) => {
      level.isListForged = true;
    },
  ],
  [
    'list with an unknown critical extension',
    ({ list }) => {
      if (list) list.extensions = [STRANGE];
    },
  ],
  [
    'list of end entities',
    ({ list }) => {
      if (list) list.extensions = [issuingDistributionPoint({ onlyUser: true })];
    },
  ],
  [
    'list of authorities',
    ({ list }) => {
      if (list) list.extensions = [issuingDistributionPoint({ onlyAuthorities: true })];
    },
  ],
  [
    'another policy',
    (level) => {
      level.policies = certificatePolicies(P2);
    },
  ],
  [
    'two policies',
    (level) => {
      level.policies = certificatePolicies(P1, P2);
    },
  ],
  [
    'any policy',
    (level) => {
      level.policies = certificatePolicies(OID.anyPolicy);
    },
  ],
  [
    'no policy',
    (level) => {
      level.policies = undefined;
    },
  ],
  [
    'mapped to another',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(policyMappings([P1, P2]));
    },
  ],
  [
    'mapped to two',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(policyMappings([P1, P2], [P1, P3]));
    },
  ],
  [
    'mapping from any',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(policyMappings([OID.anyPolicy, P2]));
    },
  ],
  [
    'explicit policy at once',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(policyConstraints(0));
    },
  ],
  [
    'explicit policy after one',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(policyConstraints(1));
    },
  ],
  [
    'mapping inhibited',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(policyConstraints(undefined, 0));
    },
  ],
  [
    'any inhibited',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(extension(OID.inhibitAnyPolicy, Uint8Array.of(2, 1, 0), true));
    },
  ],
  [
    'permitted elsewhere',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(nameConstraints({ permitted: [generalName.dns('b.org')] }));
    },
  ],
  [
    'permitted here',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(nameConstraints({ permitted: [generalName.dns('a.org')] }));
    },
  ],
  [
    'excluded',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(nameConstraints({ excluded: [generalName.dns('a.org')] }));
    },
  ],
  [
    'permitted names',
    ({ more }, isAuthority) => {
      if (isAuthority) more.push(nameConstraints({ permitted: [generalName.directory('O=Romashka')] }));
    },
  ],
  [
    'another host',
    (level) => {
      level.host = 'x.b.org';
    },
  ],
  [
    'without identifiers',
    ({ spec }) => {
      spec.isBare = true;
    },
  ],
];
