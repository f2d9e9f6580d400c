/** The SQL of the migrations is written once; these words are what the two databases call differently. */
export interface ColumnTypes {
  /** At least 53 bits, signed. */
  readonly integer: string;
  readonly bytes: string;
  /** Text that is compared and sorted octet by octet. */
  readonly key: string;
  /** At the end of `create table`. */
  readonly strict: string;
  /** The same for small rows that are mostly found by their key: SQLite keeps them in the key's own tree. */
  readonly strictByKey: string;
}

export const SQLITE_COLUMN_TYPES: ColumnTypes = {
  integer: 'integer',
  bytes: 'blob',
  key: 'text',
  strict: ' strict',
  strictByKey: ' strict, without rowid',
};

export const POSTGRES_COLUMN_TYPES: ColumnTypes = {
  integer: 'bigint',
  bytes: 'bytea',
  key: 'text collate "C"',
  strict: '',
  strictByKey: '',
};
