import type { Command } from 'commander';
import { CommandEnding } from '../command-ending.ts';
import { printResult, type Terminal } from '../terminal.ts';
import { type InstanceOptions, withInstance } from '../with-instance.ts';

export function addAuditCommands(program: Command, terminal: Terminal): void {
  const audit = program.command('audit').description('the journal');
  audit
    .command('verify')
    .description('checks the whole hash chain and the signed heads outside of the database')
    .option('--heads <file>', 'the file with the signed heads; by default the one in the data directory')
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<InstanceOptions & { json?: boolean; heads?: string }>();
      const findings = await withInstance(terminal, options, async ({ store, dataDirectory }) => {
        const report = await store.audit.verify({ headsFile: options.heads ?? dataDirectory.auditHeadsFile });
        const lines = [
          `${report.events} events, ${report.firstSequence} to ${report.lastSequence}, ${report.heads} signed heads`,
          ...report.findings.map((finding) => JSON.stringify(finding)),
          report.findings.length === 0
            ? 'whole: nothing was changed, removed or cut'
            : `${report.findingCount} findings`,
        ];
        printResult(terminal, options.json, report, lines);
        return report.findingCount;
      });
      if (findings > 0) throw new CommandEnding('findings');
    });
}
