/** Runs in a thread of its own: see `checking-thread.ts`. */
import { parentPort } from 'node:worker_threads';
import { ProblemError } from '../../kernel/problem.ts';
import { type Certificate, parseCertificate } from '../../pki/x509/certificate.ts';
import { checkCertificate } from './check-certificate.ts';
import type {
  AskedMethod,
  AskedPort,
  CheckResult,
  CheckTask,
  FromThread,
  ToThread,
} from './checking-messages.ts';
import { createOpenLists } from './open-lists.ts';

const waiting = new Map<number, (value: never) => void>();
let lastQuestion = 0;

function tell(message: FromThread): void {
  parentPort?.postMessage(message);
}

/** The database belongs to the other thread. */
function asking<Method extends AskedMethod>(method: Method): AskedPort[Method] {
  const ask = (...args: readonly unknown[]) =>
    new Promise((resolve) => {
      lastQuestion += 1;
      waiting.set(lastQuestion, resolve);
      tell({ kind: 'question', question: lastQuestion, method, args });
    });
  return ask as AskedPort[Method];
}

const port: AskedPort = {
  readNamed: asking('readNamed'),
  findLists: asking('findLists'),
  readFetches: asking('readFetches'),
  readAnswers: asking('readAnswers'),
  readListDer: asking('readListDer'),
};
const lists = createOpenLists((sha256) => port.readListDer(sha256));

async function check({ due, anchors, now }: CheckTask): Promise<CheckResult> {
  try {
    const services = { port, lists, anchors: parseAll(anchors) };
    return { kind: 'judged', judgement: await checkCertificate(due, services, now) };
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'der-invalid') return { kind: 'unreadable' };
    throw error;
  }
}

function parseAll(ders: readonly Uint8Array[]): readonly Certificate[] {
  return ders.flatMap((der) => {
    try {
      return [parseCertificate(der)];
    } catch (error) {
      if (error instanceof ProblemError) return [];
      throw error;
    }
  });
}

parentPort?.on('message', async (message: ToThread) => {
  if (message.kind === 'check') {
    tell(await check(message.task));
    return;
  }
  waiting.get(message.question)?.(message.value as never);
  waiting.delete(message.question);
});
