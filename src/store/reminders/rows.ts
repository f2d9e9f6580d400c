import type { AccountId } from '../../kernel/brand.ts';
import type { ExpiringKind } from '../../reminders/ports.ts';

/** That a threshold of something that ends was reached, and what was done. */
export interface ReminderRow {
  kind: ExpiringKind;
  subject_id: string;
  threshold_days: number;
  outcome: 'sent' | 'passed-over';
  at: number;
  not_after: number;
}

/** What the pages show of something that ends, until it ends or is replaced. */
export interface NoticeRow {
  account_id: AccountId;
  kind: ExpiringKind;
  subject_id: string;
  not_after: number;
  created_at: number;
  read_at: number | null;
}
