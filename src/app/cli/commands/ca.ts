import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { encodePem } from '../../../pki/pem/pem.ts';
import { choice } from '../choice.ts';
import type { Terminal } from '../terminal.ts';
import { type InstanceOptions, withInstance } from '../with-instance.ts';

const WHAT = ['issuing', 'root', 'chain'] as const;

export function addCaCommands(program: Command, terminal: Terminal): void {
  const ca = program.command('ca').description('the certification authority');
  ca.command('export')
    .description('prints certificates of the authority as PEM')
    .option(
      '--what <which>',
      `one of ${WHAT.join(', ')}; chain is issuing, then root`,
      choice(WHAT),
      'chain' as const,
    )
    .option('--out <file>', 'write into a file')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<
        InstanceOptions & { what: (typeof WHAT)[number]; out?: string }
      >();
      await withInstance(terminal, options, async ({ store }) => {
        const issuers = await store.enrolment.listIssuers();
        const order = options.what === 'chain' ? (['issuing', 'root'] as const) : [options.what];
        const pem = order
          .flatMap((role) => issuers.filter((issuer) => issuer.role === role))
          .map(({ certificateDer }) => encodePem('CERTIFICATE', certificateDer))
          .join('');
        if (options.out === undefined) terminal.print(pem.trimEnd());
        else writeFileSync(options.out, pem);
      });
    });
}
