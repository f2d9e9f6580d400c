import type { ServerResponse } from 'node:http';
import { type Answer, json } from './answer.ts';
import type { Fault, FaultPlace } from './faults.ts';

const HOTEL = '<!doctype html><title>Гостевая сеть</title><h1>Добро пожаловать в сеть гостиницы</h1>';

/** @returns what to say instead of the right answer; `cut` for nothing at all; undefined when nothing is wrong yet */
export async function playBefore(fault: Fault, place: FaultPlace): Promise<Answer | 'cut' | undefined> {
  switch (fault.kind) {
    case 'unauthorized':
      return json({ Message: 'Authorization has been denied for this request.' }, 401);
    case 'forbidden':
      return json({ Message: 'Forbidden' }, 403);
    case 'server-error':
      return json({ Message: 'An error has occurred.' }, 500);
    case 'html':
      return { status: 200, type: 'text/html; charset=utf-8', body: HOTEL };
    case 'error-in-200':
      return place === 'sign-in'
        ? json({
            IsFinal: true,
            IsError: true,
            Error: 'internal_error',
            ErrorDescription: 'Внутренняя ошибка сервиса',
          })
        : json({ Message: 'An error has occurred.' });
    case 'cut':
      return 'cut';
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.seconds * 1000).unref());
      return undefined;
    case 'none':
    case 'cut-in-the-middle':
    case 'wrong-type':
    case 'early-death':
      return undefined;
  }
}

/** Sends the right answer, in the wrong way where that is the fault. */
export function sendWith(fault: Fault, response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.body);
  const type = fault.kind === 'wrong-type' ? 'text/plain' : answer.type;
  response.writeHead(answer.status, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...answer.headers,
  });
  if (fault.kind === 'cut-in-the-middle') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  } else {
    response.end(bytes);
  }
}
