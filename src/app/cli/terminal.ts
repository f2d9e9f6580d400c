import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';

/** What commands get of the world around them; tests hand in another one. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether somebody sits there and can be asked. */
  readonly interactive: boolean;
  /** A line of the result. */
  print(line: string): void;
  /** A line beside the result: progress, warnings, errors. */
  tell(line: string): void;
}

/** The result as JSON for scripts, else as lines for people. */
export function printResult(
  terminal: Terminal,
  asJson: boolean | undefined,
  value: unknown,
  lines: readonly string[],
): void {
  if (asJson) terminal.print(JSON.stringify(value, undefined, 2));
  else for (const line of lines) terminal.print(line);
}

/** Rows as columns of equal width, for a terminal. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? '')].length)));
  return all.map((row) =>
    row
      .map((value, column) => value + ' '.repeat((widths[column] ?? 0) - [...value].length))
      .join('  ')
      .trimEnd(),
  );
}
