import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { type Lab, openLab } from './harness/lab.ts';
import { startProcessGroup } from './harness/process-group.ts';
import { waitUntil } from './harness/wait-until.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { type DssPerson, openDssPerson } from './product/dss-person.ts';
import { createVisitor } from './product/visitor.ts';

const ADDRESSES_WORDS =
  'Не удалось подключиться к серверу DSS' +
  'Проверьте правильность ввода адресов серверов, доступ к сети Интернет';
const STS = 'Сервер авторизации DSS';
const DSS = 'Сервер DSS';

/** A practice DSS with a certificate of its own making. @returns its authorization server */
async function startUntrustedDss(lab: Lab): Promise<string> {
  const logFile = join(lab.directory, 'untrusted-dss.log');
  const program = await startProcessGroup(
    process.execPath,
    [resolve('simulators/dss/main.ts'), '--port', '0', '--tls-port', '0'],
    { logFile },
  );
  lab.onClose(() => program.kill());
  return await waitUntil(
    async () => {
      const said = await readFile(logFile, 'utf8').catch(() => '');
      return said.includes('Telephones: ') ? /https:\S+\/STS\/oauth/.exec(said)?.[0] : undefined;
    },
    { what: 'another practice DSS to start', timeoutMs: 40_000 },
  );
}

describe('what a person sees when a DSS fails', () => {
  let lab: Lab;
  let demo: Demo;
  let person: DssPerson;
  let page: Page;

  beforeAll(async () => {
    lab = await openLab();
    demo = await startDemo(lab);
    const file = await (await createVisitor(lab, demo, 'ivanov')).download();
    person = await openDssPerson(lab, demo, 'ivanov', file);
    page = person.page;
  });
  afterAll(() => lab.close());
  beforeEach(({ task }) => {
    onTestFailed(() => lab.saveEvidence(join('test-results', task.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-'))));
  });
  afterEach(async () => {
    await practise('reset', {});
  });

  const practise = async (what: string, body: object) => {
    const answer = await fetch(`${demo.dssPhonesUrl}/practice/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`/practice/${what}: ${answer.status}`);
  };

  /** On the form, or one press away from it where the servers took their time. */
  const backAtForm = async () => {
    const back = page.getByRole('link', { name: 'Изменить данные', exact: true });
    const notice = page.getByRole('alert').filter({ hasText: 'Не удалось подключиться' });
    await notice.waitFor({ timeout: 60_000 });
    const words = (await notice.textContent()) ?? '';
    if (!page.url().endsWith('/dss/new')) await back.click();
    await page.getByRole('heading', { name: 'Новое подключение к DSS' }).waitFor();
    return words;
  };

  const errorBeside = async (label: string) => {
    const field = page.getByLabel(label, { exact: true });
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
    return await page.evaluate<string>(
      `${JSON.stringify(ids)}.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')`,
    );
  };

  test.each([
    { kind: 'forbidden', place: 'sign-in', field: STS, words: 'Сервер DSS отказал в доступе.' },
    { kind: 'server-error', place: 'sign-in', field: STS, words: 'На сервере DSS ошибка.' },
    { kind: 'server-error', place: 'sign-server', field: DSS, words: 'На сервере DSS ошибка.' },
    { kind: 'html', place: 'sign-in', field: STS, words: 'По этому адресу отвечает не DSS.' },
    { kind: 'html', place: 'sign-server', field: DSS, words: 'По этому адресу отвечает не DSS.' },
    { kind: 'cut', place: 'sign-in', field: STS, words: 'Сервер не отвечает или обрывает соединение.' },
    { kind: 'cut-in-the-middle', place: 'sign-server', field: DSS, words: 'обрывает соединение.' },
    { kind: 'error-in-200', place: 'sign-in', field: STS, words: 'На сервере DSS ошибка.' },
  ])(
    '$kind of $place: the form stays, the message is beside its field',
    async ({ kind, place, field, words }) => {
      await practise('faults', { kind, place });
      await person.connect({ name: 'faulty', login: 'password' });
      const told = await backAtForm();
      expect(told).toContain(ADDRESSES_WORDS);
      expect(told).not.toContain('неверный логин или пароль');
      expect(await errorBeside(field)).toContain(words);
      expect(
        await page.getByLabel(field === STS ? DSS : STS, { exact: true }).getAttribute('aria-invalid'),
      ).not.toBe('true');
      expect(await page.getByLabel('Название подключения').inputValue()).toBe('faulty');
      expect(await page.getByLabel(STS, { exact: true }).inputValue()).toBe(`${demo.dssUrl}/STS/oauth`);
      expect(await page.getByLabel(DSS, { exact: true }).inputValue()).toBe(`${demo.dssUrl}/SignServer/rest`);
      expect(await page.getByLabel('Логин').inputValue()).toBe('password');
    },
  );

  test('401 of the authorization server is a wrong login or password, and of the DSS server is not', async () => {
    await practise('faults', { kind: 'unauthorized', place: 'sign-in' });
    await person.connect({ name: 'refused', login: 'open' });
    await person.givePassword('any');
    await page.getByText('Не удалось подключиться к серверу DSS: неверный логин или пароль').waitFor();
    await page.getByRole('button', { name: 'Отменить запрос' }).click();
    await page.getByText('Запрос отменён').waitFor();

    await practise('reset', {});
    await practise('faults', { kind: 'unauthorized', place: 'sign-server' });
    await person.connect({ name: 'refused_later', login: 'open' });
    const notice = page.getByRole('alert').filter({ hasText: 'Нужно войти снова' });
    await notice.waitFor();
    expect(await notice.textContent()).not.toContain('пароль');
  });

  test('the right JSON with another content type is taken', async () => {
    await practise('faults', { kind: 'wrong-type' });
    await person.connect({ name: 'other_type', login: 'open' });
    await person.waitForCertificates();
  });

  test('a certificate that nobody trusts has its own words, and so has a name that leads nowhere', async () => {
    const untrusted = await startUntrustedDss(lab);
    await person.connect({
      name: 'untrusted',
      login: 'open',
      authorizationServer: untrusted,
    });
    expect(await backAtForm()).toContain(ADDRESSES_WORDS);
    expect(await errorBeside(STS)).toContain('выдан удостоверяющим центром, которого мы не знаем');

    await person.connect({
      name: 'nowhere',
      login: 'open',
      dssServer: 'https://dss.invalid/SignServer/rest',
    });
    expect(await backAtForm()).not.toContain('неверный логин');
    expect(await errorBeside(DSS)).toContain('Сервера с таким именем нет.');
  });

  test('a sign-in that dies early asks for the password again without an error', async () => {
    await person.connect({ name: 'dies_early', login: 'password' });
    await person.givePassword('dss-password');
    await person.waitForCertificates();
    await practise('tokens/revoke', { login: 'password' });
    await page.goto(`${demo.consoleUrl}/dss`);
    await page.locator('tr[data-key]', { hasText: 'dies_early' }).click();
    await page.getByRole('button', { name: 'Обновить', exact: true }).click();
    await page.getByRole('heading', { name: 'Пароль к DSS' }).waitFor();
    expect(await page.getByText('Не удалось').count()).toBe(0);
    await person.givePassword('dss-password');
    await person.waitForCertificates();
  });

  test('a DSS that takes half a minute is waited for, and meanwhile another one connects', async () => {
    await practise('faults', { kind: 'slow', place: 'sign-in', seconds: 30, login: 'email' });
    await person.connect({ name: 'slow_answers', login: 'email' });
    await page.getByText('Входим в DSS…').waitFor();
    const slow = page.url();
    await person.connect({ name: 'meanwhile', login: 'open' });
    await person.waitForCertificates();
    await page.goto(slow);
    await page.getByRole('heading', { name: 'Введите код подтверждения' }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Отменить запрос' }).click();
    await page.getByText('Запрос отменён').waitFor();
  });

  test('two wait at once: one is confirmed, the other declined, each on its own page', async () => {
    const title = page.getByRole('heading', { name: 'Подтвердите операцию на телефоне' });
    await person.connect({ name: 'waits_one', login: 'sim' });
    await title.waitFor();
    const one = page.url();
    await person.connect({ name: 'waits_two', login: 'mobile' });
    await person.givePassword('dss-mobile');
    await title.waitFor();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Подключения DSS\s*2/ })
      .waitFor();
    await person.declineOnTelephone('mobile');
    await page.getByRole('alert').filter({ hasText: 'Операция отклонена' }).waitFor();
    await page.goto(one);
    await title.waitFor();
    await person.confirmOnTelephone('sim');
    await person.waitForCertificates();
  });

  test('a cancelled request says what the telephone still shows, and its confirmation changes nothing', async () => {
    await person.connect({ name: 'cancelled_one', login: 'sim' });
    await page.getByRole('heading', { name: 'Подтвердите операцию на телефоне' }).waitFor();
    await page.getByRole('button', { name: 'Отменить запрос' }).click();
    await page.getByText('Убрать запрос с телефона DSS не позволяет').waitFor();
    await person.confirmOnTelephone('sim');
    await page.getByRole('link', { name: 'Изменить данные', exact: true }).click();
    await expect.poll(() => page.getByLabel('Название подключения').inputValue()).toBe('cancelled_one');
    await page.goto(`${demo.consoleUrl}/dss`);
    await page.locator('tr[data-key]').first().waitFor();
    expect(await page.locator('tr[data-key]', { hasText: 'cancelled_one' }).count()).toBe(0);
  });

  test('after the import, what is missing has its button', async () => {
    await person.connect({ name: 'needs_root', login: 'open' });
    await person.waitForCertificates();
    await page.getByRole('heading', { name: 'Чего не хватает' }).waitFor({ timeout: 60_000 });
    const fixes = page.locator('main').getByRole('link').or(page.locator('main').getByRole('button'));
    await fixes
      .filter({
        hasText: /Установить корневой сертификат|Получить недостающий сертификат|Обновить список отзыва/,
      })
      .first()
      .waitFor();
  });
});
