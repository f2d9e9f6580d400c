/** A small client of WebDriver BiDi (W3C), the protocol Firefox speaks on its remote debugging port. */

/** A parsed JSON value of which nothing is known yet. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The browser refused a command. */
export class BidiError extends Error {
  override readonly name = 'BidiError';
  /** The protocol's own code, for example `no such element`. */
  readonly code: string;

  constructor(method: string, code: string, text: string) {
    super(`${method}: ${code}: ${text}`);
    this.code = code;
  }
}

export interface BidiSession {
  /** @throws BidiError */
  send(method: string, parameters: Json): Promise<Json>;
  close(): void;
}

/** Follows keys and indexes into a value; undefined where the path ends. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path) {
    if (current === null || typeof current !== 'object') return undefined;
    const entry: unknown = Reflect.get(current, step);
    current = entry as Json | undefined;
  }
  return current;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: Json) => void;
  readonly reject: (error: Error) => void;
}

/** @throws Error when the connection fails or the browser gives no session */
export async function openBidiSession(url: string): Promise<BidiSession> {
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<void>();
  socket.addEventListener('open', () => opened.resolve());
  socket.addEventListener('error', () => opened.reject(new Error(`no WebDriver BiDi at ${url}`)));
  await opened.promise;

  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  socket.addEventListener('message', (event) => {
    const message: Json = JSON.parse(String(event.data));
    const id = at(message, 'id');
    const command = typeof id === 'number' ? waiting.get(id) : undefined;
    if (command === undefined || typeof id !== 'number') return;
    waiting.delete(id);
    if (at(message, 'type') === 'success') command.resolve(at(message, 'result') ?? null);
    else {
      const [code, text] = [String(at(message, 'error')), String(at(message, 'message'))];
      command.reject(new BidiError(command.method, code, text));
    }
  });
  socket.addEventListener('close', () => {
    for (const { method, reject } of waiting.values()) {
      reject(new BidiError(method, 'closed', 'the browser closed the connection'));
    }
    waiting.clear();
  });
  const send = (method: string, parameters: Json): Promise<Json> => {
    lastId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    waiting.set(lastId, { method, resolve, reject });
    socket.send(JSON.stringify({ id: lastId, method, params: parameters }));
    return promise;
  };
  await send('session.new', { capabilities: {} });
  return { send, close: () => socket.close() };
}
