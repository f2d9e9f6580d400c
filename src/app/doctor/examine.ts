import { checkAlert } from '../../gate/self-check.ts';
import { toPem } from '../../pki/server-certificate/read-server-certificate.ts';
import { createReceivers } from '../compose-journal-delivery.ts';
import { originOf } from '../configuration/configuration.ts';
import type { Instance } from '../instance.ts';
import { type CheckResult, good, problem, warning } from './check.ts';
import { checkAuthority } from './check-authority.ts';
import { checkJournalDelivery } from './check-journal-delivery.ts';
import { checkMail } from './check-mail.ts';
import { checkResponder } from './check-responder.ts';
import { checkSms } from './check-sms.ts';
import { checkUpstream } from './check-upstream.ts';

const DAY_MS = 86_400_000;
const CERTIFICATE_WARN_DAYS = 21;

/** Every check of an installation whose configuration could be read and whose database could be opened. */
export async function examine(instance: Instance): Promise<CheckResult[]> {
  const { configuration, store, clock, dataDirectory } = instance;
  const results: CheckResult[] = [good('configuration', configuration.path)];
  for (const text of configuration.warnings)
    results.push(warning('configuration', text, 'see docs/configuration.md'));

  const { console: own } = configuration.values;
  results.push(
    good(
      'console',
      own === undefined ? 'none (option console.host)' : originOf(own.host, configuration.values),
    ),
  );
  const health = await store.health();
  results.push(
    good('database', `${health.database}, schema ${health.schemaVersion}, ${health.auditSequence} events`),
  );
  results.push(await checkClock(instance));
  results.push(checkServerCertificateEnd(instance));
  results.push(await checkAlertTechnique(instance));
  results.push(...(await checkAuthority(store, clock.now())), await checkResponder(configuration.values));
  results.push(...(await checkSms(configuration)), await checkMail(configuration));
  results.push(...(await checkJournalDelivery(createReceivers(configuration, clock), store.journalDelivery)));
  for (const application of configuration.values.applications) {
    results.push(...(await checkUpstream(application, configuration.values, () => clock.now())));
  }

  const audit = await store.audit.verify({ headsFile: dataDirectory.auditHeadsFile });
  results.push(
    audit.findings.length === 0
      ? good('journal', `${audit.events} events, whole`)
      : problem(
          'journal',
          `${audit.findingCount} findings`,
          'run "propusk audit verify" and find out who changed the database',
        ),
  );
  return results;
}

async function checkClock({ store, clock }: Instance): Promise<CheckResult> {
  const [newest] = await store.audit.listEvents({ limit: 1 });
  const ahead = newest === undefined ? 0 : newest.at.getTime() - clock.now().getTime();
  return ahead > 1_000
    ? problem(
        'clock',
        `stands ${Math.round(ahead / 1_000)} s before the newest event of the journal`,
        'set the machine’s time (NTP)',
      )
    : good('clock', clock.now().toISOString());
}

function checkServerCertificateEnd({ configuration, clock }: Instance): CheckResult {
  const [leaf] = configuration.serverCertificate.certificates;
  if (!leaf) return problem('server certificate', 'is missing', 'set the option tls');
  const days = Math.floor((leaf.notAfter.getTime() - clock.now().getTime()) / DAY_MS);
  const text = `${leaf.subject.text || leaf.subjectAltName?.dnsNames.join(', ')}, ends ${leaf.notAfter.toISOString().slice(0, 10)}`;
  return days < CERTIFICATE_WARN_DAYS
    ? warning('server certificate', `${text}, in ${days} days`, 'renew it and restart Propusk')
    : good('server certificate', text);
}

async function checkAlertTechnique({ configuration }: Instance): Promise<CheckResult> {
  const { tls12, tls13 } = await checkAlert(toPem(configuration.serverCertificate));
  const name = 'choosing again';
  return tls12 === 'works' && tls13 === 'works'
    ? good(name, 'browsers can be made to ask for a certificate again without a restart')
    : warning(
        name,
        'this version of Node cannot make browsers ask for a certificate again',
        'people have to restart the browser after a wrong choice; use the version of Node that the README names',
      );
}
