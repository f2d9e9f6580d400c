import { type Answer, type DssRequest, json, Refusal, readJson, refuse } from './answer.ts';
import { NO_FAULT, parseFault } from './faults.ts';
import { Fields } from './fields.ts';
import { presentRequest } from './phone/requests.ts';
import type { DssService } from './service.ts';
import { parseAction } from './signing/policy.ts';
import { findUser, USERS } from './users.ts';

/** A call as it came, without what it carried. */
export interface LoggedCall {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly login: string | undefined;
  readonly status: number | 'cut';
}

/**
 * `/practice/…`: the telephone's buttons and the switches of the faults, for the page (forms) and for tests (JSON).
 * Undefined for an address that is none of these.
 */
export function handleControl(
  request: DssRequest,
  service: DssService,
  calls: readonly LoggedCall[],
  onChange: () => void,
): Answer | undefined {
  const path = /^\/practice\/(.+)$/.exec(request.url.pathname)?.[1];
  if (path === undefined) return undefined;
  try {
    if (request.method === 'GET') return read(path, request, service, calls);
    checkSite(request);
    const isForm = String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded');
    const form = isForm ? new URLSearchParams(request.body.toString('utf8')) : undefined;
    const input = form ? Object.fromEntries(form) : readJson(request);
    const answer = change(path, input, request.now, service);
    onChange();
    return form ? goBack(form.get('back') ?? '/') : answer;
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function read(path: string, request: DssRequest, service: DssService, calls: readonly LoggedCall[]): Answer {
  switch (path) {
    case 'users.json':
      return json(
        USERS.map(({ login, password, methods, about, certificates }) => ({
          login,
          password,
          methods,
          about,
          certificates: certificates.length,
        })),
      );
    case 'requests.json':
      return json(service.dialogues.list(request.now).map(presentRequest));
    case 'calls.json':
      return json(calls);
    case 'faults':
      return json({
        everybody: service.faults.everybody,
        users: Object.fromEntries(USERS.map(({ login }) => [login, service.faults.ownOf(login)])),
      });
    default:
      throw refuse(404, 'not_found');
  }
}

function change(
  path: string,
  input: Readonly<Record<string, unknown>>,
  now: Date,
  service: DssService,
): Answer {
  const fields = new Fields(input);
  const login = fields.text('login') || undefined;
  const user = login === undefined ? undefined : findUser(login);
  if (login !== undefined && !user) throw refuse(404, 'user_not_found');
  const pressed = /^requests\/([\da-f-]{36})$/.exec(path)?.[1];
  if (pressed !== undefined) return press(pressed, fields.text('answer'), now, service);
  switch (path) {
    case 'faults': {
      const fault = parseFault(input);
      if (!fault) throw refuse(400, 'no_such_fault');
      service.faults.set(fault, user?.login);
      return json(fault);
    }
    case 'policy': {
      const action = parseAction(input.action);
      if (!user || !action) throw refuse(400, 'login_and_action_are_needed');
      service.policies.setConfirmationRequired(user.login, action, fields.isTrue('required'));
      return json({});
    }
    case 'certificates/withdraw':
      service.certificates.withdraw(Number(fields.text('id')));
      return json({});
    case 'tokens/revoke':
      if (!user) throw refuse(400, 'login_is_needed');
      service.tokens.revoke(user.login);
      return json({});
    case 'reset':
      service.faults.set(NO_FAULT, undefined);
      service.faults.clear();
      service.policies.clear();
      service.certificates.restoreAll();
      return json({});
    default:
      throw refuse(404, 'not_found');
  }
}

function press(id: string, answer: string | undefined, now: Date, service: DssService): Answer {
  const dialogue = service.dialogues.find(id, now);
  if (dialogue?.state.kind !== 'waiting') throw refuse(409, 'not_waiting');
  if (answer === 'confirm') service.dialogues.confirm(dialogue, now);
  else if (answer === 'decline') service.dialogues.decline(dialogue, now);
  else throw refuse(400, 'confirm_or_decline');
  return json(presentRequest(dialogue));
}

/** Another site's page must not press the buttons of this one. */
function checkSite(request: DssRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw refuse(403, 'from_another_site');
}

function goBack(asked: string): Answer {
  const location = /^\/\?[\w%=&+.-]*$/.test(asked) ? asked : '/';
  return { status: 303, type: 'text/plain', body: '', headers: { location } };
}
