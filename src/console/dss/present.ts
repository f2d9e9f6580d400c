import type { Attempt } from '../../dss/connections/attempt.ts';
import type { ListedConnection } from '../../dss/connections/dss-connections.ts';
import type { AttemptStateView, AttemptView, ConnectionView } from './contract.ts';

const TITLE_MAX = 500;

export function presentAttempt(attempt: Attempt): AttemptView {
  const { id, connection, purpose, startedAt } = attempt;
  const { isNew, name, authorizationServer, dssServer, usesV2, login } = connection;
  return {
    id,
    purpose: purpose.kind,
    connection: {
      id: connection.id,
      isStored: !isNew || attempt.state.kind === 'done',
      name,
      authorizationServer,
      dssServer,
      usesV2,
      login,
    },
    startedAt: startedAt.toISOString(),
    state: presentState(attempt),
  };
}

function presentState({ id, state }: Attempt): AttemptStateView {
  switch (state.kind) {
    case 'working':
    case 'password-needed':
    case 'failed':
      return state;
    case 'cancelled':
      return { kind: 'cancelled', shownUntil: state.shownUntil?.toISOString() ?? null };
    case 'choosing':
      return {
        kind: 'choosing',
        title: state.choice.title.slice(0, TITLE_MAX),
        methods: [...state.choice.methods],
        expiresAt: state.choice.expiresAt.toISOString(),
      };
    case 'waiting': {
      const { challenge, codeWasWrong } = state;
      return {
        kind: 'waiting',
        method: challenge.kind,
        title: challenge.title.slice(0, TITLE_MAX),
        label: challenge.label.slice(0, TITLE_MAX),
        takesCode: challenge.takesCode,
        codeWasWrong,
        qrImage: challenge.picture === undefined ? null : addressOfPicture(id, challenge.refId),
        expiresAt: challenge.expiresAt.toISOString(),
      };
    }
    case 'done': {
      const { result } = state;
      return {
        kind: 'done',
        result: result.kind === 'certificates' ? result : { ...result, at: result.at.toISOString() },
      };
    }
  }
}

/** An address rather than the picture itself: pages show pictures of this host only. Another challenge has another. */
function addressOfPicture(id: string, refId: string): string {
  return `/api/dss/attempts/${id}/picture?of=${encodeURIComponent(refId)}`;
}

export function presentConnection(listed: ListedConnection): ConnectionView {
  const { connection, isSignedIn, isPasswordRemembered, certificates } = listed;
  const { failed } = connection;
  return {
    id: connection.id,
    name: connection.name,
    authorizationServer: connection.authorizationServer,
    dssServer: connection.dssServer,
    usesV2: connection.usesV2,
    login: connection.login,
    state: failed ? 'error' : isSignedIn ? 'signed-in' : 'sign-in-needed',
    failure: failed?.failure ?? null,
    failedAt: failed?.at.toISOString() ?? null,
    isPasswordRemembered,
    createdAt: connection.createdAt.toISOString(),
    refreshedAt: connection.refreshedAt?.toISOString() ?? null,
    certificates: certificates.map((each) => ({
      certificateId: each.dssId,
      sha256: each.sha256 ?? null,
      owner: each.owner,
      notAfter: each.notAfter?.toISOString() ?? null,
      status: each.status,
      hasPin: each.hasPin,
      isDefault: each.isDefault,
      vanishedAt: each.vanishedAt?.toISOString() ?? null,
    })),
  };
}
