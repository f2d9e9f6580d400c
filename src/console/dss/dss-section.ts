import { z } from 'zod';
import type { Attempt } from '../../dss/connections/attempt.ts';
import type { DssActor, DssConnections } from '../../dss/connections/dss-connections.ts';
import { DssError } from '../../dss/protocol/dss-error.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleSection } from '../options.ts';
import {
  attemptsView,
  attemptView,
  codeInput,
  connectionsView,
  disconnectInput,
  methodInput,
  newConnection,
  passwordInput,
  renameInput,
  type ServicesView,
  servicesView,
  testSignatureInput,
} from './contract.ts';
import { presentAttempt, presentConnection } from './present.ts';

export interface DssSectionOptions {
  readonly connections: DssConnections;
  readonly services: ServicesView['services'];
  /** The secret of the session's cookie, from the `Cookie` field; undefined: there is none. */
  readonly readSessionToken: (cookieHeader: string | undefined) => string | undefined;
}

/** So long an answer waits for the servers to say something; after it the page asks again. */
const SETTLE_MS = 2_500;

const byId = { params: z.object({ id: z.uuid() }) };
const answersAttempt = { response: { 200: attemptView } };

type Asked = Parameters<typeof actorOf>[0] & { readonly headers: { readonly cookie?: string | undefined } };

/** Connections to CryptoPro DSS: connecting, confirming, refreshing, the test signature. */
export function createDssSection({
  connections,
  services,
  readSessionToken,
}: DssSectionOptions): ConsoleSection {
  const { attempts } = connections;

  function whoOf(request: Asked): DssActor {
    const { accountId, sessionId, journal } = actorOf(request);
    const sessionToken = readSessionToken(request.headers.cookie);
    if (sessionToken === undefined) throw new ProblemError('sign-in-required');
    return { accountId, sessionId, actor: journal, sessionToken };
  }

  async function answer(attempt: Attempt) {
    await attempts.settle(attempt, SETTLE_MS);
    return presentAttempt(attempt);
  }

  function registerConnections(app: ConsoleApp): void {
    app.get('/api/dss/services', { schema: { response: { 200: servicesView } } }, async () => ({
      services: [...services],
    }));

    app.get('/api/dss/connections', { schema: { response: { 200: connectionsView } } }, async (request) => ({
      connections: (await connections.list(whoOf(request))).map(presentConnection),
    }));

    app.post(
      '/api/dss/connections',
      { schema: { body: newConnection, ...answersAttempt } },
      async (request) => {
        try {
          return await answer(await connections.connect(whoOf(request), request.body));
        } catch (error) {
          if (!(error instanceof DssError)) throw error;
          // Only addresses that are none get here.
          const isDss = error.place === 'dss-server';
          throw new ProblemError(isDss ? 'dss-server-address' : 'dss-authorization-address', {
            cause: error,
          });
        }
      },
    );

    app.post(
      '/api/dss/connections/:id/refresh',
      { schema: { ...byId, ...answersAttempt } },
      async (request) => answer(await connections.refresh(whoOf(request), request.params.id)),
    );

    app.post(
      '/api/dss/connections/:id/test-signature',
      { schema: { ...byId, body: testSignatureInput, ...answersAttempt } },
      async (request) => {
        const { certificateId, pin } = request.body;
        const { id } = request.params;
        return answer(await connections.testSignature(whoOf(request), id, certificateId, pin));
      },
    );

    app.patch(
      '/api/dss/connections/:id',
      { schema: { ...byId, body: renameInput } },
      async (request, reply) => {
        await connections.rename(whoOf(request), request.params.id, request.body.name);
        return await reply.code(204).send();
      },
    );

    app.post(
      '/api/dss/connections/:id/disconnect',
      { schema: { ...byId, body: disconnectInput } },
      async (request, reply) => {
        await connections.disconnect(whoOf(request), request.params.id, request.body.certificates);
        return await reply.code(204).send();
      },
    );
  }

  function registerAttempts(app: ConsoleApp): void {
    app.get('/api/dss/attempts', { schema: { response: { 200: attemptsView } } }, async (request) => ({
      attempts: attempts.list(actorOf(request).sessionId).map(presentAttempt),
    }));

    app.get('/api/dss/attempts/:id', { schema: { ...byId, ...answersAttempt } }, async (request) =>
      presentAttempt(attempts.get(actorOf(request).sessionId, request.params.id)),
    );

    app.get('/api/dss/attempts/:id/picture', { schema: byId }, async (request, reply) => {
      const { state } = attempts.get(actorOf(request).sessionId, request.params.id);
      const picture = state.kind === 'waiting' ? state.challenge.picture : undefined;
      if (picture === undefined) throw new ProblemError('not-found');
      return await reply.type(picture.type).send(Buffer.from(picture.octets));
    });

    app.post(
      '/api/dss/attempts/:id/password',
      { schema: { ...byId, body: passwordInput, ...answersAttempt } },
      async (request) => {
        const attempt = attempts.get(actorOf(request).sessionId, request.params.id);
        attempts.give(attempt, { kind: 'password', ...request.body });
        return await answer(attempt);
      },
    );

    app.post(
      '/api/dss/attempts/:id/code',
      { schema: { ...byId, body: codeInput, ...answersAttempt } },
      async (request) => {
        const attempt = attempts.get(actorOf(request).sessionId, request.params.id);
        attempts.give(attempt, { kind: 'code', ...request.body });
        return await answer(attempt);
      },
    );

    app.post(
      '/api/dss/attempts/:id/method',
      { schema: { ...byId, body: methodInput, ...answersAttempt } },
      async (request) => {
        const attempt = attempts.get(actorOf(request).sessionId, request.params.id);
        attempts.give(attempt, { kind: 'method', ...request.body });
        return await answer(attempt);
      },
    );

    app.delete('/api/dss/attempts/:id', { schema: { ...byId, ...answersAttempt } }, async (request) =>
      presentAttempt(attempts.cancel(attempts.get(actorOf(request).sessionId, request.params.id))),
    );
  }

  return {
    name: 'dss',
    register(app) {
      registerConnections(app);
      registerAttempts(app);
    },
  };
}
