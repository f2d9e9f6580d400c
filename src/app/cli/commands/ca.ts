import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { activeChain } from '../../../enrolment/active-chain.ts';
import type { KeptIssuer } from '../../../enrolment/ports.ts';
import { encodePem } from '../../../pki/pem/pem.ts';
import { parseCertificate } from '../../../pki/x509/certificate.ts';
import { choice } from '../choice.ts';
import { formatTable, printResult, type Terminal } from '../terminal.ts';
import { type InstanceOptions, withInstance } from '../with-instance.ts';
import { addCaRotationCommands } from './ca-rotation.ts';

const WHAT = ['issuing', 'root', 'chain'] as const;

export function addCaCommands(program: Command, terminal: Terminal): void {
  const ca = program.command('ca').description('the certification authority');
  addCaRotationCommands(ca, terminal);
  ca.command('list')
    .description('lists the authorities that issue or have issued')
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<InstanceOptions & { json?: boolean }>();
      await withInstance(terminal, options, async ({ store }) => {
        const rows = (await store.enrolment.listIssuers()).map(describeIssuer);
        const header = ['NAME', 'ROLE', 'STATUS', 'UNTIL', 'KEY'];
        printResult(
          terminal,
          options.json,
          rows,
          formatTable(
            header,
            rows.map(({ name, role, status, notAfter, key }) => [
              name,
              role,
              status,
              notAfter.slice(0, 10),
              key,
            ]),
          ),
        );
      });
    });
  ca.command('export')
    .description('prints certificates of the authority as PEM')
    .option(
      '--what <which>',
      `one of ${WHAT.join(', ')}; chain is the authority that issues now, then those over it`,
      choice(WHAT),
      'chain' as const,
    )
    .option('--out <file>', 'write into a file')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<
        InstanceOptions & { what: (typeof WHAT)[number]; out?: string }
      >();
      await withInstance(terminal, options, async ({ store }) => {
        const chain = activeChain(await store.enrolment.listIssuers());
        const [issuing, ...above] = chain;
        const chosen = { chain, issuing: issuing ? [issuing] : [], root: above.slice(-1) }[options.what];
        const pem = chosen.map((certificate) => encodePem('CERTIFICATE', certificate.der)).join('');
        if (options.out === undefined) terminal.print(pem.trimEnd());
        else writeFileSync(options.out, pem);
      });
    });
}

function describeIssuer({ certificateDer, role, status, privateKeyPkcs8 }: KeptIssuer) {
  const { subject, notAfter } = parseCertificate(certificateDer);
  return {
    name: subject.text,
    role,
    status,
    notAfter: notAfter.toISOString(),
    key: privateKeyPkcs8 === undefined ? 'elsewhere' : 'here',
  };
}
