import type { Locale } from '../../accounts/account.ts';
import type { ApplicationId } from '../../kernel/brand.ts';
import type { ConsoleActor } from '../actor.ts';
import type { HistoryEvent, SessionItem } from './contract.ts';
import { describeDevice } from './describe-device.ts';
import type { OwnHistoryEvent, OwnSession } from './ports.ts';

/** An application that is configured no more is called by its id. */
export type NameOfApplication = (id: ApplicationId, locale: Locale) => string;

export function presentSession(
  session: OwnSession,
  actor: Pick<ConsoleActor, 'sessionId' | 'login' | 'locale'>,
  nameOfApplication: NameOfApplication,
): SessionItem {
  const { certificate } = session;
  return {
    id: session.id,
    isCurrent: session.id === actor.sessionId,
    device: describeDevice(session.userAgent),
    userAgent: session.userAgent,
    address: session.address,
    startedAt: session.startedAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    certificate: certificate
      ? {
          subject: actor.login,
          serialNumber: certificate.serialNumber,
          issuedAt: certificate.issuedAt.toISOString(),
          notAfter: certificate.notAfter.toISOString(),
        }
      : null,
    applications: session.applicationIds.map((id) => nameOfApplication(id, actor.locale)),
  };
}

export function presentHistoryEvent(
  event: OwnHistoryEvent,
  locale: Locale,
  nameOfApplication: NameOfApplication,
): HistoryEvent {
  const base = { at: event.at.toISOString(), address: event.address };
  switch (event.kind) {
    case 'signed-in':
      return { ...base, kind: event.kind, device: describeDevice(event.userAgent) };
    case 'sign-in-failed':
      return { ...base, kind: event.kind, count: event.count };
    case 'refused':
      return {
        ...base,
        kind: event.kind,
        reason: event.reason,
        application: nameOfApplication(event.applicationId, locale),
      };
  }
}
