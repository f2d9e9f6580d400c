import { expect, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
import { createSessionsSection } from './sessions-section.ts';

const open = () =>
  openConsoleLab({
    sections: (store) => [
      createSessionsSection({
        port: store.ownSessions,
        nameOfApplication: (id, locale) => (id === 'console' && locale === 'ru' ? 'Рабочее место' : id),
      }),
    ],
  });

test('a person sees where they are signed in, this browser first', async () => {
  const { openAs, openBrowser, clock } = await open();
  const first = await openAs('ivanov');
  clock.advance(300);
  const second = await openBrowser(first.account);
  await openAs('petrov');
  const { sessions } = (await first.get('/api/sessions')).json();
  expect(sessions).toMatchObject([
    {
      id: first.session.id,
      isCurrent: true,
      device: { browser: null, version: null, system: null },
      userAgent: 'Mozilla/5.0',
      address: '192.0.2.7',
      applications: ['Рабочее место'],
    },
    { id: second.session.id, isCurrent: false },
  ]);
});

test('another browser’s session is ended, and its next request refused', async () => {
  const { openAs, openBrowser } = await open();
  const first = await openAs('ivanov');
  const second = await openBrowser(first.account);
  expect((await second.get('/api/me')).status).toBe(200);
  expect((await first.send('POST', `/api/sessions/${second.session.id}/end`)).status).toBe(204);
  expect((await second.get('/api/me')).status).toBe(401);
  // The page did not know yet.
  expect((await first.send('POST', `/api/sessions/${second.session.id}/end`)).status).toBe(204);
});

test('somebody else’s session is as unknown as none', async () => {
  const { openAs } = await open();
  const ivanov = await openAs('ivanov');
  const petrov = await openAs('petrov');
  for (const id of [petrov.session.id, '00000000-0000-4000-8000-000000000000']) {
    const answer = await ivanov.send('POST', `/api/sessions/${id}/end`);
    expect(answer.json()).toMatchObject({ code: 'not-found' });
  }
  expect((await ivanov.send('POST', '/api/sessions/x/end')).json()).toMatchObject({
    code: 'request-invalid',
  });
  expect((await petrov.get('/api/me')).status).toBe(200);
});

test('all others are ended at once', async () => {
  const { openAs, openBrowser } = await open();
  const first = await openAs('ivanov');
  const others = [await openBrowser(first.account), await openBrowser(first.account)];
  expect((await first.send('POST', '/api/sessions/end-others')).json()).toEqual({ ended: 2 });
  for (const other of others) expect((await other.get('/api/me')).status).toBe(401);
  expect((await first.get('/api/me')).status).toBe(200);
});

test('the history tells of sign-ins', async () => {
  const { openAs, openBrowser, clock } = await open();
  const first = await openAs('ivanov');
  clock.advance(60);
  await openBrowser(first.account);
  expect((await first.get('/api/sessions/history')).json().events).toMatchObject([
    { kind: 'signed-in', at: '2026-11-22T09:31:00.000Z', address: '192.0.2.7' },
    { kind: 'signed-in', at: '2026-11-22T09:30:00.000Z' },
  ]);
});
