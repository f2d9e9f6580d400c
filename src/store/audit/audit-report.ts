/** What the verification can find. A new kind gets its text wherever reports are shown. */
export type AuditFinding =
  /** The row does not fit its hash: something in it was changed. Also a row put in place of another. */
  | { readonly kind: 'row-changed'; readonly sequence: number }
  /** Rows are gone from the middle or the beginning; `through` is the last one that is missing. */
  | { readonly kind: 'row-missing'; readonly sequence: number; readonly through: number }
  /** A row that this chain did not make: outside its range, or genuine but of another history of this database. */
  | { readonly kind: 'row-foreign'; readonly sequence: number }
  /** The end is gone: the head row or a signed head knows events through `knownThrough`, the last one is `sequence`. */
  | { readonly kind: 'chain-cut'; readonly sequence: number; readonly knownThrough: number }
  /** The head row names another event than the last one. */
  | { readonly kind: 'head-mismatch'; readonly sequence: number }
  /** The signature under the place of a cut is not genuine. */
  | { readonly kind: 'checkpoint-invalid'; readonly sequence: number }
  /** At this event the signed head has another hash: the history was replaced, for example by an old backup. */
  | { readonly kind: 'history-replaced'; readonly sequence: number; readonly line: number }
  /** A line of the file of heads that is no genuine head. */
  | { readonly kind: 'head-line-invalid'; readonly line: number }
  | { readonly kind: 'heads-file-missing' };

export interface AuditReport {
  /** How many events were read. */
  readonly events: number;
  /** The events before it were cut at a signed checkpoint. */
  readonly firstSequence: number;
  /** 0 where there is no event. */
  readonly lastSequence: number;
  /** How many signed heads were compared; 0 without a file. */
  readonly heads: number;
  /** In the order found, the first {@link MAX_FINDINGS}. Empty: the chain is whole. */
  readonly findings: readonly AuditFinding[];
  /** How many there are, listed or not. */
  readonly findingCount: number;
}

export const MAX_FINDINGS = 1000;

export class Findings {
  readonly list: AuditFinding[] = [];
  count = 0;

  add(finding: AuditFinding): void {
    this.count += 1;
    if (this.list.length < MAX_FINDINGS) this.list.push(finding);
  }
}
