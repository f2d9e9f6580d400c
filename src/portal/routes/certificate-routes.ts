import { z } from 'zod';
import { formatAttachment } from '../content-disposition.ts';
import { certificateView, fileFormat } from '../contract.ts';
import { limitActs } from '../limit-acts.ts';
import type { PortalOptions } from '../options.ts';
import type { PortalApp } from '../portal-app.ts';
import { presentCertificate } from '../present-certificate.ts';
import { actorOf, requireSignedIn } from '../visitor.ts';

const certificateAnswer = { schema: { response: { 200: certificateView } } };
const fileQuery = z.object({
  format: fileFormat.default('compatible'),
  extension: z.enum(['pfx', 'p12']).default('pfx'),
});

export function registerCertificateRoutes(app: PortalApp, options: PortalOptions): void {
  const { enrolment } = options;

  app.get('/api/certificate', certificateAnswer, async (request) => {
    const { session } = await requireSignedIn(options, request);
    return presentCertificate(await enrolment.readStatus(session.account.id));
  });

  app.post('/api/certificate/issue', certificateAnswer, async (request) => {
    const { session } = await requireSignedIn(options, request);
    await enrolment.issue(session.account.id, actorOf(session));
    return presentCertificate(await enrolment.readStatus(session.account.id));
  });

  app.post('/api/certificate/send-password', certificateAnswer, async (request) => {
    const { session } = await requireSignedIn(options, request);
    await enrolment.sendPasswordAgain(session.account.id, actorOf(session));
    return presentCertificate(await enrolment.readStatus(session.account.id));
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
