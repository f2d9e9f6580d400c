import { CommanderError } from 'commander';
import { ProblemError } from '../../kernel/problem.ts';
import { CommandEnding } from './command-ending.ts';
import { EXIT_CODES, exitNameOf } from './exit-code.ts';
import { buildProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command and returns its exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await buildProgram(terminal).parseAsync(args, { from: 'user' });
    return EXIT_CODES.done.code;
  } catch (error) {
    if (error instanceof CommandEnding) return EXIT_CODES[error.exitName].code;
    // Commander has said it already; asking for help is no mistake.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? EXIT_CODES.done.code : EXIT_CODES.usage.code;
    if (error instanceof ProblemError) {
      terminal.tell(`propusk: ${error.message} [${error.code}]`);
      return EXIT_CODES[exitNameOf(error.code)].code;
    }
    // Whoever sits at the command line owns the machine: the whole error helps to mend it.
    terminal.tell(
      `propusk: unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return EXIT_CODES.failed.code;
  }
}
