import type { Command } from 'commander';
import { allowDownload } from '../../../enrolment/allow-download.ts';
import { permitAdministration } from '../../../enrolment/permit-administration.ts';
import type { AccessCertificate } from '../../../enrolment/ports.ts';
import { revokeCertificate } from '../../../enrolment/revoke.ts';
import { REVOCATION_REASONS, type RevocationReason } from '../../../kernel/audit-event.ts';
import type { SerialNumber } from '../../../kernel/brand.ts';
import { ProblemError } from '../../../kernel/problem.ts';
import { encodePem } from '../../../pki/pem/pem.ts';
import type { Store } from '../../../store/store.ts';
import { choice } from '../choice.ts';
import { formatTable, printResult, type Terminal } from '../terminal.ts';
import { type InstanceOptions, withInstance } from '../with-instance.ts';
import { getAccount } from './get-account.ts';

const ACTOR = { kind: 'command-line' } as const;

interface CertificateOptions extends InstanceOptions {
  readonly json?: boolean;
}

export function addCertificateCommands(program: Command, terminal: Terminal): void {
  const certificate = program.command('certificate').description('certificates issued to people');
  addList(certificate, terminal);
  addShow(certificate, terminal);
  addRevoke(certificate, terminal);
  addAllow(certificate, terminal);
}

function addList(certificate: Command, terminal: Terminal): void {
  certificate
    .command('list [login]')
    .description('lists certificates, newest first; with a login, those of one account')
    .option('--limit <number>', 'how many at most', Number, 100)
    .option('--json', 'print JSON')
    .action(async (login: string | undefined, _, command: Command) => {
      const options = command.optsWithGlobals<CertificateOptions & { limit: number }>();
      await withInstance(terminal, options, async ({ store }) => {
        const account = login === undefined ? undefined : await getAccount(store, login);
        const found = await store.enrolment.listCertificates({
          limit: options.limit,
          ...(account === undefined ? {} : { accountId: account.id }),
        });
        const rows = await Promise.all(
          found.map(async (one) => [
            one.serialNumber,
            await loginOf(store, one),
            one.status,
            day(one.notBefore),
            day(one.notAfter),
          ]),
        );
        const lines =
          found.length === 0
            ? ['No certificate was issued yet.']
            : formatTable(['serial number', 'login', 'status', 'from', 'until'], rows);
        printResult(terminal, options.json, found.map(presentCertificate), lines);
      });
    });
}

function addShow(certificate: Command, terminal: Terminal): void {
  certificate
    .command('show <serial>')
    .description('shows one certificate; the serial number may be given by its end')
    .option('--pem', 'print it as PEM')
    .option('--json', 'print JSON')
    .action(async (serial: string, _, command: Command) => {
      const options = command.optsWithGlobals<CertificateOptions & { pem?: boolean }>();
      await withInstance(terminal, options, async ({ store }) => {
        const found = await getCertificate(store, serial);
        if (options.pem) {
          terminal.print(encodePem('CERTIFICATE', found.certificateDer).trimEnd());
          return;
        }
        const value = presentCertificate(found);
        const lines = [['login', await loginOf(store, found)], ...Object.entries(value)].map(
          ([name, entry]) => `${String(name).padEnd(20)} ${entry ?? '-'}`,
        );
        printResult(terminal, options.json, value, lines);
      });
    });
}

function addRevoke(certificate: Command, terminal: Terminal): void {
  certificate
    .command('revoke <serial>')
    .description('revokes a certificate: open connections with it end at once')
    .option(
      '--reason <reason>',
      `one of ${REVOCATION_REASONS.join(', ')}`,
      choice(REVOCATION_REASONS),
      'cessationOfOperation' as const,
    )
    .option('--comment <text>', 'why, for the journal')
    .option('--json', 'print JSON')
    .action(async (serial: string, _, command: Command) => {
      const options = command.optsWithGlobals<
        CertificateOptions & { reason: RevocationReason; comment?: string }
      >();
      await withInstance(terminal, options, async ({ store, clock }) => {
        const found = await getCertificate(store, serial);
        const permit = await permitAdministration('revoke-certificate', ACTOR, store.accounts);
        const revoked = await revokeCertificate({ port: store.enrolment, clock }, permit, {
          certificateId: found.id,
          reason: options.reason,
          comment: options.comment,
        });
        const login = await loginOf(store, revoked);
        printResult(terminal, options.json, presentCertificate(revoked), [
          `${revoked.status}: certificate ${revoked.serialNumber} of ${login}`,
          `A new one can be downloaded only after: propusk certificate allow ${login}`,
        ]);
      });
    });
}

function addAllow(certificate: Command, terminal: Terminal): void {
  certificate
    .command('allow <login>')
    .description('lets an account download a new certificate after a revocation')
    .option('--json', 'print JSON')
    .action(async (login: string, _, command: Command) => {
      const options = command.optsWithGlobals<CertificateOptions>();
      await withInstance(terminal, options, async ({ store, clock }) => {
        const account = await getAccount(store, login);
        const permit = await permitAdministration('allow-download', ACTOR, store.accounts);
        await allowDownload({ port: store.enrolment, clock }, permit, account.id);
        printResult(terminal, options.json, { login: account.login, download: 'allowed' }, [
          `${account.login} may download a new certificate`,
        ]);
      });
    });
}

/** @throws {ProblemError} `certificate-not-found`, also where the end of a serial number fits several */
async function getCertificate(store: Store, written: string): Promise<AccessCertificate> {
  const serial = written.replaceAll(/[\s:]/g, '').toLowerCase();
  const exact = await store.enrolment.findCertificateBySerialNumber(serial as SerialNumber);
  if (exact) return exact;
  const tail = serial.replace(/^…/, '');
  const fitting =
    tail.length < 4
      ? []
      : (await store.enrolment.listCertificates({ limit: 10_000 })).filter((one) =>
          one.serialNumber.endsWith(tail),
        );
  const [only, another] = fitting;
  if (only && !another) return only;
  throw new ProblemError('certificate-not-found', {
    detail: another
      ? `${fitting.length} serial numbers end with "${written}"; give more digits`
      : `no serial number is or ends with "${written}"; "propusk certificate list" shows them`,
  });
}

async function loginOf(store: Store, certificate: AccessCertificate): Promise<string> {
  return (await store.accounts.findAccount(certificate.accountId))?.login ?? '-';
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function presentCertificate(certificate: AccessCertificate) {
  return {
    serialNumber: certificate.serialNumber,
    sha256Fingerprint: certificate.sha256Fingerprint,
    status: certificate.status,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    issuedAt: certificate.issuedAt.toISOString(),
    statusChangedAt: certificate.statusChangedAt.toISOString(),
    revocationReason: certificate.revocationReason ?? null,
    firstPresentedAt: certificate.firstPresentedAt?.toISOString() ?? null,
    accountId: certificate.accountId,
  };
}
