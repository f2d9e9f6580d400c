import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  basic,
  bearer,
  DesktopManager,
  get,
  post,
  RESOURCE,
  type Step,
  startTestSimulator,
  type TestSimulator,
} from './testing/client.ts';
import { USERS } from './users.ts';

let simulator: TestSimulator;
let manager: DesktopManager;

beforeAll(async () => {
  simulator = await startTestSimulator();
});

afterAll(() => simulator.close());

beforeEach(() => {
  manager = new DesktopManager(simulator.url);
});

const accessToken = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/);

describe.each(['v1', 'v2.0'] as const)('sign-in by %s', (version) => {
  beforeEach(() => {
    manager = new DesktopManager(simulator.url, version);
  });

  test('somebody without password and second factor gets a token at once', async () => {
    expect(await manager.begin(basic('open'))).toEqual({
      IsFinal: true,
      IsError: false,
      AccessToken: accessToken,
      ExpiresIn: 300,
      RefreshToken: expect.any(String),
    });
  });

  test('an empty password of somebody who has one is 401, and so is a wrong one', async () => {
    await expect(manager.begin(basic('password'))).rejects.toThrow('код 401');
    await expect(manager.begin(basic('password', 'guess'))).rejects.toThrow('код 401');
    expect(await manager.begin(basic('password', 'dss-password'))).toMatchObject({
      AccessToken: accessToken,
    });
  });

  test.each([
    ['sim', '', 'simauth', false],
    ['mobile', 'dss-mobile', 'mydss?device-1', true],
  ])('%s is confirmed on the telephone', async (login, password, method, hasImage) => {
    const header = basic(login, password);
    const first = await manager.begin(header);
    expect(first).toMatchObject({ IsFinal: false, IsError: false });
    const [challenge] = first.Challenge?.TextChallenge ?? [];
    expect(first.Challenge?.TextChallenge).toHaveLength(1);
    expect(first.Challenge?.Title.Value).toBe('Подтверждение входа');
    expect(challenge).toMatchObject({
      ExpiresIn: 300,
      AuthnMethod: `http://dss.cryptopro.ru/identity/authenticationmethod/${method}`,
      RefID: first.Challenge?.ContextData.RefID,
    });
    expect(challenge?.Image === undefined).toBe(!hasImage);
    expect(await manager.poll(header, first)).toMatchObject({ IsFinal: false, IsError: false });
    simulator.answer(login, 'confirm');
    const final = await manager.poll(header, first);
    expect(final).toMatchObject({ IsFinal: true, IsError: false, AccessToken: accessToken, ExpiresIn: 300 });
    // A poll that was on its way is told the same.
    expect(await manager.poll(header, first)).toEqual(final);
  });

  test('what is declined on the telephone ends with an error', async () => {
    const first = await manager.begin(basic('sim'));
    simulator.answer('sim', 'decline');
    expect(await manager.poll(basic('sim'), first)).toEqual({
      IsFinal: true,
      IsError: true,
      Error: 'authentication_declined',
      ErrorDescription: 'Пользователь отклонил операцию',
    });
  });

  test('a code by SMS is asked for again when it is wrong, three times', async () => {
    const header = basic('sms', 'dss-sms');
    const first = await manager.begin(header);
    expect(first.Challenge?.TextChallenge?.[0]?.AuthnMethod).toMatch(/otpviasms$/);
    const code = simulator.waiting('sms').at(-1)?.code;
    expect(code).toMatch(/^\d{6}$/);
    const wrong = await manager.poll(header, first, 'guess');
    expect(wrong).toMatchObject({ IsFinal: false, IsError: false });
    expect(wrong.Challenge?.Title.Value).toBe('Неверный код. Осталось попыток: 2');
    expect(await manager.poll(header, first, code)).toMatchObject({
      IsFinal: true,
      AccessToken: accessToken,
    });

    const second = await manager.begin(header);
    await manager.poll(header, second, '1');
    await manager.poll(header, second, '2');
    expect(await manager.poll(header, second, '3')).toMatchObject({
      IsError: true,
      Error: 'max_attempts_exceeded',
    });
    expect(await manager.poll(header, second, code)).toMatchObject({ Error: 'max_attempts_exceeded' });
  });

  test('a code by e-mail works alike', async () => {
    const first = await manager.begin(basic('email'));
    const code = simulator.waiting('email').at(-1)?.code;
    expect(await manager.poll(basic('email'), first, code)).toMatchObject({ AccessToken: accessToken });
  });

  test('an application without a network shows a code that confirms and one that declines', async () => {
    const header = basic('qr', 'dss-qr');
    const first = await manager.begin(header);
    const image = Buffer.from(first.Challenge?.TextChallenge?.[0]?.Image?.Value ?? '', 'base64');
    expect(image.subarray(1, 4).toString('latin1')).toBe('PNG');
    const codes = simulator.waiting('qr').at(-1)?.offlineCodes;
    expect(await manager.poll(header, first, codes?.confirm)).toMatchObject({ AccessToken: accessToken });
    const second = await manager.begin(header);
    const others = simulator.waiting('qr').at(-1)?.offlineCodes;
    expect(await manager.poll(header, second, others?.decline)).toMatchObject({
      Error: 'authentication_declined',
    });
  });

  test('a request that nobody answers expires', async () => {
    const first = await manager.begin(basic('expires'));
    expect(first.Challenge?.TextChallenge?.[0]?.ExpiresIn).toBe(15);
    simulator.pass(14);
    expect(await manager.poll(basic('expires'), first)).toMatchObject({ IsFinal: false });
    simulator.pass(2);
    expect(await manager.poll(basic('expires'), first)).toMatchObject({
      IsFinal: true,
      IsError: true,
      Error: 'transaction_expired',
    });
    expect(simulator.waiting('expires')).toEqual([]);
  });

  test('one telephone declines by itself, another confirms after a while', async () => {
    const declined = await manager.begin(basic('declines'));
    const slow = await manager.begin(basic('slow'));
    simulator.pass(6);
    expect(await manager.poll(basic('declines'), declined)).toMatchObject({
      Error: 'authentication_declined',
    });
    expect(await manager.poll(basic('slow'), slow)).toMatchObject({ IsFinal: false });
    simulator.pass(15);
    expect(await manager.poll(basic('slow'), slow)).toMatchObject({ AccessToken: accessToken });
  });

  test('an unknown and a locked login are told apart from nothing', async () => {
    for (const header of [basic('nobody'), basic('locked'), basic('locked', 'dss-locked'), 'Basic !', '']) {
      const response = await post(manager.confirmationUrl, header, { Resource: RESOURCE });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ Message: 'Authorization has been denied for this request.' });
    }
  });

  test('login and password in Cyrillic, with a colon inside, are read as UTF-8', async () => {
    expect(await manager.begin(basic('щукина', 'пароль:с двоеточием'))).toMatchObject({
      AccessToken: accessToken,
    });
    expect(await manager.begin(basic('Щукина', 'пароль:с двоеточием'))).toMatchObject({
      AccessToken: accessToken,
    });
  });

  test('the resource is known in any letter case, another one is refused', async () => {
    expect(await manager.begin(basic('open'), { Resource: RESOURCE.toUpperCase() })).toMatchObject({
      AccessToken: accessToken,
    });
    await expect(manager.begin(basic('open'), { Resource: 'urn:other' })).rejects.toThrow('код 400');
    const response = await post(manager.confirmationUrl, basic('open'), { Resource: 'urn:other' });
    expect(await response.json()).toMatchObject({ IsError: true, Error: 'invalid_request' });
  });
});

describe('a dialogue', () => {
  test('belongs to who began it', async () => {
    const first = await manager.begin(basic('sim'));
    expect(await manager.poll(basic('open'), first)).toMatchObject({
      IsError: true,
      Error: 'invalid_transaction',
    });
    await expect(manager.poll(basic('sim', 'guess'), first)).rejects.toThrow('код 401');
  });

  test('is known to v1 and v2.0 alike', async () => {
    const first = await manager.begin(basic('sim'));
    simulator.answer('sim', 'confirm');
    const other = new DesktopManager(simulator.url, 'v2.0');
    expect(await other.poll(basic('sim'), first)).toMatchObject({ AccessToken: accessToken });
  });

  test('asks the telephone once, however often it is polled', async () => {
    const before = simulator.waiting('mobile').length;
    const header = basic('mobile', 'dss-mobile');
    const first = await manager.begin(header);
    for (let poll = 0; poll < 3; poll += 1) await manager.poll(header, first);
    expect(simulator.waiting('mobile')).toHaveLength(before + 1);
  });

  test('is forgotten some time after its end', async () => {
    const first = await manager.begin(basic('sim'));
    simulator.answer('sim', 'confirm');
    simulator.pass(11 * 60);
    await manager.begin(basic('sim'));
    expect(simulator.waiting('sim')).toHaveLength(1);
    expect(await manager.poll(basic('sim'), first)).toMatchObject({ Error: 'invalid_transaction' });
  });
});

describe('a client of v2 with names in camelCase', () => {
  const url = () => `${simulator.url}/STS/v2.0/confirmation`;

  test('signs in', async () => {
    const header = basic('sms', 'dss-sms');
    const first = (await (
      await post(url(), header, { resource: RESOURCE, clientId: 'practice', clientSecret: 'practice' })
    ).json()) as Step;
    const [challenge] = first.Challenge?.TextChallenge ?? [];
    const refId = challenge?.RefID;
    const value = simulator.waiting('sms').at(-1)?.code;
    const final = await post(url(), header, {
      resource: RESOURCE,
      clientId: 'practice',
      challengeResponse: { textChallengeResponse: [{ refId, value }] },
    });
    expect(await final.json()).toMatchObject({ IsFinal: true, AccessToken: accessToken });
  });
});

describe('a client that lets people choose', () => {
  test('sends the method and gets its challenge', async () => {
    const header = basic('choice', 'dss-choice');
    const first = await manager.begin(header, { ClientId: 'practice' });
    expect(first.Challenge?.TextChallenge).toBeUndefined();
    const choices = first.Challenge?.ChoiceChallenge?.[0]?.Choice ?? [];
    expect(choices.map(({ Label }) => Label)).toEqual(['КриптоПро Ключ', 'SMS', 'SIM-карта']);
    expect(simulator.waiting('choice')).toEqual([]);
    const choose = async (RefID: string | undefined) =>
      (await (
        await post(manager.confirmationUrl, header, {
          Resource: RESOURCE,
          ClientId: 'practice',
          ChallengeResponse: {
            ChoiceChallengeResponse: [
              { RefId: first.Challenge?.ContextData.RefID, ChoiceSelected: [{ RefID }] },
            ],
          },
        })
      ).json()) as Step;
    expect(await choose('urn:other')).toMatchObject({ IsError: true, Error: 'invalid_request' });
    const chosen = await choose(choices[1]?.RefID);
    expect(chosen).toMatchObject({ IsFinal: false, IsError: false });
    expect(chosen.Challenge?.TextChallenge?.[0]?.AuthnMethod).toMatch(/otpviasms$/);
    const code = simulator.waiting('choice').at(-1)?.code;
    expect(await manager.poll(header, chosen, code)).toMatchObject({ AccessToken: accessToken });
  });
});

describe('OAuth', () => {
  const token = (fields: Record<string, string>) =>
    fetch(`${simulator.url}/STS/oauth//token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'practice', resource: RESOURCE, ...fields }),
    });

  test('a password is taken from those without a second factor only', async () => {
    const good = await token({ grant_type: 'password', username: 'password', password: 'dss-password' });
    expect(await good.json()).toMatchObject({
      access_token: accessToken,
      expires_in: 300,
      token_type: 'Bearer',
    });
    for (const username of ['sim', 'nobody', 'password']) {
      const bad = await token({ grant_type: 'password', username, password: '' });
      expect(bad.status).toBe(400);
      expect(await bad.json()).toMatchObject({ error: 'invalid_grant' });
    }
  });

  test('a refresh token gives another token', async () => {
    const answer = await token({ grant_type: 'password', username: 'open', password: '' });
    const first = (await answer.json()) as { refresh_token: string };
    const second = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    expect(await second.json()).toMatchObject({ access_token: accessToken });
  });

  test('the implicit flow and the code come back by the out-of-band address', async () => {
    const authorize = async (type: string) => {
      const query = new URLSearchParams({
        client_id: 'practice',
        response_type: type,
        redirect_uri: 'urn:ietf:wg:oauth:2.0:oob:auto',
        login_hint: 'open',
      });
      const response = await fetch(`${simulator.url}/STS/oauth/authorize?${query}`, { redirect: 'manual' });
      expect(response.status).toBe(302);
      return new URLSearchParams(response.headers.get('location')?.split('?')[1]);
    };
    expect((await authorize('token')).get('access_token')).toEqual(accessToken);
    const code = (await authorize('code')).get('code') ?? '';
    const exchanged = await token({ grant_type: 'authorization_code', code });
    expect(await exchanged.json()).toMatchObject({ access_token: accessToken });
    expect((await token({ grant_type: 'authorization_code', code })).status).toBe(400);
  });
});

describe('a token', () => {
  test.each(['', 'Bearer undefined', 'Bearer', 'Basic b3Blbjo='])('of “%s” opens nothing', async (header) => {
    for (const path of ['certificates', 'policy']) {
      expect((await get(`${simulator.url}/SignServer/rest/api/${path}`, header)).status).toBe(401);
    }
  });

  test('dies when its time is over', async () => {
    const accepted = await manager.signIn('short');
    const url = `${simulator.url}/SignServer/rest/api/policy`;
    expect((await get(url, bearer(accepted))).status).toBe(200);
    simulator.pass(21);
    expect((await get(url, bearer(accepted))).status).toBe(401);
  });
});

test('every user has a login of their own and a text in both languages', () => {
  expect(new Set(USERS.map(({ login }) => login)).size).toBe(USERS.length);
  for (const { about } of USERS) expect(about.ru && about.en).toBeTruthy();
});

test('the addresses are found by webfinger', async () => {
  const response = await fetch(`${simulator.url}/.well-known/webfinger?resource=x`);
  const found = (await response.json()) as { links: unknown[] }[];
  expect(found[0]?.links).toContainEqual({
    rel: 'http://dss.cryptopro.ru/sts',
    href: `${simulator.url}/STS`,
    title: { 'ru-RU': 'Центр идентификации' },
  });
});
