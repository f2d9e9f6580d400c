import type { PortalApp } from '../src/portal/portal-app.ts';

export interface BrowserAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly setCookies: readonly string[];
  readonly text: string;
  readonly bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  json(): any;
}

/** Keeps cookies and sends what a browser sends; what a test names replaces it, and null leaves it out. */
export interface TestBrowser {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string | null>): Promise<BrowserAnswer>;
  /** With the CSRF token of the page that is open, which {@link reload} reads. */
  post(path: string, body?: unknown, headers?: Record<string, string | null>): Promise<BrowserAnswer>;
  reload(): Promise<void>;
  csrfToken(): string;
}

export async function createTestBrowser(app: PortalApp, origin: string): Promise<TestBrowser> {
  const cookies = new Map<string, string>();
  let csrfToken = '';

  async function send(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string | null>,
    body?: string,
  ): Promise<BrowserAnswer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const own = {
      host: new URL(origin).host,
      'sec-fetch-site': 'same-origin',
      ...(cookie ? { cookie } : {}),
    };
    const sent = Object.entries({ ...own, ...headers }).filter(
      (each): each is [string, string] => each[1] !== null,
    );
    const response = await app.inject({
      method,
      url: path,
      headers: Object.fromEntries(sent),
      ...(body === undefined ? {} : { payload: body }),
    });
    const setCookies = [response.headers['set-cookie'] ?? []].flat();
    for (const line of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/; Max-Age=0(?:;|$)/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const plain = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
    return {
      status: response.statusCode,
      headers: Object.fromEntries(plain),
      setCookies,
      text: response.payload,
      bytes: response.rawPayload,
      json: () => response.json(),
    };
  }

  const browser: TestBrowser = {
    cookies,
    csrfToken: () => csrfToken,
    get: (path, headers = {}) => send('GET', path, headers),
    post: async (path, body = {}, headers = {}) => {
      const own = { origin, 'content-type': 'application/json', 'x-csrf-token': csrfToken };
      const answer = await send('POST', path, { ...own, ...headers }, JSON.stringify(body));
      if (answer.status === 200 && /^\/api\/sign-(?:in|out)$/.test(path)) await browser.reload();
      return answer;
    },
    async reload() {
      const answer = await send('GET', '/api/session', {});
      if (answer.status !== 200) throw new TypeError(`the page does not open: ${answer.text}`);
      csrfToken = answer.json().csrfToken;
    },
  };
  await browser.reload();
  return browser;
}
