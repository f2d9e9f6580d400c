import { z } from 'zod';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { IndexedRevocationList } from '../../pki/crl/indexed-revocation-list.ts';
import type { RevokedEntry } from '../../pki/crl/revoked-entry.ts';
import { displayText } from '../../pki/x509/display-text.ts';
import { concernedBy, searchList } from '../../workspace/revocation/examine-list.ts';
import { readTypedSerial } from '../../workspace/revocation/typed-serial.ts';
import { createOpenLists } from '../../workspace/status/open-lists.ts';
import type { WorkspacePort } from '../../workspace/stores/ports.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../options.ts';
import {
  entriesQuery,
  entriesView,
  type ListContentsView,
  type ListedEntry,
  listContentsView,
} from './contract.ts';

/** Lists that somebody looks at just now; the background has its own. */
const KEPT_BYTES = 48 * 1024 * 1024;
const MOST_CERTIFICATES = 10_000;
const NAMED_MAX = 50;

const fingerprint = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/u) });

/** What stands in a revocation list. */
export function registerListRoutes(
  app: ConsoleApp,
  workspace: Pick<WorkspacePort, 'findList' | 'readListDer' | 'listCertificates'>,
  { clock }: Pick<ConsoleContext, 'clock'>,
): void {
  const lists = createOpenLists((sha256) => workspace.readListDer(sha256), KEPT_BYTES);

  async function open(accountId: AccountId, asked: string) {
    const sha256 = asked as Sha256Fingerprint;
    const found = await workspace.findList(accountId, sha256);
    if (found === undefined) throw new ProblemError('not-found');
    const opened = await lists.open({ sha256, size: found.size }, []);
    if (opened === undefined) throw new ProblemError('not-found');
    return { list: found.list, opened };
  }

  app.get(
    '/api/status/lists/:sha256',
    { schema: { params: fingerprint, response: { 200: listContentsView } } },
    async (request) => {
      const { accountId } = actorOf(request);
      const { list, opened } = await open(accountId, request.params.sha256);
      const isIndirect = opened.issuingDistributionPoint?.indirectCRL === true;
      const { entries } = await workspace.listCertificates({
        accountId,
        store: undefined,
        search: undefined,
        state: undefined,
        ends: undefined,
        source: undefined,
        issuerKey: isIndirect ? undefined : list.issuerKey,
        organisation: undefined,
        algorithm: undefined,
        group: undefined,
        sort: 'owner',
        direction: 'ascending',
        offset: 0,
        limit: MOST_CERTIFICATES,
        now: clock.now(),
      });
      const concerned = concernedBy(
        opened,
        entries.map(({ certificate }) => certificate),
      );
      return {
        issuer: displayText(opened.issuer.text),
        authorityKeyIdentifier: list.authorityKeyIdentifier ?? null,
        baseNumber: list.baseNumber?.toString() ?? null,
        about: aboutOf(opened),
        isIndirect,
        concerned: {
          count: concerned.length,
          revoked: concerned.filter(({ entry }) => entry !== undefined).length,
          certificates: concerned.slice(0, NAMED_MAX).map(({ sha256, owner, notAfter, entry }) => ({
            sha256,
            owner,
            notAfter: notAfter.toISOString(),
            entry: entry === undefined ? null : presentEntry(entry),
          })),
        },
      };
    },
  );

  app.get(
    '/api/status/lists/:sha256/entries',
    { schema: { params: fingerprint, querystring: entriesQuery, response: { 200: entriesView } } },
    async (request) => {
      const { opened } = await open(actorOf(request).accountId, request.params.sha256);
      const serials = readTypedSerial(request.query.serial);
      const [likely] = serials;
      if (likely === undefined) return { outcome: 'not-a-number' as const, serialNumber: null, entries: [] };
      const entries = searchList(opened, serials).map(presentEntry);
      return {
        outcome: entries.length > 0 ? ('listed' as const) : ('not-listed' as const),
        serialNumber: entries[0]?.serialNumber ?? likely,
        entries,
      };
    },
  );
}

function aboutOf({ issuingDistributionPoint: scope }: IndexedRevocationList): ListContentsView['about'] {
  if (scope?.onlyContainsUserCerts) return 'user-certificates';
  if (scope?.onlyContainsCACerts) return 'ca-certificates';
  return scope?.onlyContainsAttributeCerts ? 'attribute-certificates' : 'all';
}

function presentEntry(entry: RevokedEntry): ListedEntry {
  return {
    serialNumber: entry.serialNumber,
    revokedAt: entry.revokedAt.toISOString(),
    reason: entry.reason ?? null,
    issuer: entry.certificateIssuer === undefined ? null : displayText(entry.certificateIssuer.text),
    isRemoved: entry.isRemoved === true,
  };
}
