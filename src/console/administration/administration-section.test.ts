import { describe, expect, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
import { testHasher } from '../../../test/enrolled.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { createPasswordChange } from '../../accounts/change-password.ts';
import { loginKey, parseLogin } from '../../kernel/login.ts';
import { createAdministrationSection } from './administration-section.ts';

const HOLD = 86_400;

async function open() {
  const lab = await openConsoleLab({
    sections: (store) => [
      createAdministrationSection({
        port: store.accountAdministration,
        certificates: store.certificateAdministration,
        accounts: store.accounts,
        enrolment: store.enrolment,
        hasher: testHasher,
        passwords: createPasswordChange({
          accounts: store.accounts,
          hasher: testHasher,
          throttle: store.throttle,
          clock: createFrozenClock(),
        }),
        holdSeconds: HOLD,
        channels: { sms: true, email: true },
        onMessageQueued: () => {},
      }),
    ],
  });
  const admin = await lab.openAs('admin');
  const ivanov = await lab.openAs('ivanov');
  const pathOf = (id: string) => `/api/administration/accounts/${id}`;
  /** An act with the revision of this moment. */
  const act = async (by: typeof admin, id: string, path: string, body?: unknown) => {
    const seen = await by.get(pathOf(id));
    return await by.send(path === '' ? 'PUT' : 'POST', `${pathOf(id)}${path}`, body, {
      'if-match': String(seen.headers.etag),
    });
  };
  const edit = (by: typeof admin, id: string, change: Record<string, string>) =>
    act(by, id, '', {
      displayName: 'Иванов Иван',
      phone: '+79161234712',
      email: 'ivanov@example.com',
      role: 'user',
      ...change,
    });
  return { ...lab, admin, ivanov, act, edit, pathOf };
}

const codeOf = (answer: { status: number; json(): { code?: string } }) =>
  answer.status === 204 || answer.status === 200 ? answer.status : answer.json().code;

describe('accounts', () => {
  test('are listed, searched and filtered for operators and administrators only', async () => {
    const { admin, ivanov, openAs } = await open();
    const operator = await openAs('dezhurnaya');
    expect(codeOf(await ivanov.get('/api/administration/accounts'))).toBe('role-required');
    const logins = async (query: string) =>
      (await operator.get(`/api/administration/accounts?${query}`))
        .json()
        .accounts.map(({ login }: { login: string }) => login);
    expect(await logins('')).toEqual(['admin', 'dezhurnaya', 'ivanov']);
    expect(await logins(`search=${encodeURIComponent('ИВАНОВ')}`)).toEqual(['ivanov']);
    expect(await logins('search=%25')).toEqual([]);
    expect(await logins('certificate=none')).toEqual([]);
    expect(await logins('certificate=active&role=user')).toEqual(['ivanov']);
    expect(await logins('expires=30')).toEqual([]);
    expect(await logins('expires=366&direction=descending&limit=1')).toEqual(['ivanov']);
    expect((await admin.get('/api/administration/roles')).json().permissions.length).toBeGreaterThan(10);
  });

  test('are made with a first password that is shown once and has to be changed', async () => {
    const { admin, store } = await open();
    const answer = await admin.send('POST', '/api/administration/accounts', {
      login: 'sidorov',
      displayName: 'Сидоров',
      phone: '8 916 765-43-21',
      email: '',
      role: 'user',
      delivery: 'shown',
    });
    expect(answer.json()).toMatchObject({
      login: 'sidorov',
      password: expect.stringMatching(/^\w{4}(-\w{4}){3}$/),
    });
    expect(await store.accounts.findAccountByLogin(loginKey(parseLogin('sidorov')))).toMatchObject({
      passwordState: 'first',
      phone: '+79167654321',
    });
  });

  test('are not overwritten by whoever has seen an older state', async () => {
    const { admin, ivanov, edit, pathOf } = await open();
    const { id } = ivanov.account;
    const stale = String((await admin.get(pathOf(id))).headers.etag);
    expect(codeOf(await edit(admin, id, { displayName: 'Иванов И. И.' }))).toBe(204);
    const body = { displayName: 'Другой', phone: '', email: '', role: 'user' };
    expect(codeOf(await admin.send('PUT', pathOf(id), body, { 'if-match': stale }))).toBe('revision-changed');
    expect(codeOf(await admin.send('PUT', pathOf(id), body))).toBe('revision-required');
    expect((await admin.get(pathOf(id))).json().displayName).toBe('Иванов И. И.');
  });

  test('of operators and administrators are closed to operators, and one’s own to everybody', async () => {
    const { admin, openAs, edit, act } = await open();
    const operator = await openAs('dezhurnaya');
    for (const path of ['/block', '/password']) {
      const body = path === '/password' ? { delivery: 'shown' } : undefined;
      expect(codeOf(await act(operator, admin.account.id, path, body))).toBe('role-required');
      expect(codeOf(await act(admin, admin.account.id, path, body))).toBe('own-account');
    }
    expect(codeOf(await edit(operator, admin.account.id, {}))).toBe('role-required');
    expect(codeOf(await edit(admin, admin.account.id, { role: 'administrator' }))).toBe('own-account');
  });

  test('get another role by an administrator; a withdrawn one acts at once', async () => {
    const { admin, openAs, edit, ivanov, store } = await open();
    const operator = await openAs('dezhurnaya');
    expect(codeOf(await edit(operator, ivanov.account.id, { role: 'operator' }))).toBe('role-required');
    expect((await operator.get('/api/administration/accounts')).status).toBe(200);
    expect(codeOf(await edit(admin, operator.account.id, { phone: '', email: '', role: 'user' }))).toBe(204);
    expect(codeOf(await operator.get('/api/administration/accounts'))).toBe('role-required');
    const events = await store.audit.listEvents({ limit: 20, type: 'account-role-changed' });
    expect(events[0]?.event).toMatchObject({ before: 'operator', after: 'user' });
  });
});

describe('a changed telephone number', () => {
  test('is told to the former one and gets nothing for a day, or until a second administrator confirms it', async () => {
    const { admin, ivanov, edit, act, store, clock, openAs } = await open();
    const { id } = ivanov.account;
    await store.outbox.claimDueMessages(clock.now(), 50, 600);
    expect(codeOf(await edit(admin, id, { phone: '+79990000001' }))).toBe(204);
    const told = await store.outbox.claimDueMessages(clock.now(), 50, 60);
    expect(told.map(({ channel, to }) => [channel, to])).toEqual(
      expect.arrayContaining([
        ['sms', '+79161234712'],
        ['email', ivanov.account.email],
      ]),
    );
    expect((await store.accounts.findAccount(ivanov.account.id))?.phoneHeldUntil).toEqual(
      new Date(clock.now().getTime() + HOLD * 1000),
    );
    expect(codeOf(await act(admin, id, '/confirm-phone'))).toBe('second-person-required');
    const operator = await openAs('dezhurnaya');
    expect(codeOf(await act(operator, id, '/confirm-phone'))).toBe('role-required');
    expect(codeOf(await act(operator, id, '/password', { delivery: 'sms' }))).toBe('phone-held');
    expect(codeOf(await act(operator, id, '/password', { delivery: 'shown' }))).toBe(200);
  });

  test('and a reset password are not the work of one person within the time', async () => {
    const { admin, ivanov, edit, act, clock, openBrowser } = await open();
    const { id } = ivanov.account;
    expect(codeOf(await act(admin, id, '/password', { delivery: 'shown' }))).toBe(200);
    expect(codeOf(await edit(admin, id, { phone: '+79990000001' }))).toBe('second-person-required');
    clock.advance(HOLD + 1);
    const again = await openBrowser(admin.account);
    expect(codeOf(await edit(again, id, { phone: '+79990000001' }))).toBe(204);
    expect(codeOf(await act(again, id, '/password', { delivery: 'shown' }))).toBe('second-person-required');
  });
});

describe('certificates', () => {
  test('are suspended, resumed, revoked with a reason, and a new download is allowed', async () => {
    const { admin, ivanov } = await open();
    const { certificates } = (await admin.get('/api/administration/certificates?search=ivanov')).json();
    const base = `/api/administration/certificates/${certificates[0].id}`;
    const act = async (path: string, body: object) =>
      codeOf(await admin.send('POST', `${base}${path}`, body));
    expect(await act('/revoke', { reason: 'certificateHold', comment: '' })).toBe(204);
    expect((await admin.get(base)).json()).toMatchObject({ state: 'suspended', isCurrent: true });
    expect(await act('/resume', { comment: 'нашёл' })).toBe(204);
    expect(await act('/resume', { comment: '' })).toBe('certificate-state');
    expect((await ivanov.get('/api/me')).status).toBe(200);
    expect(await act('/revoke', { reason: 'keyCompromise', comment: 'ноутбук украден' })).toBe(204);
    expect((await admin.get(base)).json()).toMatchObject({
      state: 'revoked',
      revocationReason: 'keyCompromise',
      may: { allowDownload: true },
    });
    const allow = `/api/administration/accounts/${ivanov.account.id}/allow-download`;
    expect(codeOf(await admin.send('POST', allow))).toBe(204);
    expect(codeOf(await admin.send('POST', allow))).toBe('certificate-state');
  });

  test('are revoked many at once, each with its outcome; nothing in an answer is a secret', async () => {
    const { admin, openAs } = await open();
    await openAs('petrov');
    const list = await admin.get('/api/administration/certificates');
    const ids = list.json().certificates.map(({ id }: { id: string }) => id);
    const preview = await admin.send('POST', '/api/administration/certificates/preview', { ids });
    expect(preview.json()).toMatchObject({ sessions: 2 });
    const body = { ids, reason: 'cessationOfOperation', comment: '' };
    const { outcomes } = (
      await admin.send('POST', '/api/administration/certificates/revoke-many', body)
    ).json();
    const words = outcomes.map(({ outcome }: { outcome: string }) => outcome);
    expect(words.sort()).toEqual(['own-account', 'revoked', 'revoked']);
    expect(list.text + preview.text).not.toMatch(/password|private|BEGIN/i);
  });

  test('of administrators are not revoked by operators', async () => {
    const { admin, openAs } = await open();
    const operator = await openAs('dezhurnaya');
    const { certificates } = (await operator.get('/api/administration/certificates?search=admin')).json();
    const answer = await operator.send(
      'POST',
      `/api/administration/certificates/${certificates[0].id}/revoke`,
      {
        reason: 'keyCompromise',
        comment: '',
      },
    );
    expect(codeOf(answer)).toBe('role-required');
    expect((await admin.get('/api/me')).status).toBe(200);
  });
});

describe('import and export', () => {
  test('a preview names what is wrong, and the rows become accounts nobody can sign in to yet', async () => {
    const { admin, store } = await open();
    const text =
      'Логин;ФИО;Телефон;Почта\nsidorov;Сидоров;8 916 111-22-33;s@example.com\nIVANOV;Дважды;;\nsidorov;;;\nbad login;;;\nkuznetsov;;123;\n';
    const headers = { 'content-type': 'application/octet-stream' };
    const preview = await admin.sendRaw('POST', '/api/administration/import/preview', text, headers);
    expect(preview.json()).toMatchObject({
      encoding: 'utf-8',
      separator: 'semicolon',
      total: 5,
      problemCount: 4,
    });
    expect(
      preview
        .json()
        .problems.map(({ line, code }: { line: number; code: string }) => [line, code])
        .sort(),
    ).toEqual([
      [3, 'account-exists'],
      [4, 'duplicate-in-file'],
      [5, 'login-invalid'],
      [6, 'phone-invalid'],
    ]);
    const { ready } = preview.json();
    const send = async () =>
      (await admin.send('POST', '/api/administration/import/rows', { rows: ready })).json();
    expect(await send()).toEqual({ outcomes: ['created'] });
    expect(await send()).toEqual({ outcomes: ['exists'] });
    const made = await store.accounts.findAccountByLogin(loginKey(parseLogin('sidorov')));
    expect(made && (await store.accounts.findPasswordHash(made.id))).toBeUndefined();
  });

  test('others are answered while many rows are imported', async () => {
    const { admin } = await open();
    const rows = Array.from({ length: 500 }, (_, index) => ({
      login: `import${index}`,
      displayName: `Иванов Иван ${index}`,
      phone: `+7916${String(index).padStart(7, '0')}`,
      email: '',
    }));
    let isDone = false;
    const sending = admin.send('POST', '/api/administration/import/rows', { rows }).finally(() => {
      isDone = true;
    });
    let answered = 0;
    while (!isDone) {
      expect((await admin.get('/api/administration/roles')).status).toBe(200);
      answered += 1;
    }
    expect((await sending).json().outcomes).toEqual(rows.map(() => 'created'));
    // One transaction would let one or two of them in.
    expect(answered).toBeGreaterThan(6);
  });

  test('the export has everybody, without formulas, for administrators only', async () => {
    const { admin, openAs } = await open();
    const operator = await openAs('dezhurnaya');
    expect(codeOf(await operator.get('/api/administration/accounts.csv'))).toBe('role-required');
    const answer = await admin.get('/api/administration/accounts.csv');
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(answer.text.split('\r\n')).toHaveLength(5);
    expect(answer.text).toContain(`"'+79161234712"`);
  });
});
