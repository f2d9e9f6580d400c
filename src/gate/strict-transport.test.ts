import { expect, onTestFinished, test } from 'vitest';
import { CRM, type GateLab, type LabOptions, openGateLab } from './testing/gate-lab.ts';

async function open(options: LabOptions): Promise<GateLab> {
  const lab = await openGateLab(options);
  onTestFinished(() => lab.close());
  return lab;
}

/** The answer to the first visit, which begins with a redirect. */
const visit = (lab: GateLab, host: string) =>
  lab.request({ path: '/', headers: { host, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } });

test('at port 443 the first redirect tells browsers to come over https only', async () => {
  const lab = await open({ portalOrigin: 'https://id.propusk.localhost' });
  const answer = await visit(lab, CRM);
  expect(answer.status).toBe(303);
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
});

test('at another port we are not alone on the host, and it is not said', async () => {
  const lab = await open({});
  const answer = await visit(lab, `${CRM}:8443`);
  expect(answer.status).toBe(303);
  expect(answer.headers['strict-transport-security']).toBeUndefined();
});
