import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addAccountCommands } from './commands/account.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addCaCommands } from './commands/ca.ts';
import { addCertificateCommands } from './commands/certificate.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addInitCommand } from './commands/init.ts';
import { addServeCommand } from './commands/serve.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** The whole command line; nothing runs before `parseAsync`. */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command('propusk')
    .description('A personal certificate in front of web applications.')
    .version(readVersion(), '-V, --version', 'print the version')
    .option(
      '-c, --config <file>',
      'the configuration; else PROPUSK_CONFIG, else propusk.json in the current folder',
    )
    .showHelpAfterError('(--help shows what there is)')
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.tell(text.trimEnd()),
    })
    .exitOverride()
    .addHelpText(
      'after',
      `\nExit codes:\n${Object.values(EXIT_CODES)
        .map(({ code, meaning }) => `  ${code}  ${meaning}`)
        .join('\n')}`,
    );
  addInitCommand(program, terminal);
  addServeCommand(program, terminal);
  addDemoCommand(program, terminal);
  addAccountCommands(program, terminal);
  addCertificateCommands(program, terminal);
  addCaCommands(program, terminal);
  addAuditCommands(program, terminal);
  addDoctorCommand(program, terminal);
  return program;
}

function readVersion(): string {
  // The same relative place from src/ and from dist/.
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
