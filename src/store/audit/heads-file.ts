import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Kysely } from 'kysely';
import { ProblemError } from '../../kernel/problem.ts';
import type { Schema } from '../rows.ts';
import { type InstanceKey, isSameMac, macOfHead } from './event-hash.ts';

/** One line of the file, as JSON. */
export interface SignedHead {
  readonly sequence: number;
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly mac: string;
}

export type HeadLine =
  | { readonly kind: 'head'; readonly line: number; readonly head: SignedHead }
  | { readonly kind: 'invalid'; readonly line: number };

/** Longer than any line of ours. */
const TAIL_LENGTH = 1024;

/** Appends the head unless the file ends with it. @throws {ProblemError} `data-directory` where it cannot be written */
export async function writeHead(
  reader: Kysely<Schema>,
  key: InstanceKey,
  file: string,
  now: Date,
): Promise<'written' | 'unchanged'> {
  const head = await reader
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .where('id', '=', 1)
    .executeTakeFirst();
  if (head === undefined) throw new ProblemError('audit-chain-broken', { detail: 'its head row is missing' });
  const { sequence, hash } = head;
  try {
    await using handle = await open(file, 'a+', 0o600);
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL_LENGTH);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const tail = buffer.toString('utf8');
    const last = parseHead(tail.trimEnd().split('\n').at(-1) ?? '', key);
    if (last?.sequence === sequence && last.hash === hash) return 'unchanged';
    const at = now.getTime();
    const line: SignedHead = { sequence, hash, at, mac: macOfHead(key, sequence, hash, at) };
    // A crash may have left half a line; it must not spoil this one.
    const separator = length > 0 && !tail.endsWith('\n') ? '\n' : '';
    await handle.appendFile(`${separator}${JSON.stringify(line)}\n`);
    await handle.sync();
    return 'written';
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError('data-directory', {
      detail: `the file of the journal's signed heads cannot be written (${reason}); its directory must exist and be writable`,
      cause,
    });
  }
}

/** The lines of the file, one after another; undefined where there is no file. */
export async function* readHeads(file: string, key: InstanceKey): AsyncGenerator<HeadLine> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) {
    line += 1;
    if (text === '') continue;
    const head = parseHead(text, key);
    yield head === undefined ? { kind: 'invalid', line } : { kind: 'head', line, head };
  }
}

function parseHead(text: string, key: InstanceKey): SignedHead | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { sequence, hash, at, mac } = value as Partial<Record<keyof SignedHead, unknown>>;
  if (!Number.isSafeInteger(sequence) || !Number.isSafeInteger(at)) return undefined;
  if (typeof sequence !== 'number' || typeof at !== 'number') return undefined;
  if (typeof hash !== 'string' || typeof mac !== 'string') return undefined;
  return isSameMac(mac, macOfHead(key, sequence, hash, at)) ? { sequence, hash, at, mac } : undefined;
}
