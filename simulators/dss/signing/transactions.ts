import { randomUUID } from 'node:crypto';
import type { ConfirmableTransactions } from '../sign-in/confirmation.ts';
import type { DocumentResult, SigningJob } from './job.ts';

/** A transaction of v1, or an operation of v2. */
export interface SigningTransaction {
  readonly id: string;
  readonly login: string;
  readonly version: 'v1' | 'v2';
  /** `OperationCode`: 2 for one document, 4 for a package. */
  readonly code: 2 | 4;
  readonly job: SigningJob;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  state: 'created' | 'confirmed' | 'declined' | 'completed';
  results: readonly DocumentResult[] | undefined;
}

const LIFETIME_MS = 10 * 60_000;

export class SigningTransactions implements ConfirmableTransactions {
  readonly #byId = new Map<string, SigningTransaction>();

  create(
    input: Pick<SigningTransaction, 'login' | 'version' | 'code' | 'job'>,
    now: Date,
  ): SigningTransaction {
    const transaction: SigningTransaction = {
      ...input,
      id: randomUUID(),
      createdAt: now,
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
      state: 'created',
      results: undefined,
    };
    this.#byId.set(transaction.id, transaction);
    return transaction;
  }

  /** Of this person only. */
  find(id: string, login: string): SigningTransaction | undefined {
    const found = this.#byId.get(id.toLowerCase());
    return found?.login === login ? found : undefined;
  }

  /** Newest first. */
  list(login: string): readonly SigningTransaction[] {
    return [...this.#byId.values()].filter((transaction) => transaction.login === login).reverse();
  }

  findConfirmable(
    id: string,
    login: string,
    now: Date,
  ): ReturnType<ConfirmableTransactions['findConfirmable']> {
    const transaction = this.find(id, login);
    if (transaction?.state !== 'created') return { kind: 'invalid' };
    if (transaction.expiresAt <= now) return { kind: 'expired' };
    return { kind: 'found', documents: transaction.job.documents.map(({ name }) => name) };
  }

  settle(id: string, state: 'confirmed' | 'declined'): void {
    const transaction = this.#byId.get(id);
    if (transaction?.state === 'created') transaction.state = state;
  }
}
