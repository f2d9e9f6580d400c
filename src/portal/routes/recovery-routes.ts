import { recoveryCodeRequest, recoveryCodeView, recoveryRequest } from '../contract.ts';
import type { PortalOptions } from '../options.ts';
import type { PortalApp } from '../portal-app.ts';

/** A forgotten password. Nobody is signed in; what stands for that is the proof that a gate has sealed. */
export function registerRecoveryRoutes(app: PortalApp, { recovery }: PortalOptions): void {
  app.post(
    '/api/recovery/code',
    { schema: { body: recoveryCodeRequest, response: { 200: recoveryCodeView } } },
    (request) => recovery.sendCode(request.body.proof),
  );

  app.post('/api/recovery', { schema: { body: recoveryRequest } }, async (request, reply) => {
    await recovery.recover(request.body);
    return await reply.code(204).send();
  });
}
