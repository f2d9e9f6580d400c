import { InvalidArgumentError } from 'commander';

/** A parser for an option that takes one value of a closed list. */
export function choice<const T extends string>(values: readonly T[]): (value: string) => T {
  return (value) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw new InvalidArgumentError(`It has to be one of ${values.join(', ')}.`);
    return found;
  };
}
