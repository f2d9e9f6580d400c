import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { type DssPerson, openDssPerson } from './product/dss-person.ts';
import { createVisitor } from './product/visitor.ts';

/** One person in one browser meets every kind of user that the practice DSS has; its telephones are the pages people see. */
describe('every kind of DSS user, in a browser', () => {
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

  const waitingFor = (login: string) =>
    person.onTelephone(login, (telephone) => telephone.locator('[data-request]').count());

  const readCode = (login: string, place: string) =>
    person.onTelephone(login, async (telephone) =>
      ((await telephone.locator(place).first().textContent()) ?? '').trim(),
    );

  const typeCode = async (code: string) => {
    await page.getByLabel('Код', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Подтвердить', exact: true }).click();
  };

  const failedWith = async (title: string) => {
    const notice = page.getByRole('alert').filter({ hasText: title });
    await notice.waitFor({ timeout: 60_000 });
    return (await notice.textContent()) ?? '';
  };

  test.each([
    { login: 'open', got: 'Получено 2 сертификата.' },
    { login: 'none', got: 'Вход выполнен, но сертификатов на сервере нет.' },
    { login: 'damaged', got: '1 запись не читается и пропущена.' },
    { login: 'states', got: 'Получено 11 сертификатов.' },
  ])('$login: connected without a password and without a telephone', async ({ login, got }) => {
    await person.connect({ name: `as_${login}`, login });
    await person.waitForCertificates();
    await page.getByText(got).waitFor();
    expect(await page.getByLabel('Пароль', { exact: true }).count()).toBe(0);
  });

  test.each([
    { name: 'by_password', login: 'password', password: 'dss-password' },
    { name: 'by_cyrillic', login: 'щукина', password: 'пароль:с двоеточием' },
  ])('$login: the password alone', async ({ name, login, password }) => {
    await person.connect({ name, login });
    await person.givePassword(password);
    await person.waitForCertificates();
  });

  test.each([
    { name: 'sim_v1', login: 'sim', usesV2: false },
    { name: 'sim_v2', login: 'sim', usesV2: true },
  ])('$name: the SIM card is asked once, and confirmed on the telephone', async ({ name, login, usesV2 }) => {
    await person.connect({ name, login, usesV2 });
    await page.getByText('На экране телефона появится запрос от SIM-карты.').waitFor();
    expect(await waitingFor(login)).toBe(1);
    await person.confirmOnTelephone(login);
    await person.waitForCertificates();
  });

  test('mobile: the password, then the application', async () => {
    await person.connect({ name: 'by_mobile', login: 'mobile', usesV2: true });
    await person.givePassword('dss-mobile');
    await page.getByText('Откройте на телефоне приложение').waitFor();
    await person.confirmOnTelephone('mobile');
    await person.waitForCertificates();
  });

  test('sms: a wrong code is said beside its field, the right one connects', async () => {
    await person.connect({ name: 'by_sms', login: 'sms' });
    await person.givePassword('dss-sms');
    await page.getByRole('heading', { name: 'Введите код подтверждения' }).waitFor();
    const code = await readCode('sms', '[data-code]');
    await typeCode(code === '000 000' ? '000001' : '000000');
    await page.getByText('Код неверен. Проверьте и введите ещё раз').waitFor();
    await typeCode(code);
    await person.waitForCertificates();
  });

  test('email: a code from a letter', async () => {
    await person.connect({ name: 'by_email', login: 'email' });
    await page.getByText('На вашу электронную почту отправлено письмо с кодом.').waitFor();
    await typeCode(await readCode('email', '[data-code]'));
    await person.waitForCertificates();
  });

  test('qr: the picture, and the code that the application shows without a network', async () => {
    await person.connect({ name: 'by_qr', login: 'qr' });
    await person.givePassword('dss-qr');
    await page.getByText('На телефоне нет интернета?').click();
    const picture = page.getByRole('img', { name: 'QR-код для приложения' });
    await picture.waitFor();
    await expect
      .poll(() => picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth !== 0))
      .toBe(true);
    await typeCode(await readCode('qr', '[data-confirm-code]'));
    await person.waitForCertificates();
  });

  test('qr: the other code declines', async () => {
    await person.connect({ name: 'by_qr_declined', login: 'qr' });
    await person.givePassword('dss-qr');
    await page.getByText('На телефоне нет интернета?').click();
    await typeCode(await readCode('qr', '[data-decline-code]'));
    expect(await failedWith('Операция отклонена')).not.toContain('пароль');
  });

  test('choice: the person chooses among the methods', async () => {
    await person.connect({ name: 'by_choice', login: 'choice' });
    await person.givePassword('dss-choice');
    await page.getByRole('heading', { name: 'Как подтвердить?' }).waitFor();
    await page.getByLabel('SMS').check();
    await page.getByRole('button', { name: 'Продолжить' }).click();
    await page.getByRole('heading', { name: 'Введите код подтверждения' }).waitFor();
    await typeCode(await readCode('choice', '[data-code]'));
    await person.waitForCertificates();
  });

  test('locked: as a wrong login or password, because the service says no more', async () => {
    await person.connect({ name: 'as_locked', login: 'locked' });
    await person.givePassword('dss-locked');
    await page.getByText('Не удалось подключиться к серверу DSS: неверный логин или пароль').waitFor();
    await page.getByRole('button', { name: 'Отменить запрос' }).click();
    await page.getByText('Запрос отменён').waitFor();
  });

  test('slow: the window still waits after a reload, and ends by itself', async () => {
    await person.connect({ name: 'as_slow', login: 'slow' });
    const title = page.getByRole('heading', { name: 'Подтвердите операцию на телефоне' });
    await title.waitFor();
    const number = page.getByText(/^Номер запроса: [\da-f-]{36}$/);
    const before = await number.textContent();
    await page.reload();
    await title.waitFor();
    expect(await number.textContent()).toBe(before);
    expect(await waitingFor('slow')).toBe(1);
    await page.getByText('Сертификаты DSS в хранилище «Личные»').waitFor({ timeout: 60_000 });
  });

  test('declines: it is said that the telephone declined', async () => {
    await person.connect({ name: 'as_declines', login: 'declines' });
    const words = await failedWith('Операция отклонена');
    expect(words).toContain('Операция отклонена на телефоне.');
    expect(words).not.toContain('адрес');
  });

  test('expires: it is said that the time is over', async () => {
    await person.connect({ name: 'as_expires', login: 'expires' });
    expect(await failedWith('Время вышло')).toContain('Время ожидания подтверждения истекло.');
  });
});
