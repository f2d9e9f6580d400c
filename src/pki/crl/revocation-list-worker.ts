/** Runs in a thread of its own: see `index-in-worker.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '../../kernel/problem.ts';
import { buildRevocationListIndex, type RevocationListIndex } from './large-revocation-list.ts';

export interface WorkerTask {
  readonly der: Uint8Array;
  readonly subjectPublicKeyInfos: readonly Uint8Array[];
}

export type WorkerAnswer =
  | { readonly kind: 'index'; readonly index: Omit<RevocationListIndex, 'der'> }
  | { readonly kind: 'invalid'; readonly detail: string };

function work({ der, subjectPublicKeyInfos }: WorkerTask): WorkerAnswer {
  try {
    const { der: _der, ...index } = buildRevocationListIndex(der, subjectPublicKeyInfos);
    return { kind: 'index', index };
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'der-invalid')
      return { kind: 'invalid', detail: error.detail ?? '' };
    throw error;
  }
}

parentPort?.postMessage(work(workerData));
