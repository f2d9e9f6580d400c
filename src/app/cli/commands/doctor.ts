import type { Command } from 'commander';
import { ProblemError } from '../../../kernel/problem.ts';
import { type CheckResult, problem } from '../../doctor/check.ts';
import { examine } from '../../doctor/examine.ts';
import { CommandEnding } from '../command-ending.ts';
import { printResult, type Terminal } from '../terminal.ts';
import { type InstanceOptions, withInstance } from '../with-instance.ts';

const SIGNS = { good: 'ok      ', warning: 'look at ', problem: 'PROBLEM ' } as const;

export function addDoctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('checks an installation and says what to do; changes nothing, sends nothing')
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<InstanceOptions & { json?: boolean }>();
      const results = await examineOrExplain(terminal, options);
      const lines = results.flatMap(({ check, status, finding, advice }) => [
        `${SIGNS[status]}${check}: ${finding}`,
        ...(advice === undefined ? [] : [`        -> ${advice}`]),
      ]);
      printResult(terminal, options.json, results, lines);
      if (results.some(({ status }) => status === 'problem')) throw new CommandEnding('findings');
    });
}

/** A configuration or database that cannot be opened is a finding too, and the first thing to mend. */
async function examineOrExplain(
  terminal: Terminal,
  options: InstanceOptions,
): Promise<readonly CheckResult[]> {
  try {
    return await withInstance(terminal, options, examine);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [problem(error.code, error.message, 'mend this first; the other checks need it')];
  }
}
