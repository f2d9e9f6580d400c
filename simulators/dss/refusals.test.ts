import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, get, post, startTestSimulator, type TestSimulator } from './testing/client.ts';
import { parameters, SigningClient } from './testing/signing-client.ts';

let simulator: TestSimulator;
let manager: SigningClient;

beforeAll(async () => {
  simulator = await startTestSimulator();
  manager = new SigningClient(simulator);
});

afterAll(() => simulator.close());

const DOCUMENT = Buffer.from('Договор № 17\r\nо поставке');

describe('what is refused', () => {
  const transaction = (id: number, more?: Readonly<Record<string, string>>) => ({
    OperationCode: 2,
    Document: DOCUMENT.toString('base64'),
    Documents: [],
    Parameters: parameters(id, more),
  });
  const create = (token: string, body: object) => manager.createTransaction(token, body);

  test('signing without the confirmation that the policy asks for is 403', async () => {
    const token = await manager.signInAs('sim');
    const policy = await (await get(`${manager.signServer}/api/policy`, bearer(token))).json();
    expect(policy).toMatchObject({
      ActionPolicy: expect.arrayContaining([
        expect.objectContaining({ Action: 'Issue', MfaRequired: false }),
        expect.objectContaining({ Action: 'SignDocument', MfaRequired: true }),
        expect.objectContaining({ Action: 'SignDocuments', MfaRequired: true }),
      ]),
    });
    const direct = {
      Content: DOCUMENT.toString('base64'),
      Name: 'a',
      Signature: { CertificateId: 0, Type: 5 },
    };
    const signed = () => post(`${manager.signServer}/api/documents`, bearer(token), direct);
    expect((await signed()).status).toBe(403);
    await post(`${simulator.url}/practice/policy`, '', {
      login: 'sim',
      action: 'SignDocument',
      required: false,
    });
    expect((await signed()).status).toBe(200);
    await post(`${simulator.url}/practice/reset`, '', {});
    expect((await signed()).status).toBe(403);
  });

  test('a wrong PIN is 400 invalid_pin; the right one is taken from the transaction and from the call', async () => {
    const token = await manager.signInAs('states');
    const entry = (await manager.certificates(token)).find(({ HasPin }) => HasPin);
    const id = (await (await create(token, transaction(entry?.ID ?? 0))).json()) as string;
    const { AccessToken = '' } = await manager.begin(bearer(token), { TransactionTokenId: id });
    const sign = (body: object) => post(`${manager.signServer}/api/documents`, bearer(AccessToken), body);
    const wrong = await sign({ Signature: { PinCode: '0000' } });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ Message: 'invalid_pin' });
    expect((await sign({ Signature: { PinCode: '1234' } })).status).toBe(200);

    const withPin = transaction(entry?.ID ?? 0, { PinCode: '1234' });
    const second = (await (await create(token, withPin)).json()) as string;
    const confirmed = await manager.begin(bearer(token), { TransactionTokenId: second });
    const signed = await post(`${manager.signServer}/api/documents`, bearer(confirmed.AccessToken ?? ''), {});
    expect(signed.status).toBe(200);
    const check = (Pin: string) =>
      post(`${manager.signServer}/api/certificates/${entry?.ID}/pin/check`, bearer(token), { Pin });
    expect(await (await check('1234')).json()).toMatchObject({ IsValid: true });
    expect(await (await check('4321')).json()).toMatchObject({ IsValid: false });
  });

  test('another’s certificate, an empty document and an unknown operation are 400', async () => {
    const token = await manager.signInAs('open');
    const other =
      (await manager.certificates(await manager.signInAs('password', 'dss-password')))[0]?.ID ?? 0;
    const refused = async (body: object) => {
      const response = await create(token, body);
      return [response.status, ((await response.json()) as { Message: string }).Message];
    };
    expect(await refused(transaction(other))).toEqual([400, 'certificate_not_found']);
    expect(await refused({ ...transaction(0), Document: '' })).toEqual([400, 'content_required']);
    expect(await refused({ ...transaction(0), OperationCode: 64 })).toEqual([400, 'invalid_operation']);
    expect(await refused(transaction(0, { SignatureType: 'PDF' }))).toEqual([
      400,
      'invalid_signature_params',
    ]);
  });

  test('a transaction is confirmed by its owner only, once, in its time', async () => {
    const token = await manager.signInAs('sim');
    const id = (await (await create(token, transaction(0))).json()) as string;
    const other = await manager.signInAs('open');
    const invalid = { IsError: true, Error: 'invalid_transaction' };
    expect(await manager.begin(bearer(other), { TransactionTokenId: id })).toMatchObject(invalid);
    const first = await manager.begin(bearer(token), { TransactionTokenId: id });
    simulator.answer('sim', 'decline');
    expect(await manager.poll(bearer(token), first)).toMatchObject({ Error: 'authentication_declined' });
    expect(await manager.begin(bearer(token), { TransactionTokenId: id })).toMatchObject(invalid);
    const late = (await (await create(token, transaction(0))).json()) as string;
    simulator.pass(200);
    const again = await manager.signInAs('sim');
    simulator.pass(250);
    const third = await manager.signInAs('sim');
    simulator.pass(200);
    expect(again).not.toBe(third);
    expect(await manager.begin(bearer(third), { TransactionTokenId: late })).toMatchObject({
      Error: 'transaction_expired',
    });
  });

  test('a token of one transaction signs no other, and a suspended certificate signs nothing', async () => {
    const token = await manager.signInAs('states');
    const entries = await manager.certificates(token);
    const suspended = entries.find(({ Status }) => Status.Value === 'ON_HOLD');
    const id = (await (await create(token, transaction(suspended?.ID ?? 0))).json()) as string;
    const { AccessToken = '' } = await manager.begin(bearer(token), { TransactionTokenId: id });
    const wrong = await post(`${manager.signServer}/api/documents/packagesignature`, bearer(AccessToken), {});
    expect(await wrong.json()).toMatchObject({ Message: 'wrong_operation' });
    const signed = await post(`${manager.signServer}/api/documents`, bearer(AccessToken), {});
    expect(await signed.json()).toMatchObject({ Message: 'invalid_certificate' });
  });
});
