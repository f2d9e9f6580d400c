import type { Clock } from '../../kernel/clock.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { checkSmsGateway } from '../../messaging/sms-gateway.ts';
import { CONSOLE_ID, type Configuration, originOf } from './configuration.ts';
import { type ConfigurationFinding, formatFindings } from './finding.ts';
import { loadDssAuthorities } from './load-dss-authorities.ts';
import { loadJournalReceivers } from './load-journal-receivers.ts';
import { loadMailServer } from './load-mail-server.ts';
import { loadServerCertificate } from './load-server-certificate.ts';
import { loadSmsGateway } from './load-sms-gateway.ts';
import { readConfigurationValues } from './read-values.ts';
import type { ConfigurationValues } from './schema.ts';
import { SecretFiles } from './secret-files.ts';

export const DATA_SECRET_MIN_CHARACTERS = 32;

/**
 * Reads the file, the environment and every file that they name.
 * @throws {ProblemError} `configuration-invalid` with all mistakes at once, one a line
 */
export function loadConfiguration(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Configuration {
  const read = readConfigurationValues(path, environment);
  if (read.kind === 'refused') throw refuse(read.findings);
  const values = read.value;

  const secrets = new SecretFiles();
  const findings: ConfigurationFinding[] = [...checkHosts(values)];
  const dataSecret = secrets.read('secretFile', values.secretFile) ?? '';
  if (dataSecret !== '' && dataSecret.length < DATA_SECRET_MIN_CHARACTERS) {
    findings.push({
      option: 'secretFile',
      message: `the secret needs at least ${DATA_SECRET_MIN_CHARACTERS} characters; found ${dataSecret.length}`,
    });
  }
  const databaseUrl = readDatabaseUrl(values, environment, secrets, findings);
  const server = loadServerCertificate(values, secrets, clock.now());
  const { gateway: sms, findings: ofSms } = loadSmsGateway(values.sms, secrets);
  const { mail, findings: ofMail } = loadMailServer(values, secrets);
  const { authoritiesPem, findings: ofDss } = loadDssAuthorities(values.dss.authoritiesFiles, secrets);
  const { receivers, findings: ofReceivers } = loadJournalReceivers(values, secrets);
  findings.push(...ofReceivers, ...ofSms, ...ofMail, ...ofDss);
  if (sms) findings.push(...problemsOf('sms', () => checkSmsGateway(sms)));
  findings.push(...secrets.findings, ...server.findings);

  if (findings.length > 0 || !server.certificate) throw refuse(findings);
  return {
    path,
    values,
    dataSecret,
    databaseUrl,
    serverCertificate: server.certificate,
    sms,
    mail,
    journalReceivers: receivers,
    dssAuthoritiesPem: authoritiesPem,
    portalOrigin: originOf(values.portal.host, values),
    warnings: [...secrets.warnings, ...server.warnings],
  };
}

function refuse(findings: readonly ConfigurationFinding[]): ProblemError {
  return new ProblemError('configuration-invalid', { detail: `\n${formatFindings(findings)}` });
}

function problemsOf(option: string, check: () => void): ConfigurationFinding[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [{ option, message: error.detail ?? error.message }];
  }
}

function checkHosts(values: ConfigurationValues): ConfigurationFinding[] {
  const findings: ConfigurationFinding[] = [];
  const owners = new Map([[values.portal.host, 'portal.host']]);
  if (values.console?.host === values.portal.host) {
    findings.push({
      option: 'console.host',
      message: `every host name belongs to one place; portal.host has "${values.console.host}" too`,
    });
  } else if (values.console) owners.set(values.console.host, 'console.host');
  const ids = new Map<string, number>();
  for (const [index, application] of values.applications.entries()) {
    if (application.id === CONSOLE_ID) {
      findings.push({
        option: `applications[${index}].id`,
        message: `"${CONSOLE_ID}" is the product’s own console; take another one`,
      });
    }
    const earlier = ids.get(application.id);
    if (earlier !== undefined) {
      findings.push({
        option: `applications[${index}].id`,
        message: `every application needs its own; applications[${earlier}] has "${application.id}" too`,
      });
    }
    ids.set(application.id, index);
    for (const [hostIndex, host] of application.hosts.entries()) {
      const option = `applications[${index}].hosts[${hostIndex}]`;
      const owner = owners.get(host);
      if (owner !== undefined) {
        findings.push({
          option,
          message: `every host name belongs to one place; ${owner} has "${host}" too`,
        });
      }
      owners.set(host, option);
    }
  }
  for (const [index, application] of values.applications.entries()) {
    const upstream = new URL(application.upstream);
    if (owners.has(upstream.hostname)) {
      findings.push({
        option: `applications[${index}].upstream`,
        message: `has to be the application’s own address, not a host of this gate; found "${application.upstream}"`,
      });
    }
    if (upstream.pathname !== '/' || upstream.search !== '' || upstream.username !== '') {
      findings.push({
        option: `applications[${index}].upstream`,
        message: `has to be scheme, host and port only, because paths go through unchanged; found "${application.upstream}"`,
      });
    }
  }
  return findings;
}

function readDatabaseUrl(
  values: ConfigurationValues,
  environment: Readonly<Record<string, string | undefined>>,
  secrets: SecretFiles,
  findings: ConfigurationFinding[],
): string | undefined {
  const [option, url] = environment.DATABASE_URL
    ? ['DATABASE_URL', environment.DATABASE_URL]
    : ['databaseUrlFile', values.databaseUrlFile && secrets.read('databaseUrlFile', values.databaseUrlFile)];
  if (!url) return undefined;
  if (!/^postgres(?:ql)?:$/.test(URL.parse(url)?.protocol ?? '')) {
    // The value is not shown: it holds a password.
    findings.push({ option, message: 'has to be an address that begins with postgresql://' });
  }
  return url;
}
