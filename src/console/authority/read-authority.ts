import type { IssuerId } from '../../kernel/brand.ts';
import { parseCertificate } from '../../pki/x509/certificate.ts';
import type { AuthorityView, AuthorityWarning, IssuerView } from './contract.ts';
import type { AuthorityPort, WatchedIssuer } from './ports.ts';

const DAY_MS = 86_400_000;
/** A new list comes each day, so one that is older than two is late long before it ends. */
const LIST_LATE_MS = 2 * DAY_MS;
const SERVER_WARN_MS = 21 * DAY_MS;
/** Beside the validity of people's certificates: time to plan a rotation before it shortens them. */
const PLAN_MS = 90 * DAY_MS;
/** A root ends with everything under it; another one has to reach every device first. */
const ROOT_WARN_MS = 730 * DAY_MS;

export interface AuthoritySources {
  readonly port: AuthorityPort;
  /** Of people's certificates. */
  readonly validityDays: number;
  readonly listUrlOf: (id: IssuerId) => string;
  readonly server: { readonly subject: string; readonly hosts: readonly string[]; readonly notAfter: Date };
  readonly responderUrl: string | undefined;
  /** Asks the responder of this machine. */
  readonly askResponder: () => Promise<AuthorityView['responder']['state']>;
}

/** Everything that certificates hang on, with what has to be done about it. */
export async function readAuthority(sources: AuthoritySources, now: Date): Promise<AuthorityView> {
  const [issuers, requestedAt, state] = await Promise.all([
    sources.port.listWatchedIssuers(now),
    sources.port.findIssuerRequestTime(),
    sources.askResponder(),
  ]);
  const views = issuers.map((issuer) => presentIssuer(issuer, sources.listUrlOf(issuer.id), now));
  const { server } = sources;
  return {
    issuers: views,
    requestedAt: requestedAt?.toISOString() ?? null,
    server: { ...server, hosts: [...server.hosts], notAfter: server.notAfter.toISOString() },
    responder: { url: sources.responderUrl ?? null, state },
    warnings: [
      ...views.flatMap((view) => warningsOf(view, sources.validityDays, now)),
      ...serverWarnings(server, now),
      ...(state === 'silent'
        ? [{ code: 'responder-silent' as const, subject: sources.responderUrl ?? '', at: null }]
        : []),
    ],
  };
}

function presentIssuer(issuer: WatchedIssuer, listUrl: string, now: Date): IssuerView {
  const { subject, serialNumber, sha256Fingerprint, notBefore, notAfter } = parseCertificate(
    issuer.certificateDer,
  );
  const { id, role, status, hasKey, certificates, list } = issuer;
  return {
    id,
    role,
    status,
    subject: subject.commonName ?? subject.text,
    serialNumber,
    sha256Fingerprint,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    hasKey,
    certificates,
    list: list
      ? {
          number: list.number,
          thisUpdate: list.thisUpdate.toISOString(),
          nextUpdate: list.nextUpdate.toISOString(),
          isOverdue:
            now > list.nextUpdate ||
            (role === 'issuing' && now.getTime() - list.thisUpdate.getTime() > LIST_LATE_MS),
        }
      : null,
    listUrl,
  };
}

function warningsOf(view: IssuerView, validityDays: number, now: Date): AuthorityWarning[] {
  const warnings: AuthorityWarning[] = [];
  const warn = (code: AuthorityWarning['code'], at: string | null) =>
    warnings.push({ code, subject: view.subject, at });
  const leftMs = Date.parse(view.notAfter) - now.getTime();
  if (view.status === 'active') {
    const neededMs = view.role === 'issuing' ? validityDays * DAY_MS + PLAN_MS : ROOT_WARN_MS;
    if (leftMs < 0) warn('issuer-ended', view.notAfter);
    else if (leftMs < neededMs) warn('issuer-ends-soon', view.notAfter);
    if (view.role === 'root' && view.hasKey) warn('root-key-here', null);
  }
  // An authority that has ended itself signs no more lists (RFC 5280, 5.1.1.2 needs its key to be good).
  if (view.list?.isOverdue === true && leftMs >= 0) warn('list-overdue', view.list.nextUpdate);
  return warnings;
}

function serverWarnings({ subject, notAfter }: AuthoritySources['server'], now: Date): AuthorityWarning[] {
  const leftMs = notAfter.getTime() - now.getTime();
  if (leftMs > SERVER_WARN_MS) return [];
  const code = leftMs < 0 ? 'server-certificate-ended' : 'server-certificate-ends-soon';
  return [{ code, subject, at: notAfter.toISOString() }];
}
