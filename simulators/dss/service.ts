import { type Answer, type DssRequest, json, Refusal, refuse } from './answer.ts';
import { CloudCertificates } from './authority/certificates.ts';
import type { RsaAddresses } from './authority/issue.ts';
import { publish } from './authority/publish.ts';
import { EARLY_DEATH_SECONDS, type FaultPlace, Faults } from './faults.ts';
import { notifyCallback } from './sign-in/callback.ts';
import { handleConfirmation } from './sign-in/confirmation.ts';
import { authenticateBearer, claimedLogin } from './sign-in/credentials.ts';
import { Dialogues } from './sign-in/dialogues.ts';
import { OAuth } from './sign-in/oauth.ts';
import { Tokens } from './sign-in/tokens.ts';
import { DocumentStore } from './signing/document-store.ts';
import { Policies } from './signing/policy.ts';
import { handleSignServer } from './signing/sign-server.ts';
import { SigningTransactions } from './signing/transactions.ts';
import { presentOperation } from './signing/v2.ts';
import { presentDiscovery } from './webfinger.ts';

/** Both servers of a DSS without the wire: requests in, answers out. */
export class DssService {
  readonly tokens = new Tokens();
  readonly faults = new Faults();
  readonly policies = new Policies();
  readonly certificates: CloudCertificates;
  readonly dialogues: Dialogues;
  readonly #transactions = new SigningTransactions();
  readonly #documents = new DocumentStore();
  readonly #oauth = new OAuth(this.tokens);

  /** @param onChange when something is to be seen on a telephone, or no more */
  constructor(addresses: () => RsaAddresses, onChange: () => void) {
    this.certificates = new CloudCertificates(addresses);
    this.dialogues = new Dialogues({
      tokens: this.tokens,
      onChange,
      onEnd: (dialogue) => {
        const { purpose, state } = dialogue;
        if (purpose.kind === 'transaction' && (state.kind === 'confirmed' || state.kind === 'declined')) {
          this.#transactions.settle(purpose.transactionId, state.kind);
        }
        notifyCallback(dialogue);
      },
    });
  }

  /** Which of the two servers an address belongs to; undefined for neither. */
  static placeOf(pathname: string): Exclude<FaultPlace, 'everywhere'> | undefined {
    const path = normalise(pathname);
    if (/^sts(?:\/|$)/.test(path)) return 'sign-in';
    return /^(?:signserver|documentstore)(?:\/|$)/.test(path) ? 'sign-server' : undefined;
  }

  loginOf(request: DssRequest): string | undefined {
    return claimedLogin(request.authorization, this.tokens, request.now);
  }

  async answer(request: DssRequest): Promise<Answer> {
    try {
      this.#killEarly(request);
      return await this.#route(normalise(request.url.pathname), request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  async #route(path: string, request: DssRequest): Promise<Answer> {
    // An address that was typed without /oauth is posted to as it is: the server knows no such page.
    if (/^sts\/(?:v2\.0\/)?confirmation$/.test(path)) {
      if (request.method !== 'POST') throw refuse(405, 'method_not_allowed');
      const transactions = this.#transactions;
      return handleConfirmation(request, { tokens: this.tokens, dialogues: this.dialogues, transactions });
    }
    if (path === 'sts/oauth/token' && request.method === 'POST') return this.#oauth.token(request);
    if (path === 'sts/oauth/authorize' && request.method === 'GET') return this.#oauth.authorize(request);
    const operation = /^sts\/operations(?:\/(.+))?$/.exec(path);
    if (operation) return this.#presentOperations(operation[1], request);
    const signServer = /^signserver\/(?:rest\/)?api\/(.+)$/.exec(path)?.[1];
    if (signServer !== undefined) {
      return handleSignServer(signServer, request, {
        tokens: this.tokens,
        certificates: this.certificates,
        policies: this.policies,
        transactions: this.#transactions,
        documents: this.#documents,
      });
    }
    const document = /^documentstore\/api\/(.+)$/.exec(path)?.[1];
    if (document !== undefined) return this.#documents.handle(document, request, this.tokens);
    if (path === '.well-known/webfinger') return json(presentDiscovery(request.url));
    const published = /^ca\/(.+)$/i.exec(request.url.pathname.slice(1))?.[1];
    const file = published === undefined ? undefined : publish(published, request, this.certificates);
    if (file) return file;
    throw refuse(404, 'not_found', 'No HTTP resource was found that matches the request URI');
  }

  #presentOperations(id: string | undefined, request: DssRequest): Answer {
    const { user } = authenticateBearer(request.authorization, this.tokens, request.now);
    if (id === undefined) {
      return json(this.#transactions.list(user.login).map((one) => presentOperation(one, request.now)));
    }
    const found = this.#transactions.find(id, user.login);
    if (!found) throw refuse(404, 'operation_not_found');
    return json(presentOperation(found, request.now));
  }

  #killEarly(request: DssRequest): void {
    const token = /^bearer +(\S+)/i.exec(request.authorization ?? '')?.[1];
    const grant = token === undefined ? undefined : this.tokens.find(token, request.now);
    if (!grant || this.faults.of(grant.login).kind !== 'early-death') return;
    const ageMs = request.now.getTime() - grant.issuedAt.getTime();
    if (ageMs >= EARLY_DEATH_SECONDS * 1000) this.tokens.revoke(grant.login);
  }
}

/** In lower case, without slashes at the ends and without doubled ones: `{A}//token` is `{A}/token`. */
function normalise(pathname: string): string {
  return pathname.toLowerCase().split('/').filter(Boolean).join('/');
}
