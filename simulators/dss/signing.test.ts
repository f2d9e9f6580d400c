import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFixture } from './authority/authorities.ts';
import {
  bearer,
  DesktopManager,
  get,
  post,
  startTestSimulator,
  type TestSimulator,
} from './testing/client.ts';
import { openssl, verifyCms } from './testing/openssl.ts';
import { parameters, SigningClient } from './testing/signing-client.ts';

let simulator: TestSimulator;
let manager: SigningClient;

beforeAll(async () => {
  simulator = await startTestSimulator();
  manager = new SigningClient(simulator);
});

afterAll(() => simulator.close());

const DOCUMENT = Buffer.from('Договор № 17\r\nо поставке');

describe.each(['rsa', 'gost'] as const)('a signature of one document with %s', (algorithm) => {
  test.each([
    ['attached', 'false'],
    ['detached', 'true'],
  ])('%s, after a confirmation, verifies', async (_, IsDetached) => {
    const token = await manager.signInAs('mobile', 'dss-mobile');
    const answer = await manager.signConfirmed('mobile', token, {
      OperationCode: 2,
      Document: DOCUMENT.toString('base64'),
      Documents: [],
      Parameters: parameters(await manager.idOf(token, algorithm), { IsDetached }),
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
    const token = await manager.signInAs('open');
    const sign = async (Content: string, CmsSignatureType: string, IsDetached: boolean, original = '') => {
      const response = await post(`${manager.signServer}/api/documents`, bearer(token), {
        Content,
        Name: 'a.txt',
        Signature: {
          CertificateId: await manager.idOf(token, algorithm),
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
    const token = await manager.signInAs('open');
    const foreign = Buffer.concat([readFixture('gost-responder-key.pem'), readFixture('gost-responder.pem')]);
    const streamed = openssl(
      ['cms', '-sign', '-stream', '-nodetach', '-binary', '-in', 'd', '-signer', 's', '-outform', 'DER'],
      { d: DOCUMENT, s: foreign },
    ).stdout;
    const response = await post(`${manager.signServer}/api/documents`, bearer(token), {
      Content: streamed.toString('base64'),
      Name: 'a.sig',
      Signature: {
        CertificateId: await manager.idOf(token, 'rsa'),
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
  const token = await manager.signInAs('sim');
  const id = await manager.idOf(token, 'rsa');
  const documents = ['первый', 'второй'].map((text) => Buffer.from(text));
  const list = documents.map((one, index) => ({ Content: one.toString('base64'), Name: `${index}.txt` }));
  const package_ = (mode: string, Documents: object[]) => ({
    OperationCode: 4,
    Document: '',
    Documents,
    Parameters: parameters(id, { CmsSignatureType: mode }),
  });
  const answer = (await manager.signConfirmed(
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
  const cosigned = await manager.signConfirmed(
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
    const token = await manager.signInAs('sim');
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
    const token = await manager.signInAs('open');
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
        CertificateId: await manager.idOf(token, 'rsa'),
      },
    });
    expect(await signed.json()).toMatchObject({
      Operation: { Status: 'Completed', Result: { ProcessedDocuments: [{ ContentInfo: 'a.txt' }] } },
    });
    const other = await manager.signInAs('password', 'dss-password');
    const stolen = await sign(other, { BinaryData: [{ RefId: DocumentId }], Signature: { Type: 'CMS' } });
    expect(stolen.status).toBe(404);
  });
});
