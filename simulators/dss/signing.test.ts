import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFixture } from './authority/authorities.ts';
import {
  basic,
  bearer,
  DesktopManager,
  get,
  post,
  startTestSimulator,
  type TestSimulator,
} from './testing/client.ts';
import { openssl, verifyCms } from './testing/openssl.ts';

let simulator: TestSimulator;
let manager: DesktopManager;

beforeAll(async () => {
  simulator = await startTestSimulator();
  manager = new DesktopManager(simulator.url);
});

afterAll(() => simulator.close());

const DOCUMENT = Buffer.from('Договор № 17\r\nо поставке');

interface Entry {
  readonly ID: number;
  readonly HasPin: boolean;
  readonly CertificateBase64: string;
  readonly Status: { readonly Value: string };
}

/** T1 of somebody, with or without a confirmation. */
async function signIn(login: string, password = ''): Promise<string> {
  const header = basic(login, password);
  const first = await manager.begin(header);
  if (first.AccessToken !== undefined) return first.AccessToken;
  const { code } = simulator.waiting(login).at(-1) ?? {};
  if (code === undefined) simulator.answer(login, 'confirm');
  const final = await manager.poll(header, first, code);
  return final.AccessToken ?? '';
}

async function certificates(token: string): Promise<readonly Entry[]> {
  return (await (await get(`${manager.signServer}/api/certificates`, bearer(token))).json()) as Entry[];
}

async function idOf(token: string, algorithm: 'rsa' | 'gost'): Promise<number> {
  // id-tc26-gost3410-12-256 and -512 begin alike
  const isGost = ({ CertificateBase64 }: Entry) =>
    Buffer.from(CertificateBase64, 'base64').includes(Buffer.from('2a850307010101', 'hex'));
  return (await certificates(token)).find((entry) => isGost(entry) === (algorithm === 'gost'))?.ID ?? -1;
}

/** Transaction, confirmation, signature: the calls of the desktop manager in their order. */
async function signConfirmed(
  login: string,
  token: string,
  transaction: object,
  path: 'documents' | 'documents/packagesignature' = 'documents',
): Promise<unknown> {
  const created = await post(`${manager.signServer}/api/transactions`, bearer(token), transaction);
  expect(created.status).toBe(200);
  const id = (await created.json()) as string;
  const first = await manager.begin(bearer(token), { TransactionTokenId: id });
  expect(first.Challenge?.Title.Value).toBe('Подтверждение подписания');
  simulator.answer(login, 'confirm');
  const final = await manager.poll(bearer(token), first);
  const signed = await post(`${manager.signServer}/api/${path}`, bearer(final.AccessToken ?? ''), {});
  expect(signed.status).toBe(200);
  return signed.json();
}

function parameters(certificateId: number, more: Readonly<Record<string, string>> = {}): object[] {
  const values = {
    SignatureType: 'CMS',
    CertificateID: String(certificateId),
    IsDetached: 'false',
    CmsSignatureType: 'sign',
    PinCode: '',
    DocumentInfo: 'договор.txt',
    DocumentType: 'txt',
    ...more,
  };
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

describe.each(['rsa', 'gost'] as const)('a signature of one document with %s', (algorithm) => {
  test.each([
    ['attached', 'false'],
    ['detached', 'true'],
  ])('%s, after a confirmation, verifies', async (_, IsDetached) => {
    const token = await signIn('mobile', 'dss-mobile');
    const answer = await signConfirmed('mobile', token, {
      OperationCode: 2,
      Document: DOCUMENT.toString('base64'),
      Documents: [],
      Parameters: parameters(await idOf(token, algorithm), { IsDetached }),
    });
    const cms = Buffer.from(String(answer), 'base64');
    expect(cms.includes(DOCUMENT)).toBe(IsDetached === 'false');
    const detached = IsDetached === 'true' ? DOCUMENT : undefined;
    const verified = verifyCms(cms, algorithm, detached);
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.stdout.equals(DOCUMENT)).toBe(true);
    const other = Buffer.from('Договор № 18');
    if (detached) expect(verifyCms(cms, algorithm, other).code).not.toBe(0);
  });

  test('at once where nobody has to confirm; a second signer is added beside the first', async () => {
    const token = await signIn('open');
    const sign = async (Content: string, CmsSignatureType: string, IsDetached: boolean, original = '') => {
      const response = await post(`${manager.signServer}/api/documents`, bearer(token), {
        Content,
        Name: 'a.txt',
        Signature: {
          CertificateId: await idOf(token, algorithm),
          Type: 5,
          PinCode: '',
          Parameters: { CmsSignatureType, IsDetached, OriginalDocument: original },
        },
      });
      expect(response.status).toBe(200);
      return (await response.json()) as string;
    };
    for (const isDetached of [false, true]) {
      const original = isDetached ? DOCUMENT.toString('base64') : '';
      const once = await sign(DOCUMENT.toString('base64'), 'Sign', isDetached);
      const twice = Buffer.from(await sign(once, 'cosign', isDetached, original), 'base64');
      expect(verifyCms(twice, algorithm, isDetached ? DOCUMENT : undefined)).toMatchObject({ code: 0 });
      const printed = openssl(['cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'cms'], {
        cms: twice,
      }).text;
      expect(printed.match(/d\.issuerAndSerialNumber/g)).toHaveLength(2);
    }
  });
});

describe('a second signer', () => {
  test('is added to a signature that OpenSSL made, in BER with indefinite lengths too', async () => {
    const token = await signIn('open');
    const foreign = Buffer.concat([readFixture('gost-responder-key.pem'), readFixture('gost-responder.pem')]);
    const streamed = openssl(
      ['cms', '-sign', '-stream', '-nodetach', '-binary', '-in', 'd', '-signer', 's', '-outform', 'DER'],
      { d: DOCUMENT, s: foreign },
    ).stdout;
    const response = await post(`${manager.signServer}/api/documents`, bearer(token), {
      Content: streamed.toString('base64'),
      Name: 'a.sig',
      Signature: {
        CertificateId: await idOf(token, 'rsa'),
        Type: 'CMS',
        Parameters: { CmsSignatureType: 'cosign', IsDetached: 'false' },
      },
    });
    const cms = Buffer.from((await response.json()) as string, 'base64');
    const verified = openssl(['cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', 'cms'], {
      cms,
    });
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.stdout.equals(DOCUMENT)).toBe(true);
  });
});

test('a package keeps order and count, and says which document failed', async () => {
  const token = await signIn('sim');
  const id = await idOf(token, 'rsa');
  const documents = ['первый', 'второй'].map((text) => Buffer.from(text));
  const list = documents.map((one, index) => ({ Content: one.toString('base64'), Name: `${index}.txt` }));
  const package_ = (mode: string, Documents: object[]) => ({
    OperationCode: 4,
    Document: '',
    Documents,
    Parameters: parameters(id, { CmsSignatureType: mode }),
  });
  const answer = (await signConfirmed(
    'sim',
    token,
    package_('sign', list),
    'documents/packagesignature',
  )) as {
    Results: string[];
    Errors: unknown[];
  };
  expect(answer.Errors).toEqual([null, null]);
  answer.Results.forEach((result, index) => {
    const verified = verifyCms(Buffer.from(result, 'base64'), 'rsa');
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.stdout.equals(documents[index] ?? Buffer.alloc(0))).toBe(true);
  });
  const cosigned = await signConfirmed(
    'sim',
    token,
    package_('cosign', [{ Content: answer.Results[0], Name: 'a' }, ...list.slice(1)]),
    'documents/packagesignature',
  );
  expect(cosigned).toEqual({ Results: [expect.any(String), null], Errors: [null, 'invalid_content'] });
});

describe('API v2', () => {
  const sign = (token: string, body: object) =>
    post(`${simulator.url}/SignServer/api/v2/signature`, bearer(token), body);

  test('an operation is made, confirmed by OperationId in camelCase, and finished', async () => {
    const token = await signIn('sim');
    const created = await sign(token, {
      binaryData: [{ content: DOCUMENT.toString('base64'), contentInfo: 'a.txt' }],
      signature: { type: 'CAdES', parameters: { CADESType: 'BES', IsDetached: 'true' }, certificateId: 0 },
    });
    const { Operation } = (await created.json()) as { Operation: { Id: string; Status: string } };
    expect(Operation.Status).toBe('Created');
    const state = () => get(`${simulator.url}/STS/operations/${Operation.Id}`, bearer(token));
    expect(await (await state()).json()).toMatchObject({ State: 'Created' });
    const other = new DesktopManager(simulator.url, 'v2.0');
    const first = await other.begin(bearer(token), { clientId: 'practice', operationId: Operation.Id });
    simulator.answer('sim', 'confirm');
    const final = await other.poll(bearer(token), first);
    const done = await sign(final.AccessToken ?? '', {});
    const answer = (await done.json()) as {
      Operation: { Status: string; Result: { ProcessedDocuments: { Content: string; Status: string }[] } };
    };
    expect(answer.Operation.Status).toBe('Completed');
    const cms = Buffer.from(answer.Operation.Result.ProcessedDocuments[0]?.Content ?? '', 'base64');
    expect(verifyCms(cms, 'gost', DOCUMENT)).toMatchObject({ code: 0 });
    const printed = openssl(['cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'cms'], { cms }).text;
    expect(printed).toContain('id-smime-aa-signingCertificateV2');
    expect(await (await state()).json()).toMatchObject({ State: 'Completed' });
  });

  test('a document is stored first and signed by its RefId', async () => {
    const token = await signIn('open');
    const stored = await fetch(`${simulator.url}/DocumentStore/api/documents`, {
      method: 'POST',
      headers: {
        authorization: bearer(token),
        'content-type': 'application/octet-stream',
        'CPDSS-POSTDOC': Buffer.from(JSON.stringify({ FileName: 'a.txt' })).toString('base64url'),
      },
      body: DOCUMENT,
    });
    const { DocumentId } = (await stored.json()) as { DocumentId: string };
    const read = await get(
      `${simulator.url}/DocumentStore/api/documents/${DocumentId}/content`,
      bearer(token),
    );
    expect(Buffer.from(await read.arrayBuffer()).equals(DOCUMENT)).toBe(true);
    const signed = await sign(token, {
      BinaryData: [{ RefId: DocumentId }],
      Signature: {
        Type: 'CMS',
        Parameters: { IsDetached: 'false' },
        CertificateId: await idOf(token, 'rsa'),
      },
    });
    expect(await signed.json()).toMatchObject({
      Operation: { Status: 'Completed', Result: { ProcessedDocuments: [{ ContentInfo: 'a.txt' }] } },
    });
    const other = await signIn('password', 'dss-password');
    const stolen = await sign(other, { BinaryData: [{ RefId: DocumentId }], Signature: { Type: 'CMS' } });
    expect(stolen.status).toBe(404);
  });
});

describe('what is refused', () => {
  const transaction = (id: number, more?: Readonly<Record<string, string>>) => ({
    OperationCode: 2,
    Document: DOCUMENT.toString('base64'),
    Documents: [],
    Parameters: parameters(id, more),
  });
  const create = (token: string, body: object) =>
    post(`${manager.signServer}/api/transactions`, bearer(token), body);

  test('signing without the confirmation that the policy asks for is 403', async () => {
    const token = await signIn('sim');
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
    const token = await signIn('states');
    const entry = (await certificates(token)).find(({ HasPin }) => HasPin);
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
    const token = await signIn('open');
    const other = (await certificates(await signIn('password', 'dss-password')))[0]?.ID ?? 0;
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
    const token = await signIn('sim');
    const id = (await (await create(token, transaction(0))).json()) as string;
    const other = await signIn('open');
    const invalid = { IsError: true, Error: 'invalid_transaction' };
    expect(await manager.begin(bearer(other), { TransactionTokenId: id })).toMatchObject(invalid);
    const first = await manager.begin(bearer(token), { TransactionTokenId: id });
    simulator.answer('sim', 'decline');
    expect(await manager.poll(bearer(token), first)).toMatchObject({ Error: 'authentication_declined' });
    expect(await manager.begin(bearer(token), { TransactionTokenId: id })).toMatchObject(invalid);
    const late = (await (await create(token, transaction(0))).json()) as string;
    simulator.pass(200);
    const again = await signIn('sim');
    simulator.pass(250);
    const third = await signIn('sim');
    simulator.pass(200);
    expect(again).not.toBe(third);
    expect(await manager.begin(bearer(third), { TransactionTokenId: late })).toMatchObject({
      Error: 'transaction_expired',
    });
  });

  test('a token of one transaction signs no other, and a suspended certificate signs nothing', async () => {
    const token = await signIn('states');
    const entries = await certificates(token);
    const suspended = entries.find(({ Status }) => Status.Value === 'ON_HOLD');
    const id = (await (await create(token, transaction(suspended?.ID ?? 0))).json()) as string;
    const { AccessToken = '' } = await manager.begin(bearer(token), { TransactionTokenId: id });
    const wrong = await post(`${manager.signServer}/api/documents/packagesignature`, bearer(AccessToken), {});
    expect(await wrong.json()).toMatchObject({ Message: 'wrong_operation' });
    const signed = await post(`${manager.signServer}/api/documents`, bearer(AccessToken), {});
    expect(await signed.json()).toMatchObject({ Message: 'invalid_certificate' });
  });
});
