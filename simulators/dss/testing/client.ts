import { type DssSimulator, startDssSimulator } from '../server.ts';

/** A simulator whose time the test moves. */
export interface TestSimulator extends DssSimulator {
  pass(seconds: number): void;
}

export async function startTestSimulator(): Promise<TestSimulator> {
  let ahead = 0;
  const simulator = await startDssSimulator({
    host: '127.0.0.1',
    port: 0,
    now: () => new Date(Date.now() + ahead),
  });
  return {
    ...simulator,
    pass(seconds) {
      ahead += seconds * 1000;
    },
  };
}

export const RESOURCE = 'urn:cryptopro:dss:signserver:signserver';

/** What any step of a confirmation answers. */
export interface Step {
  readonly IsFinal: boolean;
  readonly IsError: boolean;
  readonly Error?: string;
  readonly ErrorDescription?: string;
  readonly AccessToken?: string;
  readonly ExpiresIn?: number;
  readonly Challenge?: {
    readonly Title: { readonly Value: string };
    readonly ContextData: { readonly RefID: string };
    readonly TextChallenge?: readonly {
      readonly Label: string;
      readonly Title: string;
      readonly ExpiresIn: number;
      readonly CreatedAt: number;
      readonly AuthnMethod: string;
      readonly RefID: string;
      readonly Image?: { readonly Value: string };
    }[];
    readonly ChoiceChallenge?: readonly {
      readonly Choice: readonly { readonly RefID: string; readonly Label: string }[];
    }[];
  };
}

export const basic = (login: string, password = '') =>
  `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
export const bearer = (token: string) => `Bearer ${token}`;

/** A POST of JSON, with nothing else than the documented headers. */
export function post(url: string, authorization: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  });
}

export function get(url: string, authorization: string): Promise<Response> {
  return fetch(url, { headers: { authorization } });
}

/**
 * Behaves as the desktop manager: the addresses are derived from what the person typed by replacing `/oauth`, only the
 * status 200 is an answer, the poll has no value, the fields are read without asking whether they are there.
 */
export class DesktopManager {
  readonly confirmationUrl: string;
  readonly signServer: string;

  constructor(origin: string, version: 'v1' | 'v2.0' = 'v1') {
    const authorization = `${origin}/STS/oauth`;
    this.confirmationUrl = authorization.replace(
      '/oauth',
      version === 'v1' ? '/confirmation' : '/v2.0/confirmation',
    );
    this.signServer = `${origin}/SignServer/rest`;
  }

  async begin(authorization: string, more: object = {}): Promise<Step> {
    return this.#post(authorization, { Resource: RESOURCE, ...more });
  }

  async poll(authorization: string, challenge: Step, value?: string): Promise<Step> {
    const RefId = challenge.Challenge?.ContextData.RefID;
    const answer = value === undefined ? { RefId } : { RefId, Value: value };
    return this.#post(authorization, {
      Resource: RESOURCE,
      ChallengeResponse: { TextChallengeResponse: [answer] },
    });
  }

  async #post(authorization: string, body: unknown): Promise<Step> {
    const response = await post(this.confirmationUrl, authorization, body);
    if (response.status !== 200) throw new Error(`Неожиданный ответ, код ${response.status}`);
    return (await response.json()) as Step;
  }

  /** Of somebody without a second factor. */
  async signIn(login: string, password = ''): Promise<string> {
    const answer = await this.begin(basic(login, password));
    if (answer.AccessToken === undefined) throw new Error('no token');
    return answer.AccessToken;
  }
}
