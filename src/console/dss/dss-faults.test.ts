import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listFailures, makeUnknownCertificate, openDssLab } from '../../../test/dss-lab.ts';
import { DSS_FAILURES } from '../../dss/protocol/dss-error.ts';
import { failureCode } from './contract.ts';

describe('what goes wrong with a DSS', () => {
  test('has the same names for the pages and in the client', () => {
    expect([...failureCode.options].sort()).toEqual([...DSS_FAILURES].sort());
  });

  test.each([
    { kind: 'server-error', place: 'everywhere', failure: 'server-error', at: 'authorization-server' },
    { kind: 'html', place: 'everywhere', failure: 'not-a-dss', at: 'authorization-server' },
    { kind: 'html', place: 'sign-server', failure: 'not-a-dss', at: 'dss-server' },
    { kind: 'cut', place: 'everywhere', failure: 'unreachable', at: 'authorization-server' },
    { kind: 'cut-in-the-middle', place: 'sign-server', failure: 'unreachable', at: 'dss-server' },
    { kind: 'forbidden', place: 'sign-in', failure: 'forbidden', at: 'authorization-server' },
    { kind: 'server-error', place: 'sign-server', failure: 'server-error', at: 'dss-server' },
  ] as const)('$kind of $place is $failure', async ({ kind, place, failure, at }) => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    lab.simulator.setFault({ kind, place });
    const { state } = (await dss.connect('open')).json();
    expect(state).toEqual({ kind: 'failed', failure, place: at });
    expect(await listFailures(lab.store)).toMatchObject([
      { failure, dssServer: lab.servers.dssServer, step: 'certificates' },
    ]);
  });

  test('JSON of another content type is taken all the same', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    lab.simulator.setFault({ kind: 'wrong-type' });
    expect((await dss.connect('open')).json().state.kind).toBe('done');
  });

  test('a wrong address never looks like a wrong password', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const other = createServer((_request, response) => response.writeHead(404).end('no'));
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    onTestFinished(() => void other.close());
    const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const wrongSts = await dss.connect('password', { authorizationServer: `${origin}/STS/oauth` });
    expect(wrongSts.json().state).toEqual({
      kind: 'failed',
      failure: 'not-a-dss',
      place: 'authorization-server',
    });
    const wrongDss = await dss.connect('password', { dssServer: `${origin}/SignServer/rest`, name: 'two' });
    expect(wrongDss.json().state).toEqual({ kind: 'failed', failure: 'not-a-dss', place: 'dss-server' });
  });

  test('the two fields that are mixed up are told apart from a wrong password', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { authorizationServer, dssServer } = lab.servers;
    const answer = await dss.connect('open', {
      authorizationServer: dssServer,
      dssServer: authorizationServer,
    });
    expect(answer.json().state).toMatchObject({ kind: 'failed', failure: 'not-a-dss' });
  });

  test('an address that is none is refused beside its field, and nothing is asked', async () => {
    const lab = await openDssLab({ allowHttp: false });
    const { dss } = await lab.openAs('ivanov');
    const plain = await dss.connect('open');
    expect([plain.status, plain.json().code]).toEqual([400, 'dss-authorization-address']);
    const ftp = await dss.connect('open', { authorizationServer: '', dssServer: 'ftp://dss.example/' });
    expect([ftp.status, ftp.json().code]).toEqual([400, 'dss-server-address']);
    const none = await dss.connect('open', { authorizationServer: '', dssServer: '' });
    expect(none.json().code).toBe('dss-authorization-address');
    expect(lab.simulator.calls()).toEqual([]);
  });

  test('an address of a private network needs the administrator', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const answer = await dss.connect('open', {
      authorizationServer: 'http://10.1.2.3/STS/oauth',
      dssServer: '',
    });
    expect(answer.json().state).toEqual({
      kind: 'failed',
      failure: 'address-refused',
      place: 'authorization-server',
    });
  });

  test('nobody there, and a name that nobody has', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const nobody = await dss.connect('open', { authorizationServer: 'http://127.0.0.1:1/STS/oauth' });
    expect(nobody.json().state).toMatchObject({ failure: 'unreachable', place: 'authorization-server' });
  });

  test('a certificate of an unknown authority is said to be that', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const port = await serveTls({});
    const answer = await dss.connect('open', {
      authorizationServer: `https://127.0.0.1:${port}/STS/oauth`,
      dssServer: '',
    });
    expect(answer.json().state).toMatchObject({ failure: 'tls-untrusted', place: 'authorization-server' });
  });

  test('a server that speaks none of our algorithms may speak GOST only', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    // It takes one suite that clients do not offer, as a server with GOST suites alone does.
    const port = await serveTls({
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-RSA-CAMELLIA256-SHA384:ADH-AES128-SHA@SECLEVEL=0',
    });
    const answer = await dss.connect('open', {
      authorizationServer: `https://127.0.0.1:${port}/STS/oauth`,
      dssServer: '',
    });
    expect(answer.json().state).toMatchObject({ failure: 'tls-gost', place: 'authorization-server' });
  });
});

async function serveTls(options: object): Promise<number> {
  const { certificatesPem, privateKeyPem } = makeUnknownCertificate();
  const server = createTlsServer(
    { cert: certificatesPem, key: privateKeyPem, ...options },
    (_request, response) => response.end(),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
