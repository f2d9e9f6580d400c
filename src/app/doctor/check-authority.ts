import type { Issuer } from '../../enrolment/ports.ts';
import { parseCertificate } from '../../pki/x509/certificate.ts';
import type { Store } from '../../store/store.ts';
import { type CheckResult, good, problem, warning } from './check.ts';

const DAY_MS = 86_400_000;
/** Long before the end: an issuing authority has to be replaced before the certificates it issues outlive it. */
const WARN_DAYS = 400;
const HOW_TO_RENEW = 'let another one take over: propusk ca rotate, or ca request and ca install';

export async function checkAuthority(store: Store, now: Date): Promise<CheckResult[]> {
  const issuers = await store.enrolment.listIssuers();
  if (issuers.length === 0) {
    return [problem('authority', 'there is none', 'run "propusk init", or start once with "propusk serve"')];
  }
  const active = issuers.filter(({ status }) => status === 'active');
  const results = active.map((issuer) => checkValidity(issuer, now));
  const root = active.find(({ role }) => role === 'root');
  if (root?.privateKeyPkcs8 !== undefined) {
    results.push(
      warning(
        'authority',
        'the root’s private key is in the database',
        'in production it leaves the machine: propusk init does that',
      ),
    );
  }
  const issuing = active.find(({ role }) => role === 'issuing');
  const list = issuing && (await store.enrolment.findRevocationList(issuing.id));
  if (list) {
    const hours = Math.round((list.nextUpdate.getTime() - now.getTime()) / 3_600_000);
    results.push(
      hours > 0
        ? good('revocation list', `number ${list.number}, good for ${hours} more hours`)
        : problem(
            'revocation list',
            `number ${list.number} ended ${-hours} hours ago`,
            'start "propusk serve"; it makes a new one',
          ),
    );
  }
  return results;
}

function checkValidity({ role, certificateDer }: Issuer, now: Date): CheckResult {
  const { notAfter, subject } = parseCertificate(certificateDer);
  const days = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
  const name = `${role} authority`;
  if (days < 0)
    return problem(
      name,
      `${subject.text} ended ${-days} days ago`,
      role === 'root' ? 'certificates under it are refused by whoever checks them' : HOW_TO_RENEW,
    );
  if (days < WARN_DAYS)
    return warning(
      name,
      `${subject.text} ends in ${days} days${role === 'issuing' ? '; certificates end with it' : ''}`,
      role === 'issuing' ? HOW_TO_RENEW : 'plan its replacement now',
    );
  return good(name, `${subject.text}, good for ${days} more days`);
}
