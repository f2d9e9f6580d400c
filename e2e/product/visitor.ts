import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyPairFiles } from '../harness/certificate-authority.ts';
import { type CurlRequest, type CurlResponse, curl } from '../harness/curl.ts';
import type { Lab } from '../harness/lab.ts';
import { runToSuccess } from '../harness/run-command.ts';
import type { Demo } from './demo.ts';
import { isPasswordMessage, waitForPassword } from './password-from-phone.ts';

export interface IssuedFile {
  readonly path: string;
  readonly password: string;
  /** The same certificate and key for clients that take PEM. */
  readonly pem: KeyPairFiles;
}

/** What a visitor needs of the running product. */
export type VisitedProduct = Pick<Demo, 'portalUrl' | 'crmUrl' | 'serverCaPem' | 'passwordOf' | 'messages'>;

/** A person without a browser: curl with a cookie jar, one connection a request. */
export interface Visitor {
  readonly login: string;
  /** curl's file with this person's cookies. */
  readonly cookieJar: string;
  /** A request with this person's cookies. */
  request(request: CurlRequest): Promise<CurlResponse>;
  /** What a button of the portal's pages sends; the answer as it is, problems included. */
  post(path: string, body: object): Promise<CurlResponse>;
  signIn(): Promise<void>;
  /** Signs in if need be, presses «Скачать сертификат», fetches the file and reads the SMS. */
  download(): Promise<IssuedFile>;
  /** Signs in at the portal and is handed over to the application; the cookie jar then opens it. */
  enter(certificate: KeyPairFiles | undefined): Promise<CurlResponse>;
}

const JSON_HEADERS = ['Content-Type: application/json'];

export async function createVisitor(lab: Lab, demo: VisitedProduct, login: string): Promise<Visitor> {
  const directory = await mkdtemp(join(lab.directory, `visitor-${login}-`));
  const cookieJar = join(directory, 'cookies');
  let downloads = 0;

  const request = (given: CurlRequest) => curl({ caPem: demo.serverCaPem, http: '2', cookieJar, ...given });
  const session = async () => {
    const answer = await request({ url: `${demo.portalUrl}/api/session` });
    return JSON.parse(answer.text) as { csrfToken: string; account: { login: string } | null };
  };
  const post = async (path: string, body: object) => {
    const { csrfToken } = await session();
    return await request({
      url: `${demo.portalUrl}${path}`,
      method: 'POST',
      headers: [...JSON_HEADERS, `Origin: ${demo.portalUrl}`, `X-CSRF-Token: ${csrfToken}`],
      body: JSON.stringify(body),
    });
  };
  const postSuccessfully = async (path: string, body: object) => {
    const answer = await post(path, body);
    if (answer.status !== 200) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    return answer;
  };
  const signIn = async () => {
    if ((await session()).account !== null) return;
    await postSuccessfully('/api/sign-in', { login, password: await demo.passwordOf(login) });
  };

  return {
    login,
    cookieJar,
    request,
    post,
    signIn,
    async download() {
      await signIn();
      const before = (await demo.messages()).filter(({ text }) => isPasswordMessage(text, login)).length;
      await postSuccessfully('/api/certificate/issue', {});
      const answer = await request({
        url: `${demo.portalUrl}/api/certificate/file?format=compatible&extension=pfx`,
      });
      if (answer.status !== 200) throw new Error(`the file: ${answer.status} ${answer.text}`);
      const password = await waitForPassword(demo, login, before + 1);
      downloads += 1;
      const path = join(directory, `${login}-${downloads}.pfx`);
      await writeFile(path, answer.body);
      const pem = await toPem(path, password, join(directory, `${login}-${downloads}`));
      return { path, password, pem };
    },
    async enter(certificate) {
      await signIn();
      const given = { headers: ['Accept: text/html'], ...(certificate === undefined ? {} : { certificate }) };
      // Application -> portal -> application's callback -> the address first asked for.
      let answer = await request({ url: `${demo.crmUrl}/`, ...given });
      for (let hop = 0; hop < 3 && answer.status === 303; hop += 1) {
        const location = answer.headers.get('location')?.[0] ?? '';
        answer = await request({ url: new URL(location, demo.crmUrl).href, ...given });
      }
      return answer;
    },
  };
}

/** Takes a PKCS#12 file apart for clients that want PEM; `base` is the way to the new files without their endings. */
export async function toPem(pfx: string, password: string, base: string): Promise<KeyPairFiles> {
  const files = { certificatePem: `${base}.pem`, keyPem: `${base}.key` };
  const common = ['pkcs12', '-in', pfx, '-passin', `pass:${password}`];
  await runToSuccess('openssl', [...common, '-clcerts', '-nokeys', '-out', files.certificatePem]);
  await runToSuccess('openssl', [...common, '-nocerts', '-nodes', '-out', files.keyPem]);
  return files;
}
