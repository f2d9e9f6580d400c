import type { Certificate } from '../../pki/x509/certificate.ts';
import type { FetchState, StatusRow } from '../../workspace/status/ports.ts';
import { CHECK_REASONS, type CheckReason, type Fix } from '../../workspace/status/reasons.ts';
import type { ChainLevel } from '../../workspace/status/status-detail.ts';
import { responderOf } from '../../workspace/status/status-questions.ts';
import type { ChainLevelView, FixView, HealthGroup, StatusView } from './contract.ts';

const NAMED_MAX = 20;

export function presentStatus(
  row: StatusRow,
  fetches: readonly FetchState[],
  known: readonly KnownLevel[],
): StatusView {
  const { detail } = row;
  return {
    sha256: row.sha256,
    state: row.state,
    reason: reasonOf(row) ?? null,
    facts: detail?.facts ?? (row.reason === 'expired' ? { at: row.notAfter.toISOString() } : {}),
    culprit: detail?.culprit ?? null,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    chain: (detail?.chain ?? []).map((level) => presentLevel(level, known)),
    fixes: (detail?.fixes ?? []).map(presentFix),
    lists: (detail?.lists ?? []).map((list) => ({ ...list, nextUpdate: list.nextUpdate ?? null })),
    addresses: fetches.map(presentAddress),
    skippedUrls: [...(detail?.skippedUrls ?? [])],
  };
}

/** A certificate of the chain that the person may know. */
export interface KnownLevel {
  readonly sha256: string;
  readonly isHere: boolean;
  readonly certificate: Certificate;
}

function presentLevel(level: ChainLevel, known: readonly KnownLevel[]): ChainLevelView {
  const found = known.find(({ sha256 }) => sha256 === level.sha256);
  return {
    ...level,
    reason: level.reason ?? null,
    notBefore: found?.certificate.notBefore.toISOString() ?? null,
    isAuthority: found?.certificate.basicConstraints?.ca === true,
    presence: found === undefined ? 'gone' : found.isHere ? 'here' : 'known',
  };
}

export function groupProblems(rows: readonly StatusRow[]): HealthGroup[] {
  const groups = new Map<string, StatusRow[]>();
  for (const row of rows) {
    const reason = reasonOf(row);
    if (reason === undefined) continue;
    const key = keyOf(row, reason);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups]
    .flatMap(([key, members]): HealthGroup[] => {
      const [first] = members;
      const reason = first && reasonOf(first);
      if (!first || !reason) return [];
      return [
        {
          key,
          reason,
          culprit: first.detail?.culprit ?? null,
          facts: first.detail?.facts ?? {},
          fixes: (first.detail?.fixes ?? []).map(presentFix),
          count: members.length,
          certificates: members
            .slice(0, NAMED_MAX)
            .map(({ sha256, owner, notAfter }) => ({ sha256, owner, notAfter: notAfter.toISOString() })),
        },
      ];
    })
    .toSorted(
      (a, b) => CHECK_REASONS.indexOf(a.reason) - CHECK_REASONS.indexOf(b.reason) || b.count - a.count,
    );
}

/** Reasons that are each certificate's own make one group; the others are grouped by whose fault it is. */
const OWN: ReadonlySet<CheckReason> = new Set([
  'expired',
  'expires-soon',
  'revoked',
  'on-hold',
  'not-yet-valid',
]);

function keyOf({ detail }: StatusRow, reason: CheckReason): string {
  if (OWN.has(reason)) return detail?.facts.isAccess ? `${reason}:access` : reason;
  if (reason.startsWith('list-') || reason.startsWith('issuer-') || reason === 'root-not-trusted') {
    return `${reason}:${detail?.facts.issuer ?? detail?.culprit?.sha256 ?? ''}`;
  }
  return `${reason}:${detail?.culprit?.sha256 ?? ''}`;
}

export function reasonOf({ reason }: StatusRow): CheckReason | undefined {
  return CHECK_REASONS.find((known) => known === reason);
}

function presentFix(fix: Fix): FixView {
  return 'urls' in fix ? { ...fix, urls: [...fix.urls] } : fix;
}

function presentAddress(fetch: FetchState): StatusView['addresses'][number] {
  return {
    url: responderOf(fetch.url),
    kind: fetch.kind,
    outcome: fetch.outcome === undefined ? 'waiting' : fetch.outcome === 'failed' ? 'failed' : 'fetched',
    category: fetch.category ?? null,
    lastAt: fetch.lastAt?.toISOString() ?? null,
    nextAt: fetch.nextAt.toISOString(),
    durationMs: fetch.durationMs ?? null,
  };
}
