/**
 * What people have uploaded and not yet saved: in memory for 15 minutes, bounded for each account and for all. Files are
 * read once; of a PFX only its own octets stay until a password opens it. Private keys are never taken out.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Actor } from '../../kernel/audit-event.ts';
import type { AccountId } from '../../kernel/brand.ts';
import type { Clock } from '../../kernel/clock.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { Random } from '../../kernel/random.ts';
import type { CertificateStore, SourceKind } from '../stores/known-certificate.ts';
import { placeOf } from '../stores/place.ts';
import type { WorkspaceChangePort, WorkspacePort } from '../stores/ports.ts';
import type { ImportItem, UploadedFile } from './import-item.ts';
import { type NumberedItem, type PreviewRow, previewItems } from './preview.ts';
import type { UploadReader } from './upload-reader.ts';

const KEPT_MS = 15 * 60_000;
const LIMITS = {
  importsOfAccount: 3,
  files: 200,
  items: 10_000,
  bytesOfImport: 128 * 1024 * 1024,
  bytes: 512 * 1024 * 1024,
} as const;
/** Each try costs a key derivation. */
const PASSWORD_TRIES = 100;
/** All people's files wait in one line: nobody has more in it. */
const READINGS_AT_ONCE = 2;

interface PendingImport {
  readonly id: string;
  readonly accountId: AccountId;
  readonly expiresAt: Date;
  readonly items: Map<string, NumberedItem>;
  readonly seen: Map<string, string>;
  files: number;
  bytes: number;
  nextItem: number;
  /** Made by a preview, gone with the next change; redeemed once. */
  token: string | undefined;
}

export interface ImportPreview {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: Date;
  readonly rows: readonly PreviewRow[];
}

export interface ImportsOptions {
  readonly port: WorkspacePort & Pick<WorkspaceChangePort, 'addToWorkspace' | 'installAnchor'>;
  readonly reader: UploadReader;
  readonly clock: Clock;
  readonly random: Random;
}

/** All of it throws {@link ProblemError}: `import-gone`, `import-full`, `import-changed`. */
export function createImports({ port, reader, clock, random }: ImportsOptions) {
  const pending = new Map<string, PendingImport>();

  const purge = () => {
    const now = clock.now();
    for (const [id, { expiresAt }] of pending) if (expiresAt <= now) pending.delete(id);
  };
  const find = (accountId: AccountId, id: string): PendingImport => {
    purge();
    const found = pending.get(id);
    if (found === undefined || found.accountId !== accountId) throw new ProblemError('import-gone');
    return found;
  };
  const readings = new Map<AccountId, number>();
  const read = async (accountId: AccountId, file: UploadedFile): Promise<readonly ImportItem[]> => {
    const own = readings.get(accountId) ?? 0;
    if (own >= READINGS_AT_ONCE) {
      throw new ProblemError('throttled', {
        detail: 'other files of yours are being read',
        retryAfterSeconds: 3,
      });
    }
    readings.set(accountId, own + 1);
    try {
      return await reader.read(file);
    } finally {
      const left = (readings.get(accountId) ?? 1) - 1;
      if (left > 0) readings.set(accountId, left);
      else readings.delete(accountId);
    }
  };
  const newToken = () => Buffer.from(random.bytes(16)).toString('hex');

  const add = (target: PendingImport, item: ImportItem, source: SourceKind, tries = 0) => {
    const key = keyOf(item);
    const known = key === undefined ? undefined : target.seen.get(key);
    const before = known === undefined ? undefined : target.items.get(known);
    if (before !== undefined) {
      // Once with its key and once without: with.
      if (item.kind === 'certificate' && item.hasKey) target.items.set(before.id, { ...before, item });
      return;
    }
    const bytes = bytesOf(item);
    if (target.items.size >= LIMITS.items || target.bytes + bytes > LIMITS.bytesOfImport) {
      throw new ProblemError('import-full', { detail: 'save what is here first, then add the rest' });
    }
    target.nextItem += 1;
    const id = `i${target.nextItem}`;
    target.bytes += bytes;
    target.items.set(id, { id, item, source, tries });
    if (key !== undefined) target.seen.set(key, id);
  };

  return {
    begin(accountId: AccountId): string {
      purge();
      const own = [...pending.values()].filter((each) => each.accountId === accountId);
      for (const { id } of own.slice(0, Math.max(0, own.length - LIMITS.importsOfAccount + 1)))
        pending.delete(id);
      const total = [...pending.values()].reduce((sum, { bytes }) => sum + bytes, 0);
      if (total > LIMITS.bytes) throw new ProblemError('throttled', { retryAfterSeconds: 60 });
      const id = newToken();
      pending.set(id, {
        id,
        accountId,
        expiresAt: new Date(clock.now().getTime() + KEPT_MS),
        items: new Map(),
        seen: new Map(),
        files: 0,
        bytes: 0,
        nextItem: 0,
        token: undefined,
      });
      return id;
    },

    /** Called before an upload is taken in. */
    check(accountId: AccountId, id: string): void {
      if (find(accountId, id).files >= LIMITS.files) {
        throw new ProblemError('import-full', { detail: `at most ${LIMITS.files} files at once` });
      }
    },

    async addFile(
      accountId: AccountId,
      id: string,
      file: { readonly name: string; readonly bytes: Uint8Array; readonly source: 'file' | 'paste' },
    ): Promise<void> {
      this.check(accountId, id);
      find(accountId, id).files += 1;
      const items = await read(accountId, { name: file.name, bytes: file.bytes, password: undefined });
      const target = find(accountId, id);
      target.token = undefined;
      for (const item of items) add(target, item, file.source);
    },

    async unlock(
      accountId: AccountId,
      id: string,
      itemId: string,
      password: string,
    ): Promise<'opened' | 'wrong'> {
      const before = find(accountId, id).items.get(itemId);
      if (before === undefined || before.item.kind !== 'locked') throw new ProblemError('import-changed');
      if (before.tries >= PASSWORD_TRIES) throw new ProblemError('throttled', { retryAfterSeconds: 900 });
      const { file, pfx } = before.item;
      const items = await read(accountId, { name: file, bytes: Uint8Array.from(pfx), password });
      const target = find(accountId, id);
      target.token = undefined;
      if (items.some(({ kind }) => kind === 'locked')) {
        target.items.set(itemId, { ...before, tries: before.tries + 1 });
        return 'wrong';
      }
      target.items.delete(itemId);
      target.bytes -= bytesOf(before.item);
      for (const item of items) add(target, item, before.source);
      return 'opened';
    },

    async preview(accountId: AccountId, id: string): Promise<ImportPreview> {
      const target = find(accountId, id);
      const rows = await previewItems(port, accountId, [...target.items.values()]);
      target.token ??= newToken();
      return { id, token: target.token, expiresAt: target.expiresAt, rows };
    },

    /** Saves the chosen ones where the person wants them. The token is that of the preview that they saw. */
    async commit(
      accountId: AccountId,
      id: string,
      input: {
        readonly token: string;
        readonly chosen: readonly { readonly id: string; readonly store: CertificateStore | undefined }[];
        /** Of these, the authorities to trust from now on. */
        readonly trusted: readonly string[];
        readonly actor: Actor;
      },
    ): Promise<{ readonly added: number; readonly alreadyThere: number; readonly trusted: number }> {
      const target = find(accountId, id);
      if (!isSameToken(target.token, input.token)) throw new ProblemError('import-changed');
      target.token = undefined;
      const stores = new Map(input.chosen.map((each) => [each.id, each.store]));
      const chosen = [...target.items.values()].filter((each) => stores.has(each.id));
      const change = { accountId, actor: input.actor, now: clock.now() };
      const result = await port.addToWorkspace({
        ...change,
        certificates: chosen.flatMap(({ id: itemId, item, source }) => {
          if (item.kind !== 'certificate') return [];
          const { certificate, hasKey, file } = item;
          const store = stores.get(itemId) ?? placeOf(certificate, { source, hasKey }).store;
          return [{ certificate, store, hasKeyElsewhere: hasKey, source, detail: file }];
        }),
        lists: chosen.flatMap(({ item, source }) =>
          item.kind === 'list' ? [{ list: item.list, source, detail: item.file }] : [],
        ),
      });
      let trusted = 0;
      for (const { id: itemId, item } of chosen) {
        if (item.kind !== 'certificate' || !input.trusted.includes(itemId)) continue;
        const { sha256 } = item.certificate;
        if ((await port.installAnchor({ ...change, sha256, scope: 'own' })) === 'installed') trusted += 1;
      }
      pending.delete(id);
      return { ...result, trusted };
    },

    discard(accountId: AccountId, id: string): void {
      if (pending.get(id)?.accountId === accountId) pending.delete(id);
    },
  };
}

export type Imports = ReturnType<typeof createImports>;

function keyOf(item: ImportItem): string | undefined {
  if (item.kind === 'certificate') return item.certificate.sha256;
  return item.kind === 'list' ? item.list.sha256 : undefined;
}

function bytesOf(item: ImportItem): number {
  if (item.kind === 'certificate')
    return item.certificate.der.length + 2 * item.certificate.searchText.length;
  if (item.kind === 'list') return item.list.der.length;
  return item.kind === 'locked' ? item.pfx.length : 200;
}

function isSameToken(expected: string | undefined, given: string): boolean {
  if (expected === undefined || expected.length !== given.length) return false;
  return timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}
