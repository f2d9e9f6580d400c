import type { Account } from '../accounts/account.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId, SessionId } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
import { buildFile, type FileFormat, fileName } from './build-file.ts';
import {
  type CertificateState,
  certificateState,
  type Download,
  decideDownload,
  refuseDownload,
} from './decide-download.ts';
import { decideReplacement, findFormer } from './decide-replacement.ts';
import { createIssueAccessCertificate, type IssueAccessCertificate } from './issue-access-certificate.ts';
import { type IssuedToFile, issueToFile } from './issue-to-file.ts';
import type { EnrolmentDependencies } from './options.ts';
import type { AccessCertificate, Enrolment } from './ports.ts';
import { createReplaceCertificate, NEWEST, type ReplaceCertificate } from './replace-certificate.ts';
import { createSendPasswordAgain, findResendAt, type SendPasswordAgain } from './send-password-again.ts';
import { createSendReplacementCode, type SendReplacementCode } from './send-replacement-code.ts';

/** Where an account stands with its certificate at this moment. */
export interface EnrolmentStatus {
  readonly account: Account;
  readonly enrolment: Enrolment;
  readonly state: CertificateState;
  readonly download: Download;
  /** The certificate that the current one has replaced. */
  readonly former: AccessCertificate | undefined;
  /** Name of the file without extension; undefined without a current certificate. */
  readonly fileName: string | undefined;
  /** Undefined: «Отправить пароль ещё раз» is over for this certificate. */
  readonly resendAt: Date | undefined;
}

export interface CertificateFile {
  /** PKCS#12. */
  readonly file: Uint8Array;
  /** Without extension. */
  readonly fileName: string;
}

export interface EnrolmentService {
  /** @throws {ProblemError} `account-not-found` */
  readStatus(accountId: AccountId): Promise<EnrolmentStatus>;
  readonly issue: IssueAccessCertificate;
  /**
   * The file that was issued in the last minutes, recorded as downloaded; issues nothing.
   *
   * @throws {ProblemError} `file-gone`, `download-not-allowed`, `account-blocked`, `account-not-found`
   */
  openFile(accountId: AccountId, format: FileFormat, actor: Actor): Promise<CertificateFile>;
  readonly sendPasswordAgain: SendPasswordAgain;
  /** What «Заменить сертификат» takes in this session: `confirm` where the current certificate was presented in it. */
  readReplacement(accountId: AccountId, sessionId: SessionId): Promise<'confirm' | 'code' | 'not-possible'>;
  readonly sendReplacementCode: SendReplacementCode;
  readonly replace: ReplaceCertificate;
  /** For the command line. */
  issueToFile(input: Parameters<typeof issueToFile>[1]): Promise<IssuedToFile>;
}

export function createEnrolmentService(dependencies: EnrolmentDependencies): EnrolmentService {
  const { port, accounts, authority, clock, random, options } = dependencies;

  async function read(accountId: AccountId) {
    const account = await accounts.findAccount(accountId);
    if (account === undefined) throw new ProblemError('account-not-found');
    const enrolment = await port.readEnrolment(accountId);
    const now = clock.now();
    const { passwordDelivery } = options;
    return {
      account,
      enrolment,
      now,
      download: decideDownload({ account, enrolment, passwordDelivery, now }),
    };
  }

  return {
    async readStatus(accountId) {
      const { account, enrolment, now, download } = await read(accountId);
      const { current } = enrolment;
      return {
        account,
        enrolment,
        download,
        former: findFormer(current, await port.listCertificates({ accountId, limit: NEWEST })),
        state: certificateState(current, now),
        fileName: current && fileName(account, current.issuedAt, options.timeZone),
        resendAt: await findResendAt(dependencies, account, enrolment, now),
      };
    },
    issue: createIssueAccessCertificate(dependencies),
    async openFile(accountId, format, actor) {
      const { account, download, now } = await read(accountId);
      // This door issues nothing: for somebody who could get a new certificate there is no file yet.
      if (download.kind === 'new') throw new ProblemError('file-gone');
      if (download.kind !== 'again') throw refuseDownload(download);
      const { certificate, file } = download;
      const { certificateDer, issuedAt } = certificate;
      const { timeZone } = options;
      const { privateKeyPkcs8, password } = file;
      const authorityDer = await authority.getCertificate(certificate.issuerId);
      const bytes = buildFile(
        {
          owner: account,
          certificateDer,
          issuedAt,
          privateKeyPkcs8,
          authorityDer,
          password,
          format,
          timeZone,
        },
        random,
      );
      await port.recordDownload(certificate.id, format, actor, now);
      return { file: bytes, fileName: fileName(account, issuedAt, timeZone) };
    },
    sendPasswordAgain: createSendPasswordAgain(dependencies),
    async readReplacement(accountId, sessionId) {
      const { account, enrolment, now } = await read(accountId);
      const { passwordDelivery } = options;
      const decided = decideReplacement({ account, enrolment, passwordDelivery, now });
      if (decided.kind === 'not-possible') return 'not-possible';
      return (await port.wasPermitted(sessionId, decided.certificate.id)) ? 'confirm' : 'code';
    },
    sendReplacementCode: createSendReplacementCode(dependencies),
    replace: createReplaceCertificate(dependencies),
    issueToFile: (input) => issueToFile(dependencies, input),
  };
}
