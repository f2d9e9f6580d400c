import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askOcsp, askOcspOverKeptConnections } from '../load/ask-ocsp.ts';
import { stayOn } from '../measure/cores.ts';
import { cpuSeconds } from '../measure/cpu-time.ts';
import { interleave } from '../measure/interleave.ts';
import { atLeast, type Row } from '../report/row.ts';
import { findFreePort } from '../servers/free-port.ts';
import { startGate } from '../servers/gate.ts';
import { createInstallation, type Installation } from '../servers/installation.ts';
import { startOpensslOcsp } from '../servers/openssl-ocsp.ts';
import type { Workbench } from '../workbench.ts';

const WARM_UP = 5_000;
const SAMPLE = 2_000;
const PAIRS = 7;
const BUDGET_MS = 30_000;
const PATH = '/pki/ocsp';

/** Answers about one certificate: how many one second of the server's CPU gives, signed anew and kept. */
export async function measureOcsp(workbench: Workbench): Promise<Row[]> {
  const [https, plain, upstream, peerPort] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ];
  const folder = join(workbench.directory, 'ocsp');
  const installation = await createInstallation(folder, { https, upstream, plain });
  stayOn(workbench.cores.client);
  const peer = await startOpensslOcsp(workbench, peerPort);
  const gate = await startGate(workbench, installation);

  const measurePeer = async (): Promise<number> => {
    const before = cpuSeconds(peer.program.pid);
    await askOcsp({ port: peerPort, path: '/' }, peer.question, SAMPLE);
    return SAMPLE / (cpuSeconds(peer.program.pid) - before);
  };
  const compare = async (
    scenario: string,
    question: Uint8Array,
    aim: number,
    note: string,
    askUs = askOcsp,
  ): Promise<Row> => {
    const measureOurs = async (count = SAMPLE): Promise<number> => {
      const before = cpuSeconds(gate.pid);
      await askUs({ port: plain, path: PATH }, question, count);
      return count / (cpuSeconds(gate.pid) - before);
    };
    await measureOurs(WARM_UP);
    await measurePeer();
    const pair = await interleave({
      ours: measureOurs,
      peer: measurePeer,
      ratio: (ours, theirs) => ours / theirs,
      pairs: PAIRS,
      budgetMs: BUDGET_MS,
    });
    return {
      scenario,
      unit: 'answers per second of server CPU',
      ours: pair.ours,
      peer: { name: 'openssl ocsp', value: pair.peer },
      ratio: pair.ratio,
      aim: atLeast(aim, pair.ratio.median),
      note: `${pair.pairs} pairs of ${SAMPLE} questions; ${note}`,
    };
  };
  const withNonce = makeQuestion(installation, '-nonce');
  const withoutNonce = makeQuestion(installation, '-no_nonce');
  const each = 'a connection for each';
  const kept = 'connections are kept on our side; the peer keeps none';
  const signed = 'both look the certificate up and sign on P-256';
  const remembered = 'the peer keeps no answer: it signs each';
  return [
    await compare('OCSP, signed anew for each nonce', withNonce, 0.5, `${each}; ${signed}`),
    await compare('OCSP, an answer that was kept', withoutNonce, 1.5, `${each}; ${remembered}`),
    await compare(
      'OCSP, signed anew, kept connections',
      withNonce,
      0.5,
      `${kept}; ${signed}`,
      askOcspOverKeptConnections,
    ),
    await compare(
      'OCSP, an answer that was kept, kept connections',
      withoutNonce,
      1.5,
      `${kept}; ${remembered}`,
      askOcspOverKeptConnections,
    ),
  ];
}

/** About ivanov's certificate, as OpenSSL writes it. */
function makeQuestion(installation: Installation, nonce: '-nonce' | '-no_nonce'): Uint8Array {
  const file = `${installation.issuingCertificateFile}${nonce}.der`;
  execFileSync('openssl', [
    ...['ocsp', '-issuer', installation.issuingCertificateFile, '-cert', installation.clientCertificateFile],
    ...[nonce, '-reqout', file],
  ]);
  return readFileSync(file);
}
