import type { ColumnTypes } from '../column-types.ts';

/** A step of the schema. Never changed once released, never undone: the next one puts right what it got wrong. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  statements(types: ColumnTypes): readonly string[];
}
