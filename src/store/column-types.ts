/** The SQL of the migrations is written once; these words are what the two databases call differently. */
export interface ColumnTypes {
  /** At least 53 bits, signed. */
  readonly integer: string;
  readonly bytes: string;
  /** Text that is compared and sorted octet by octet. */
  readonly key: string;
  /** At the end of `create table`. */
  readonly strict: string;
}

export const SQLITE_COLUMN_TYPES: ColumnTypes = {
  integer: 'integer',
  bytes: 'blob',
  key: 'text',
  strict: ' strict',
};

export const POSTGRES_COLUMN_TYPES: ColumnTypes = {
  integer: 'bigint',
  bytes: 'bytea',
  key: 'text collate "C"',
  strict: '',
};
