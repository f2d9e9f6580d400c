/** What a handler says; the server puts it on the wire, unless a fault is played. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function json(body: unknown, status = 200): Answer {
  return { status, type: JSON_TYPE, body: JSON.stringify(body) };
}

/** Ends the handling of a request with an answer that is no success. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/** In the shape of the signature server (ASP.NET Web API): the code is the message. */
export function refuse(status: number, code: string, detail?: string): Refusal {
  return new Refusal(
    json({ Message: code, ...(detail === undefined ? {} : { MessageDetail: detail }) }, status),
  );
}

/** In the shape of OAuth (RFC 6749, 5.2). */
export function refuseGrant(error: string, description: string): Refusal {
  return new Refusal(json({ error, error_description: description }, 400));
}

/** A missing, unknown or dead credential. */
export function unauthorized(scheme: 'Basic' | 'Bearer'): Refusal {
  const answer = json({ Message: 'Authorization has been denied for this request.' }, 401);
  return new Refusal({ ...answer, headers: { 'www-authenticate': `${scheme} realm="dss"` } });
}

export interface DssRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly now: Date;
}

/** @throws {Refusal} 400 when the body is no JSON object; an empty body is an empty object */
export function readJson(request: DssRequest): Readonly<Record<string, unknown>> {
  if (request.body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return Object.fromEntries(Object.entries(value));
    }
  } catch {
    // The refusal below says it.
  }
  throw refuse(400, 'invalid_request', 'the body is not a JSON object');
}
