import type { AccountId } from '../../kernel/brand.ts';
import type { CertificateStore, KnownCertificate, SourceKind } from '../stores/known-certificate.ts';
import { type PlacementReason, placeOf } from '../stores/place.ts';
import type { WorkspacePort } from '../stores/ports.ts';
import type { ImportItem } from './import-item.ts';

/** `removed`: in the bin; importing it brings it back. */
export type Presence = 'new' | 'here' | 'removed';

export interface NumberedItem {
  readonly id: string;
  readonly item: ImportItem;
  readonly source: SourceKind;
  /** How often a password was tried. */
  readonly tries: number;
}

type Facts = Omit<KnownCertificate, 'der' | 'searchText'>;

export type PreviewRow =
  | {
      readonly kind: 'certificate';
      readonly id: string;
      readonly file: string;
      readonly certificate: Facts;
      readonly hasKey: boolean;
      readonly store: CertificateStore;
      readonly reason: PlacementReason;
      readonly presence: Presence;
      /** The one of the same owner that this one comes after. */
      readonly replaces: Facts | undefined;
      /** There is a later one of the same owner and issuer already. */
      readonly olderThan: Facts | undefined;
    }
  | {
      readonly kind: 'list';
      readonly id: string;
      readonly file: string;
      readonly list: Omit<Extract<ImportItem, { kind: 'list' }>['list'], 'der' | 'searchText'>;
      readonly size: number;
      readonly presence: Presence;
      /** Beside the newest of the same issuer that is here. */
      readonly age: 'only' | 'newer' | 'older';
    }
  | { readonly kind: 'locked'; readonly id: string; readonly file: string; readonly tries: number }
  | (Extract<ImportItem, { kind: 'not-importable' }> & { readonly id: string });

type Reading = Pick<WorkspacePort, 'findPresence' | 'findBySubject' | 'findListsOfIssuers'>;

/** What would happen with each item, and why. Nothing is written. */
export async function previewItems(
  port: Reading,
  accountId: AccountId,
  items: readonly NumberedItem[],
): Promise<readonly PreviewRow[]> {
  const certificates = items.flatMap(({ item }) => (item.kind === 'certificate' ? [item.certificate] : []));
  const lists = items.flatMap(({ item }) => (item.kind === 'list' ? [item.list] : []));
  const [presence, siblings, ofIssuers] = await Promise.all([
    port.findPresence(
      accountId,
      [...certificates, ...lists].map(({ sha256 }) => sha256),
    ),
    port.findBySubject(
      accountId,
      certificates.flatMap(({ isCa, subjectKey }) => (isCa ? [] : [subjectKey])),
    ),
    port.findListsOfIssuers(accountId, [...new Set(lists.map(({ issuerKey }) => issuerKey))]),
  ]);
  const context: Context = {
    presence,
    bySubject: Map.groupBy(siblings, ({ subjectKey }) => subjectKey),
    byIssuer: Map.groupBy(ofIssuers, ({ issuerKey }) => issuerKey),
  };
  return items.map((item) => previewOf(item, context));
}

interface Context {
  readonly presence: Awaited<ReturnType<Reading['findPresence']>>;
  readonly bySubject: ReadonlyMap<string, readonly Facts[]>;
  readonly byIssuer: ReadonlyMap<string, Awaited<ReturnType<Reading['findListsOfIssuers']>>>;
}

function previewOf(numbered: NumberedItem, context: Context): PreviewRow {
  const { id, item, tries } = numbered;
  switch (item.kind) {
    case 'certificate':
      return certificateRow(numbered, item, context);
    case 'list': {
      const { der, searchText: _text, ...list } = item.list;
      const newest = context.byIssuer.get(list.issuerKey)?.find(({ sha256 }) => sha256 !== list.sha256);
      return {
        kind: 'list',
        id,
        file: item.file,
        list,
        size: der.length,
        presence: context.presence.get(list.sha256) ?? 'new',
        age: newest === undefined ? 'only' : newest.thisUpdate < list.thisUpdate ? 'newer' : 'older',
      };
    }
    case 'locked':
      return { kind: 'locked', id, file: item.file, tries };
    case 'not-importable':
      return { ...item, id };
  }
}

function certificateRow(
  { id, source }: NumberedItem,
  { file, hasKey, certificate: known }: Extract<ImportItem, { kind: 'certificate' }>,
  { presence, bySubject }: Context,
): PreviewRow {
  const { der: _der, searchText: _text, ...certificate } = known;
  const here = presence.get(certificate.sha256) ?? 'new';
  // An authority's other certificates stand beside each other; a person's come one after another.
  const others = here === 'here' || certificate.isCa ? [] : (bySubject.get(certificate.subjectKey) ?? []);
  return {
    kind: 'certificate',
    id,
    file,
    certificate,
    hasKey,
    ...placeOf(certificate, { source, hasKey }),
    presence: here,
    replaces: others.find(({ notAfter }) => notAfter < certificate.notAfter),
    olderThan: others.find(
      ({ notAfter, issuerKey }) => notAfter > certificate.notAfter && issuerKey === certificate.issuerKey,
    ),
  };
}
