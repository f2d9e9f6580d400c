import type { Transaction } from 'kysely';
import type { Database } from '../database.ts';
import type { AuditCheckpointRow, AuditEventRow, Schema } from '../rows.ts';
import { type AuditReport, Findings } from './audit-report.ts';
import { GENESIS_HASH, hashEvent, type InstanceKey, isSameMac, macOfCheckpoint } from './event-hash.ts';
import { type HeadLine, readHeads } from './heads-file.ts';

const PAGE_SIZE = 1000;

type Head = Extract<HeadLine, { kind: 'head' }>;

/**
 * Reads the chain from its beginning, or from the last checkpoint, to its end, a page at a time.
 *
 * Who cuts the end off **and** removes the file of signed heads, or has the instance's key, cannot be found.
 */
export async function verifyAudit(
  database: Database,
  key: InstanceKey,
  headsFile: string | undefined,
): Promise<AuditReport> {
  const findings = new Findings();
  // Before the database: a head that is written meanwhile would be younger than the state that is read.
  const heads = headsFile === undefined ? [] : await collectHeads(headsFile, key, findings);
  return database.snapshot(async (sql) => {
    const checkpoint = await findCheckpoint(sql, key, findings);
    const chain = new ChainReader(key, findings, heads, checkpoint);
    for await (const row of readEvents(sql)) chain.read(row);
    const headRow = await sql
      .selectFrom('audit_head')
      .select(['sequence', 'hash'])
      .where('id', '=', 1)
      .executeTakeFirst();
    chain.finish(headRow);
    return {
      events: chain.events,
      firstSequence: checkpoint.cut_through + 1,
      lastSequence: chain.last.sequence,
      heads: heads.length,
      findings: findings.list,
      findingCount: findings.count,
    };
  });
}

async function collectHeads(file: string, key: InstanceKey, findings: Findings): Promise<readonly Head[]> {
  const heads: Head[] = [];
  try {
    for await (const line of readHeads(file, key)) {
      if (line.kind === 'head') heads.push(line);
      else findings.add({ kind: 'head-line-invalid', line: line.line });
    }
  } catch {
    findings.add({ kind: 'heads-file-missing' });
  }
  return heads.sort((one, other) => one.head.sequence - other.head.sequence);
}

type Checkpoint = Pick<AuditCheckpointRow, 'cut_through' | 'hash'>;

async function findCheckpoint(
  sql: Transaction<Schema>,
  key: InstanceKey,
  findings: Findings,
): Promise<Checkpoint> {
  const rows = await sql.selectFrom('audit_checkpoints').selectAll().orderBy('cut_through', 'desc').execute();
  let newest: Checkpoint | undefined;
  for (const row of rows) {
    const genuine = isSameMac(row.mac, macOfCheckpoint(key, row.cut_through, row.hash, row.at));
    if (genuine) newest ??= row;
    else findings.add({ kind: 'checkpoint-invalid', sequence: row.cut_through });
  }
  return newest ?? { cut_through: 0, hash: GENESIS_HASH };
}

async function* readEvents(sql: Transaction<Schema>): AsyncGenerator<AuditEventRow> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const page = await sql
      .selectFrom('audit_events')
      .selectAll()
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(PAGE_SIZE)
      .execute();
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_SIZE) return;
    after = last.sequence;
  }
}

class ChainReader {
  events = 0;
  /** The last row that belongs to the chain. */
  last: { readonly sequence: number; readonly hash: string };
  readonly #key: InstanceKey;
  readonly #findings: Findings;
  readonly #heads: readonly Head[];
  readonly #cutThrough: number;
  #nextHead = 0;
  /** Undefined after a row that was changed or is missing: what follows is checked by itself and then goes on. */
  #expectedPrevious: string | undefined;
  /** Rows after the last genuine one. They are foreign unless the head row knows them. */
  #doubtful: AuditEventRow[] = [];

  constructor(key: InstanceKey, findings: Findings, heads: readonly Head[], checkpoint: Checkpoint) {
    this.#key = key;
    this.#findings = findings;
    this.#heads = heads;
    this.#cutThrough = checkpoint.cut_through;
    this.#expectedPrevious = checkpoint.hash;
    this.last = { sequence: checkpoint.cut_through, hash: checkpoint.hash };
    this.#compareHeads(this.last);
  }

  read(row: AuditEventRow): void {
    this.events += 1;
    if (row.sequence <= this.#cutThrough) {
      this.#findings.add({ kind: 'row-foreign', sequence: row.sequence });
      return;
    }
    if (!this.#isGenuine(row)) {
      this.#doubtful.push(row);
      return;
    }
    for (const doubtful of this.#doubtful) this.#take(doubtful, 'row-changed');
    this.#doubtful = [];
    const follows = this.#expectedPrevious === undefined || row.previous_hash === this.#expectedPrevious;
    this.#take(row, row.sequence === this.last.sequence + 1 && !follows ? 'row-foreign' : 'genuine');
  }

  finish(headRow: { readonly sequence: number; readonly hash: string } | undefined): void {
    for (const doubtful of this.#doubtful) {
      if (headRow !== undefined && doubtful.sequence <= headRow.sequence) this.#take(doubtful, 'row-changed');
      else this.#findings.add({ kind: 'row-foreign', sequence: doubtful.sequence });
    }
    const { sequence, hash } = this.last;
    const knownThrough = Math.max(headRow?.sequence ?? 0, this.#heads.at(-1)?.head.sequence ?? 0);
    if (knownThrough > sequence) this.#findings.add({ kind: 'chain-cut', sequence, knownThrough });
    const headIsBehind = headRow === undefined || headRow.sequence < sequence;
    if (headIsBehind || (headRow.sequence === sequence && headRow.hash !== hash)) {
      this.#findings.add({ kind: 'head-mismatch', sequence: headRow?.sequence ?? 0 });
    }
  }

  #take(row: AuditEventRow, verdict: 'genuine' | 'row-changed' | 'row-foreign'): void {
    const { sequence } = row;
    if (sequence > this.last.sequence + 1) {
      this.#findings.add({ kind: 'row-missing', sequence: this.last.sequence + 1, through: sequence - 1 });
    }
    if (verdict !== 'genuine') this.#findings.add({ kind: verdict, sequence });
    this.last = { sequence, hash: row.hash };
    this.#expectedPrevious = verdict === 'genuine' ? row.hash : undefined;
    if (verdict !== 'row-changed') this.#compareHeads(this.last);
  }

  #isGenuine(row: AuditEventRow): boolean {
    return isSameMac(row.hash, hashEvent(this.#key, row)) && fitsItsEvent(row);
  }

  /** Heads of events that were cut, are missing or were changed cannot be compared and are passed over. */
  #compareHeads({ sequence, hash }: { readonly sequence: number; readonly hash: string }): void {
    for (;;) {
      const next = this.#heads[this.#nextHead];
      if (next === undefined || next.head.sequence > sequence) return;
      this.#nextHead += 1;
      if (next.head.sequence === sequence && next.head.hash !== hash) {
        this.#findings.add({ kind: 'history-replaced', sequence, line: next.line });
      }
    }
  }
}

/** The columns for look-ups are outside the hash; they have to say what the event says. */
function fitsItsEvent({ event, type, account_id }: AuditEventRow): boolean {
  const parsed = JSON.parse(event) as { readonly type?: unknown; readonly accountId?: unknown };
  return parsed.type === type && (parsed.accountId ?? null) === account_id;
}
