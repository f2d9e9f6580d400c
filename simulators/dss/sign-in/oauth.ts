import { randomBytes } from 'node:crypto';
import { type Answer, type DssRequest, json, Refusal, refuseGrant } from '../answer.ts';
import { type DssUser, findUser } from '../users.ts';
import type { Tokens } from './tokens.ts';

const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob:auto';

/** `POST {STS}/oauth/token`: password, refresh and authorization code. Nobody with a second factor gets in this way. */
export class OAuth {
  readonly #tokens: Tokens;
  readonly #codes = new Map<string, DssUser>();

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** @throws {Refusal} in the shape of RFC 6749, 5.2 */
  token(request: DssRequest): Answer {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const user = this.#findUser(form);
    if (!user || user.locked) throw refuseGrant('invalid_grant', 'Неверный логин или пароль');
    if (user.methods.length > 0) {
      throw refuseGrant('invalid_grant', 'Для пользователя назначена вторичная аутентификация');
    }
    const { accessToken, expiresInSeconds } = this.#tokens.issue(user, undefined, request.now);
    return json({
      access_token: accessToken,
      expires_in: expiresInSeconds,
      token_type: 'Bearer',
      refresh_token: this.#tokens.issueRefreshToken(user),
    });
  }

  /**
   * `GET {STS}/oauth/authorize`: who is named by `login_hint` and has neither a password nor a second factor is sent on
   * at once; the form of the real service is left out.
   * @throws {Refusal} for everybody else
   */
  authorize(request: DssRequest): Answer {
    const query = request.url.searchParams;
    const user = findUser(query.get('login_hint') ?? '');
    if (query.get('redirect_uri') !== OUT_OF_BAND) {
      throw refuseGrant('unauthorized_client', 'Адрес возврата не разрешён');
    }
    if (!user || user.locked || user.password !== '' || user.methods.length > 0) {
      throw new Refusal(json({ error: 'login_required' }, 401));
    }
    if (query.get('response_type') === 'token') {
      const { accessToken, expiresInSeconds } = this.#tokens.issue(user, undefined, request.now);
      return redirect({
        access_token: accessToken,
        expires_in: String(expiresInSeconds),
        token_type: 'Bearer',
      });
    }
    if (query.get('response_type') === 'code') {
      const code = randomBytes(16).toString('base64url');
      this.#codes.set(code, user);
      return redirect({ code });
    }
    throw refuseGrant('unsupported_response_type', 'token или code');
  }

  #findUser(form: URLSearchParams): DssUser | undefined {
    switch (form.get('grant_type')) {
      case 'password': {
        const user = findUser(form.get('username') ?? '');
        return user?.password === (form.get('password') ?? '') ? user : undefined;
      }
      case 'refresh_token': {
        const login = this.#tokens.findLoginByRefreshToken(form.get('refresh_token') ?? '');
        return login === undefined ? undefined : findUser(login);
      }
      case 'authorization_code': {
        const code = form.get('code') ?? '';
        const user = this.#codes.get(code);
        this.#codes.delete(code);
        return user;
      }
      default:
        throw refuseGrant('unsupported_grant_type', 'password, refresh_token или authorization_code');
    }
  }
}

function redirect(parameters: Readonly<Record<string, string>>): Answer {
  const location = `${OUT_OF_BAND}?${new URLSearchParams(parameters)}`;
  return { status: 302, type: 'text/plain', body: '', headers: { location } };
}
