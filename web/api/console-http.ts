import { ApiProblem, readProblem } from './problem.ts';

/** An answer with the revision that an edit of it has to hand back. */
export interface Revised<T> {
  readonly value: T;
  /** Of the header `ETag`. */
  readonly revision: string;
}

export interface SendOptions {
  readonly body?: object | undefined;
  /** What `getRevised` said; the server then refuses with `revision-changed` where somebody else was faster. */
  readonly revision?: string | undefined;
}

/** Requests to the console's API. What an answer is, is said by the contract of its section. */
export interface ConsoleHttp {
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  getRevised<T>(path: string, signal?: AbortSignal): Promise<Revised<T>>;
  /** For answers without a body, `T` is `undefined`. */
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options?: SendOptions): Promise<T>;
  /** A file as it is. */
  upload(path: string, file: Blob): Promise<void>;
  /** Asks for a file, and its name. */
  download(path: string, body?: object): Promise<{ readonly file: Blob; readonly name: string }>;
  /** The server's clock less this computer's, in milliseconds. */
  clockOffsetMs(): number;
}

export function createConsoleHttp(fetchFunction: typeof fetch, now: () => number): ConsoleHttp {
  let offsetMs = 0;

  async function request(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      // A session that has ended answers a page's request with a problem, never with a redirect; any is a fault.
      response = await fetchFunction(path, {
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        ...init,
      });
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new ApiProblem('network', { cause });
    }
    const date = Date.parse(response.headers.get('date') ?? '');
    // The header has whole seconds: half a second is its middle.
    if (!Number.isNaN(date)) offsetMs = date + 500 - now();
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  const get = (path: string, signal?: AbortSignal) => request(path, signal === undefined ? {} : { signal });

  return {
    get: async (path, signal) => readJson(await get(path, signal)),
    getRevised: async (path, signal) => {
      const response = await get(path, signal);
      const revision = response.headers.get('etag');
      if (revision === null) throw new ApiProblem('answer-not-understood', { status: response.status });
      return { value: await readJson(response), revision };
    },
    send: async (method, path, { body, revision } = {}) => {
      const response = await request(path, {
        method,
        headers: {
          'x-propusk-console': '1',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(revision === undefined ? {} : { 'if-match': revision }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return readJson(response);
    },
    upload: async (path, file) => {
      const headers = { 'x-propusk-console': '1', 'content-type': 'application/octet-stream' };
      await request(path, { method: 'POST', headers, body: file });
    },
    download: async (path, body) => {
      const headers = { 'x-propusk-console': '1', 'content-type': 'application/json' };
      const response = await request(
        path,
        body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) },
      );
      return { file: await response.blob(), name: fileNameOf(response.headers.get('content-disposition')) };
    },
    clockOffsetMs: () => offsetMs,
  };
}

/** The contract's schema is checked where the answer is made; here it is taken at its word. */
async function readJson<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new ApiProblem('answer-not-understood', { status: response.status, cause });
  }
}

/** RFC 8187: the name in UTF-8. */
function fileNameOf(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1];
  return encoded === undefined ? 'file' : decodeURIComponent(encoded);
}
