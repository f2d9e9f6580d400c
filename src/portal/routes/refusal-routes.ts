import { z } from 'zod';
import type { DecisionId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { hashToken, makeToken } from '../../kernel/random.ts';
import { chooseAgainView, refusalView } from '../contract.ts';
import { limitActs } from '../limit-acts.ts';
import { localeOf } from '../locale-of.ts';
import { type PortalOptions, returnUrlOf } from '../options.ts';
import type { PortalApp } from '../portal-app.ts';
import { presentRefusal } from '../present-refusal.ts';
import { requireSignedIn } from '../visitor.ts';

/** The page asks right before it uses it. */
const CHOOSE_AGAIN_SECONDS = 60;

export function registerRefusalRoutes(app: PortalApp, options: PortalOptions): void {
  const { applications, clock, enrolment, port, random } = options;

  app.get(
    '/api/refusal',
    {
      schema: {
        querystring: z.object({ decision: z.uuid().optional() }),
        response: { 200: refusalView },
      },
    },
    async (request) => {
      const { session } = await requireSignedIn(options, request);
      const { decision } = request.query;
      const refusal =
        decision === undefined
          ? await port.findLastRefusal(session.id)
          : await port.findRefusal(decision.toLowerCase() as DecisionId, session.account.id);
      const application = applications.find(({ id }) => id === refusal?.applicationId);
      const view =
        refusal &&
        application &&
        presentRefusal(
          refusal,
          application,
          await enrolment.readStatus(session.account.id),
          localeOf(options, request, session.account),
        );
      if (!view) throw new ProblemError('not-found');
      return view;
    },
  );

  app.post(
    '/api/choose-again',
    {
      schema: {
        body: z.object({ application: z.string().max(128) }),
        response: { 200: chooseAgainView },
      },
    },
    async (request) => {
      const { session } = await requireSignedIn(options, request);
      const application = applications.find(({ id }) => id === request.body.application);
      if (!application) throw new ProblemError('not-found');
      await limitActs(options, 'choose-again', session.account.id);
      const token = makeToken(random);
      const now = clock.now();
      await port.createChooseAgain({
        tokenHash: hashToken(token),
        sessionId: session.id,
        applicationId: application.id,
        now,
        expiresAt: new Date(now.getTime() + CHOOSE_AGAIN_SECONDS * 1000),
      });
      const last = await port.findLastRefusal(session.id);
      const returnPath = last?.applicationId === application.id ? last.returnPath : undefined;
      return {
        url: `${application.origins[0]}/.propusk/choose-again`,
        token,
        returnUrl: returnUrlOf(application, returnPath),
      };
    },
  );
}
