import { createAuditLogSection } from '../console/audit-log/audit-log-section.ts';
import { createAuthoritySection } from '../console/authority/authority-section.ts';
import type { AuthoritySources } from '../console/authority/read-authority.ts';
import type { ConsoleSection } from '../console/options.ts';
import { createOverviewSection } from '../console/overview/overview-section.ts';
import { createRefusalsSection } from '../console/refusals/refusals-section.ts';
import { composeEnrolment } from './compose-enrolment.ts';
import { CONSOLE_ID, hostNamesOf } from './configuration/configuration.ts';
import type { Instance } from './instance.ts';

const ASK_TIMEOUT_MS = 2_000;

/** The console's sections for those who run the installation: overview, refusals, journal, authority. */
export function composeOperationsSections(instance: Instance): readonly ConsoleSection[] {
  const { configuration, store, dataDirectory } = instance;
  const { values } = configuration;
  const { service } = composeEnrolment(instance);
  const authority = composeAuthoritySources(instance);
  return [
    createOverviewSection({ port: store.overview, authority, receivers: store.journalDelivery }),
    createRefusalsSection({
      port: store.refusals,
      accounts: store.accounts,
      enrolment: service,
      enrolmentPort: store.enrolment,
      nameOfApplication: (application) =>
        application === CONSOLE_ID
          ? values.productName
          : (values.applications.find((each) => each.id === application)?.name ?? application),
    }),
    createAuditLogSection({
      port: store.auditLog,
      verify: () => store.audit.verify({ headsFile: dataDirectory.auditHeadsFile }),
    }),
    createAuthoritySection(authority),
  ];
}

function composeAuthoritySources(instance: Instance): AuthoritySources {
  const { configuration, store } = instance;
  const { values, serverCertificate } = configuration;
  const { authority } = composeEnrolment(instance);
  const [leaf] = serverCertificate.certificates;
  return {
    port: store.authority,
    validityDays: values.certificates.validityDays,
    listUrlOf: (id) => authority.addressesOf(id).revocationListUrl,
    server: {
      subject: leaf?.subject.text ?? '',
      hosts: hostNamesOf(values),
      notAfter: leaf?.notAfter ?? new Date(Number.NaN),
    },
    responderUrl: authority.addressesOf('' as Parameters<typeof authority.addressesOf>[0]).ocspUrl,
    askResponder: () => askResponder(values.plainHttp),
  };
}

/** An empty question is malformed, and a responder that lives says so (RFC 6960, 2.3). */
async function askResponder(
  plainHttp: { readonly host: string; readonly port: number } | undefined,
): Promise<'answers' | 'silent' | 'none'> {
  if (plainHttp === undefined || plainHttp.port === 0) return 'none';
  const { host, port } = plainHttp;
  const name = host === '::' || host === '0.0.0.0' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${name}:${port}/pki/ocsp`, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request' },
      body: new Uint8Array(0),
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.headers.get('content-type') === 'application/ocsp-response' ? 'answers' : 'silent';
  } catch {
    return 'silent';
  }
}
