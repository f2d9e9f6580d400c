import { createAuditLogSection } from '../console/audit-log/audit-log-section.ts';
import { createAuthoritySection } from '../console/authority/authority-section.ts';
import type { AuthoritySources } from '../console/authority/read-authority.ts';
import type { ConsoleSection } from '../console/options.ts';
import { createOverviewSection } from '../console/overview/overview-section.ts';
import { createRefusalsSection } from '../console/refusals/refusals-section.ts';
import { askResponder } from './ask-responder.ts';
import { composeEnrolment } from './compose-enrolment.ts';
import { CONSOLE_ID, hostNamesOf } from './configuration/configuration.ts';
import type { Instance } from './instance.ts';

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
