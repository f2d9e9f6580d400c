import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { DssUser } from '../users.ts';
import { TOKEN_SECONDS } from '../users.ts';

/** What a token is good for. */
export interface Grant {
  readonly login: string;
  /** The transaction or operation that was confirmed; undefined for a token of the sign-in. */
  readonly transactionId: string | undefined;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

const SECRET_BYTES = 32;

/** JWTs (RFC 7519) that nobody but the simulator itself reads, and so does the client that looks for `unique_name`. */
export class Tokens {
  readonly #secret = randomBytes(SECRET_BYTES);
  readonly #grants = new Map<string, Grant>();
  readonly #refresh = new Map<string, string>();

  issue(user: DssUser, transactionId: string | undefined, now: Date): IssuedToken {
    const expiresInSeconds = user.tokenSeconds ?? TOKEN_SECONDS;
    const issuedAt = Math.floor(now.getTime() / 1000);
    const accessToken = this.#sign({
      iss: 'urn:practice:dss',
      aud: 'urn:cryptopro:dss:signserver:signserver',
      unique_name: user.login,
      nameid: user.login,
      jti: randomUUID(),
      iat: issuedAt,
      exp: issuedAt + expiresInSeconds,
      ...(transactionId === undefined ? {} : { transaction: transactionId }),
    });
    this.#grants.set(accessToken, {
      login: user.login,
      transactionId,
      issuedAt: now,
      expiresAt: new Date(now.getTime() + expiresInSeconds * 1000),
    });
    return { accessToken, expiresInSeconds };
  }

  /** Of a token that is known and has not expired. */
  find(token: string, now: Date): Grant | undefined {
    const grant = this.#grants.get(token);
    return grant && grant.expiresAt > now ? grant : undefined;
  }

  issueRefreshToken(user: DssUser): string {
    const token = randomBytes(SECRET_BYTES).toString('base64url');
    this.#refresh.set(token, user.login);
    return token;
  }

  findLoginByRefreshToken(token: string): string | undefined {
    return this.#refresh.get(token);
  }

  /** Every token of this person is dead from now on. */
  revoke(login: string): void {
    for (const [token, grant] of this.#grants) {
      if (grant.login === login) this.#grants.delete(token);
    }
  }

  #sign(claims: object): string {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
    return `${signed}.${createHmac('sha256', this.#secret).update(signed).digest('base64url')}`;
  }
}
