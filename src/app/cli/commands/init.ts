import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Flags, flagOf, gatherAnswers } from '../../init/gather-answers.ts';
import { initialise } from '../../init/initialise.ts';
import { QUESTIONS } from '../../init/questions.ts';
import { printResult, type Terminal } from '../terminal.ts';
import { configurationPath, type InstanceOptions } from '../with-instance.ts';

interface InitOptions extends InstanceOptions {
  readonly json?: boolean;
  readonly keepRootKey?: boolean;
  readonly out?: string;
}

export function addInitCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('init')
    .description(
      'sets an installation up: configuration, keys, database, first administrator; asks for what is not given',
    );
  for (const question of QUESTIONS) {
    const repeated = question.property === 'applicationHost';
    command.option(`${flagOf(question)} <value${repeated ? '...' : ''}>`, question.message);
  }
  command
    .option(
      '--database-url-file <value>',
      'File with the address of a PostgreSQL database; SQLite without it',
    )
    .option(
      '--out <folder>',
      'where the root’s key and the administrator’s certificate are written; else beside the configuration',
    )
    .option('--keep-root-key', 'leave the root’s key in the database (not for production)')
    .option('--json', 'print JSON')
    .action(async (_, self: Command) => {
      const { config, json, keepRootKey, out, ...flags } = self.optsWithGlobals<InitOptions & Flags>();
      const path = resolve(configurationPath(terminal, config === undefined ? {} : { config }));
      const answers = await gatherAnswers(flags, terminal);
      const result = await initialise(
        answers,
        {
          configurationPath: path,
          outputFolder: resolve(out ?? dirname(path)),
          keepRootKey: keepRootKey === true,
        },
        terminal,
      );
      printResult(terminal, json, result, [
        `configuration:  ${result.configurationFile}`,
        `data secret:    ${result.secretFile}   keep a copy apart from the backups of the database`,
        ...(result.rootKeyFile === undefined
          ? []
          : [
              `root key:       ${result.rootKeyFile}   take it away from this machine`,
              `  its password: ${result.rootKeyPassword}   is shown only now`,
            ]),
        `administrator:  ${result.administrator.login}`,
        `  password:     ${result.administrator.password}   is shown only now`,
        `  certificate:  ${result.administrator.certificateFile}   delete it after installing`,
        `  its password: ${result.administrator.certificatePassword}   is shown only now`,
        '',
        `Next: propusk --config ${result.configurationFile} serve`,
        'Check: propusk doctor',
      ]);
    });
}
