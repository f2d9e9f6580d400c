import type { EmailAddress } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { parseEmailAddress } from '../../messaging/email-address.ts';
import { checkSmtpConfig, type SmtpConfig } from '../../messaging/smtp-config.ts';
import { type ConfigurationFinding, showFound } from './finding.ts';
import type { ConfigurationValues } from './schema.ts';
import type { SecretFiles } from './secret-files.ts';

export interface LoadedMailServer {
  /** Undefined where no e-mail is sent, or something is wrong with the options. */
  readonly mail: SmtpConfig | undefined;
  readonly findings: readonly ConfigurationFinding[];
}

export function loadMailServer(
  { email, productName }: ConfigurationValues,
  secrets: SecretFiles,
): LoadedMailServer {
  if (email === undefined) return { mail: undefined, findings: [] };
  const findings: ConfigurationFinding[] = [];
  const readAddress = (option: string, text: string): EmailAddress | undefined => {
    try {
      return parseEmailAddress(text);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      findings.push({
        option,
        message: `has to be an e-mail address (${error.detail}); found ${showFound(text)}`,
      });
      return undefined;
    }
  };
  const { user, passwordFile, caFile } = email;
  if ((user === undefined) !== (passwordFile === undefined)) {
    findings.push({
      option: 'email',
      message: 'user and passwordFile belong together; give both or neither',
    });
  }
  const address = readAddress('email.from', email.from);
  const replyTo = email.replyTo === undefined ? undefined : readAddress('email.replyTo', email.replyTo);
  const password = passwordFile === undefined ? undefined : secrets.read('email.passwordFile', passwordFile);
  const authorities = caFile === undefined ? undefined : secrets.readBytes('email.caFile', caFile);
  if (address === undefined || findings.length > 0) return { mail: undefined, findings };
  const mail: SmtpConfig = {
    host: email.host,
    port: email.port,
    security: email.security,
    credentials: user === undefined ? undefined : { user, password: password ?? '' },
    authoritiesPem: authorities?.toString('utf8'),
    from: { name: email.fromName ?? productName, address },
    replyTo,
    timeoutMs: email.timeoutSeconds * 1_000,
  };
  try {
    checkSmtpConfig(mail);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { mail: undefined, findings: [{ option: 'email.security', message: error.detail ?? '' }] };
  }
  return { mail, findings };
}
