import { z } from 'zod';
import type { Session } from '../../accounts/ports.ts';
import { maskPhoneNumber } from '../../kernel/phone-number.ts';
import { formatAttachment } from '../content-disposition.ts';
import { certificateView, fileFormat, replacementCodeView, replaceRequest } from '../contract.ts';
import { limitActs } from '../limit-acts.ts';
import type { PortalOptions } from '../options.ts';
import type { PortalApp } from '../portal-app.ts';
import { presentCertificate } from '../present-certificate.ts';
import { actorOf, requireSignedIn } from '../visitor.ts';

const certificateAnswer = { schema: { response: { 200: certificateView } } };
const codeAnswer = { schema: { response: { 200: replacementCodeView } } };
const replaceRoute = { schema: { body: replaceRequest, response: { 200: certificateView } } };
const fileQuery = z.object({
  format: fileFormat.default('compatible'),
  extension: z.enum(['pfx', 'p12']).default('pfx'),
});

export function registerCertificateRoutes(app: PortalApp, options: PortalOptions): void {
  const { enrolment, notices, clock } = options;

  const present = async ({ id, account }: Session) =>
    presentCertificate(
      await enrolment.readStatus(account.id),
      await enrolment.readReplacement(account.id, id),
      await notices.listNotices(account.id, clock.now()),
    );

  app.get('/api/certificate', certificateAnswer, async (request) => {
    const { session } = await requireSignedIn(options, request);
    return await present(session);
  });

  app.post('/api/certificate/issue', certificateAnswer, async (request) => {
    const { session } = await requireSignedIn(options, request);
    await enrolment.issue(session.account.id, actorOf(session));
    return await present(session);
  });

  app.post('/api/certificate/send-password', certificateAnswer, async (request) => {
    const { session } = await requireSignedIn(options, request);
    await enrolment.sendPasswordAgain(session.account.id, actorOf(session));
    return await present(session);
  });

  app.post('/api/certificate/replacement/code', codeAnswer, async (request) => {
    const { session } = await requireSignedIn(options, request);
    const { id: accountId } = session.account;
    await limitActs(options, 'replace', accountId);
    const sent = await enrolment.sendReplacementCode(accountId, session.id, actorOf(session));
    return {
      phone: maskPhoneNumber(sent.phone),
      expiresAt: sent.expiresAt.toISOString(),
      resendAt: sent.resendAt.toISOString(),
    };
  });

  app.post('/api/certificate/replace', replaceRoute, async (request) => {
    const { session } = await requireSignedIn(options, request);
    const { id: accountId } = session.account;
    await limitActs(options, 'replace', accountId);
    const { code } = request.body;
    await enrolment.replace({ accountId, sessionId: session.id, code, actor: actorOf(session) });
    return await present(session);
  });

  app.get('/api/certificate/file', { schema: { querystring: fileQuery } }, async (request, reply) => {
    const { session } = await requireSignedIn(options, request);
    const { format, extension } = request.query;
    await limitActs(options, 'file', session.account.id);
    const { file, fileName } = await enrolment.openFile(session.account.id, format, actorOf(session));
    return await reply
      .type('application/x-pkcs12')
      .header('content-disposition', formatAttachment(`${fileName}.${extension}`))
      .send(Buffer.from(file));
  });
}
