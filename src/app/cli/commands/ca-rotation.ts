import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isCancel, password } from '@clack/prompts';
import type { Command } from 'commander';
import {
  installAuthority,
  type Rotation,
  type RotationDependencies,
  requestAuthority,
  rotateAuthority,
} from '../../../enrolment/rotate-authority.ts';
import { ProblemError } from '../../../kernel/problem.ts';
import { encodePem } from '../../../pki/pem/pem.ts';
import { openRootKeyFile } from '../../../pki/pkcs8/root-key-file.ts';
import { composeEnrolment } from '../../compose-enrolment.ts';
import type { Instance } from '../../instance.ts';
import { readCertificateFile, readInputFile } from '../read-input-file.ts';
import { printResult, type Terminal } from '../terminal.ts';
import { type InstanceOptions, withInstance } from '../with-instance.ts';

const ACTOR = { kind: 'command-line' } as const;

/** How the issuing authority is replaced: by our root, or by somebody else's. */
export function addCaRotationCommands(ca: Command, terminal: Terminal): void {
  ca.command('rotate')
    .description(
      'makes another issuing authority under the same root; certificates of the former one stay good until they end',
    )
    .option('--root-key <file>', 'the file in which "propusk init" took the root’s key away')
    .option('--passphrase-file <file>', 'file with its passphrase; asked for where somebody can be asked')
    .option('--name <name>', 'its common name; by default that of the first one with a number')
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<
        InstanceOptions & { rootKey?: string; passphraseFile?: string; name?: string; json?: boolean }
      >();
      const rootKeyPkcs8 =
        options.rootKey === undefined
          ? undefined
          : openRootKeyFile(
              readInputFile(terminal, options.rootKey),
              await readPassphrase(terminal, options),
            );
      await withInstance(terminal, options, async (instance) => {
        const rotation = await rotateAuthority(dependenciesOf(instance), {
          actor: ACTOR,
          ...(options.name !== undefined && { commonName: options.name }),
          ...(rootKeyPkcs8 && { rootKeyPkcs8 }),
        });
        printRotation(terminal, options.json, rotation);
      });
    });

  ca.command('request')
    .description(
      'writes a request (PKCS#10) for an issuing authority, to be signed by a root of your company',
    )
    .requiredOption('--out <file>', 'where to write the request (PEM)')
    .option('--name <name>', 'its common name; by default that of the first one with a number')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<InstanceOptions & { out: string; name?: string }>();
      await withInstance(terminal, options, async (instance) => {
        const requestDer = await requestAuthority(dependenciesOf(instance), {
          actor: ACTOR,
          ...(options.name !== undefined && { commonName: options.name }),
        });
        const file = resolve(terminal.workingDirectory, options.out);
        writeFileSync(file, encodePem('CERTIFICATE REQUEST', requestDer));
        terminal.print(`request: ${file}`);
        terminal.print('It asks for CA:TRUE, pathlen:0, keyCertSign and cRLSign; the key stays here.');
        terminal.print('When it is signed: propusk ca install --certificate FILE --chain FILE');
      });
    });

  ca.command('install')
    .description('takes the signed certificate of the last "ca request"; it issues from then on')
    .requiredOption('--certificate <file>', 'the certificate (PEM or DER); a chain may follow it')
    .option('--chain <file>', 'certificates of those who signed it (PEM)')
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<
        InstanceOptions & { certificate: string; chain?: string; json?: boolean }
      >();
      const [certificateDer, ...following] = readCertificateFile(terminal, options.certificate);
      if (certificateDer === undefined) throw new TypeError('a certificate file holds one');
      const chain = options.chain === undefined ? [] : readCertificateFile(terminal, options.chain);
      await withInstance(terminal, options, async (instance) => {
        const rotation = await installAuthority(dependenciesOf(instance), {
          certificateDer,
          candidatesDer: [...following, ...chain],
          actor: ACTOR,
        });
        printRotation(terminal, options.json, rotation);
      });
    });
}

function dependenciesOf(instance: Instance): RotationDependencies {
  const { store, clock, random, configuration } = instance;
  const { keyAlgorithm, organisation } = configuration.values.authority;
  const { authority } = composeEnrolment(instance);
  return { port: store.enrolment, authority, clock, random, keyAlgorithm, organisation };
}

async function readPassphrase(
  terminal: Terminal,
  { passphraseFile }: { readonly passphraseFile?: string },
): Promise<string> {
  if (passphraseFile !== undefined) return readInputFile(terminal, passphraseFile).toString('utf8').trim();
  if (!terminal.interactive) {
    throw new ProblemError('password-invalid', {
      detail: 'the passphrase of the root’s key is needed: name its file with --passphrase-file',
    });
  }
  const answer = await password({ message: 'Passphrase of the root’s key' });
  if (isCancel(answer)) throw new ProblemError('password-invalid', { detail: 'no passphrase was given' });
  return answer;
}

function printRotation(terminal: Terminal, asJson: boolean | undefined, { former, current }: Rotation): void {
  const value = {
    former: former.subject.text,
    current: current.subject.text,
    notAfter: current.notAfter.toISOString(),
  };
  printResult(terminal, asJson, value, [
    `issues now: ${value.current}, until ${value.notAfter.slice(0, 10)}`,
    `before:     ${value.former}; what it issued stays good until it ends`,
    'A server that is running takes it over within seconds.',
  ]);
}
