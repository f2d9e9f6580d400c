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
    state: presentState(attempt.state),
  };
}

function presentState(state: Attempt['state']): AttemptStateView {
  switch (state.kind) {
    case 'working':
    case 'password-needed':
    case 'failed':
    case 'cancelled':
      return state;
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
        qrImage: challenge.qrImage === undefined ? null : pictureOf(challenge.qrImage),
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

/** Only pictures, of the kinds that their first octets say; never SVG, which could hold more than a picture. */
function pictureOf(base64: string): string | null {
  const start = Buffer.from(base64.slice(0, 16), 'base64').toString('hex');
  const kinds = { ffd8ff: 'image/jpeg', '89504e47': 'image/png', '47494638': 'image/gif' };
  const kind = Object.entries(kinds).find(([magic]) => start.startsWith(magic))?.[1];
  return kind === undefined ? null : `data:${kind};base64,${base64}`;
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
