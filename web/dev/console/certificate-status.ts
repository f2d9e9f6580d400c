import type {
  EntriesView,
  ListContentsView,
  ListedEntry,
  StatusView,
} from '../../../src/console/status/contract.ts';
import type { CertificateItem } from '../../../src/console/workspace/contract.ts';
import { at } from './people.ts';
import { type ConsoleAnswer, json } from './scenario.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CDP = 'http://cdp.north-bridge.example/ca/2026/north-bridge.crl';
const AIA = 'http://cdp.north-bridge.example/ca/2026/north-bridge.cer';
const INTERMEDIATE = 'b2'.repeat(32);

type Address = StatusView['addresses'][number];
const fetched: Address = {
  url: CDP,
  kind: 'list',
  outcome: 'fetched',
  category: null,
  lastAt: at(-HOUR),
  nextAt: at(20 * HOUR),
  durationMs: 812,
};
const failed: Address = {
  ...fetched,
  url: AIA,
  kind: 'issuer',
  outcome: 'failed',
  category: 'unreachable',
  nextAt: at(HOUR),
};

const nothing: StatusView = {
  sha256: '',
  state: 'checking',
  reason: null,
  facts: {},
  culprit: null,
  checkedAt: null,
  chain: [],
  fixes: [],
  lists: [],
  addresses: [],
  skippedUrls: [],
};

function level(
  { sha256, owner, notAfter }: Pick<CertificateItem, 'sha256' | 'owner' | 'notAfter'>,
  rest: Partial<StatusView['chain'][number]> = {},
): StatusView['chain'][number] {
  return {
    sha256,
    name: owner,
    notBefore: at(-300 * DAY),
    notAfter,
    isTrusted: false,
    isAuthority: sha256 === INTERMEDIATE,
    presence: sha256 === INTERMEDIATE ? 'known' : 'here',
    state: 'valid',
    reason: null,
    ...rest,
  };
}

const intermediate = { sha256: INTERMEDIATE, owner: 'УЦ ООО «Северный мост»', notAfter: at(2000 * DAY) };

interface Shown {
  readonly own: CertificateItem;
  readonly cloud: CertificateItem;
  readonly access: CertificateItem;
  readonly revoked: CertificateItem;
  readonly root: CertificateItem;
}

/** What the panel of each certificate says about its state. */
export function statusAnswers(shown: Shown): Readonly<Record<string, ConsoleAnswer>> {
  const { own, cloud, access, revoked, root } = shown;
  const trusted = level(root, { isTrusted: true });
  const statuses: readonly StatusView[] = [
    {
      ...nothing,
      sha256: own.sha256,
      state: 'valid-expires-soon',
      reason: 'expires-soon',
      facts: { at: own.notAfter },
      checkedAt: at(-HOUR),
      chain: [trusted, level(intermediate), level(own)],
      addresses: [fetched, { ...fetched, url: AIA, kind: 'issuer', durationMs: 95 }],
      skippedUrls: ['ldap://ca.north-bridge.example/CN=north-bridge?certificateRevocationList'],
    },
    {
      ...nothing,
      sha256: cloud.sha256,
      state: 'unknown',
      reason: 'issuer-unreachable',
      facts: { issuer: 'CN=УЦ ООО «Северный мост»', url: AIA, category: 'unreachable' },
      culprit: { sha256: cloud.sha256, name: cloud.owner },
      checkedAt: at(-HOUR),
      chain: [level(cloud, { state: 'unknown', reason: 'issuer-unreachable' })],
      fixes: [{ kind: 'fetch-issuer', urls: [AIA] }, { kind: 'import-issuer' }],
      addresses: [failed, fetched],
    },
    {
      ...nothing,
      sha256: access.sha256,
      state: 'valid-expires-soon',
      reason: 'expires-soon',
      facts: { at: access.notAfter, isAccess: true },
      checkedAt: at(0),
      chain: [
        level({ ...root, sha256: INTERMEDIATE, owner: 'Propusk Root CA' }, { isTrusted: true }),
        level(access),
      ],
      fixes: [{ kind: 'replace-access' }],
    },
    {
      ...nothing,
      sha256: revoked.sha256,
      state: 'invalid',
      reason: 'issuer-revoked',
      facts: { at: at(-2 * DAY), revocationReason: 'cACompromise' },
      culprit: { sha256: INTERMEDIATE, name: intermediate.owner },
      checkedAt: at(-HOUR),
      chain: [trusted, level(intermediate, { state: 'invalid', reason: 'issuer-revoked' }), level(revoked)],
      fixes: [{ kind: 'ask-issuer' }],
      addresses: [fetched],
    },
    {
      ...nothing,
      sha256: root.sha256,
      state: 'unknown',
      reason: 'root-not-trusted',
      facts: { issuer: `CN=${root.owner}` },
      culprit: { sha256: root.sha256, name: root.owner },
      checkedAt: at(-HOUR),
      chain: [level(root, { state: 'unknown', reason: 'root-not-trusted', isAuthority: true })],
      fixes: [{ kind: 'install-anchor', sha256: root.sha256 }],
    },
  ];
  return Object.fromEntries(
    statuses.map((status) => [`GET /api/status/certificates/${status.sha256}`, json(status)]),
  );
}

/** What stands in a revocation list. */
export function listAnswers(
  sha256: string,
  own: CertificateItem,
  revoked: CertificateItem,
): Readonly<Record<string, ConsoleAnswer>> {
  const entry: ListedEntry = {
    serialNumber: revoked.serialNumber,
    revokedAt: at(-2 * DAY),
    reason: 'keyCompromise',
    issuer: null,
    isRemoved: false,
  };
  const contents: ListContentsView = {
    issuer: 'CN=УЦ ООО «Северный мост»,O=ООО «Северный мост»,L=Санкт-Петербург,C=RU',
    authorityKeyIdentifier: 'ab'.repeat(20),
    baseNumber: null,
    about: 'all',
    isIndirect: false,
    concerned: {
      count: 53,
      revoked: 1,
      certificates: [
        { sha256: revoked.sha256, owner: revoked.owner, notAfter: revoked.notAfter, entry },
        { sha256: own.sha256, owner: own.owner, notAfter: own.notAfter, entry: null },
      ],
    },
  };
  const found: EntriesView = { outcome: 'listed', serialNumber: entry.serialNumber, entries: [entry] };
  return {
    [`GET /api/status/lists/${sha256}`]: json(contents),
    [`GET /api/status/lists/${sha256}/entries`]: json(found),
  };
}
