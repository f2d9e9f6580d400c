import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor, AuditEvent } from '../../kernel/audit-event.ts';
import type { AuditEventRow } from '../rows.ts';

/** The key of the instance under which the journal is chained. Whoever has only the database cannot make a row. */
export type InstanceKey = Uint8Array;

/** What the first event has in place of a predecessor's hash. */
export const GENESIS_HASH = '0'.repeat(64);

/** The columns that the hash covers, as they are stored. */
export type HashedEvent = Pick<AuditEventRow, 'sequence' | 'at' | 'actor' | 'event' | 'previous_hash'>;

/** HMAC-SHA-256 in hexadecimal; covers the predecessor's hash and so everything before. */
export function hashEvent(key: InstanceKey, row: HashedEvent): string {
  return macOf(key, 'event', [String(row.sequence), String(row.at), row.actor, row.event, row.previous_hash]);
}

/** The signature of the state of the chain, for the file outside the database. */
export function macOfHead(key: InstanceKey, sequence: number, hash: string, at: number): string {
  return macOf(key, 'head', [String(sequence), hash, String(at)]);
}

/** The signature of the place through which old events were deleted. */
export function macOfCheckpoint(key: InstanceKey, cutThrough: number, hash: string, at: number): string {
  return macOf(key, 'checkpoint', [String(cutThrough), hash, String(at)]);
}

export function isSameMac(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8')];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Every field goes in with its length, so that no two lists of fields give the same octets. */
function macOf(
  key: InstanceKey,
  purpose: 'event' | 'head' | 'checkpoint',
  fields: readonly string[],
): string {
  const mac = createHmac('sha256', key);
  for (const field of [`propusk-audit-1-${purpose}`, ...fields]) {
    const octets = Buffer.from(field, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(octets.length);
    mac.update(length).update(octets);
  }
  return mac.digest('hex');
}

/** JSON with sorted keys and without what is undefined: equal values give equal texts. */
export function canonicalJson(value: Actor | AuditEvent | object): string {
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}
