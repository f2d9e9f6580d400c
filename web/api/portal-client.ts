import type {
  CertificateView,
  ChooseAgainView,
  FileFormat,
  LocaleCode,
  NextView,
  RecoveryCodeView,
  RecoveryRequest,
  RefusalView,
  ReplacementCodeView,
  ReplaceRequest,
  SessionView,
  SignInRequest,
} from '../../src/portal/contract.ts';
import { ApiProblem, readProblem } from './problem.ts';

export type FileExtension = 'pfx' | 'p12';

export interface PortalClient {
  getSession(entryRequest?: string): Promise<SessionView>;
  signIn(request: SignInRequest): Promise<NextView>;
  /** In place of the first one, which somebody else handed over. */
  changePassword(password: string): Promise<void>;
  /** @param proof from the address that a gate has led to */
  sendRecoveryCode(proof: string): Promise<RecoveryCodeView>;
  recoverPassword(request: RecoveryRequest): Promise<void>;
  signOut(): Promise<NextView>;
  setLocale(locale: LocaleCode): Promise<void>;
  getRefusal(decision: string | undefined): Promise<RefusalView>;
  getCertificate(): Promise<CertificateView>;
  issueCertificate(): Promise<CertificateView>;
  sendPassword(): Promise<CertificateView>;
  sendReplacementCode(): Promise<ReplacementCodeView>;
  /** @param code where the present certificate was not presented in this session */
  replaceCertificate(code: string | undefined): Promise<CertificateView>;
  fetchFile(format: FileFormat, extension: FileExtension): Promise<DownloadedFile>;
  chooseAgain(application: string): Promise<ChooseAgainView>;
  /** The server's clock less this computer's, in milliseconds; countdowns are wrong without it on a computer whose clock is. */
  clockOffsetMs(): number;
}

export interface DownloadedFile {
  readonly content: Blob;
  /** Of `Content-Disposition`; undefined where it names none. */
  readonly name: string | undefined;
}

export function createPortalClient(fetchFunction: typeof fetch, now: () => number): PortalClient {
  let csrfToken: string | undefined;
  let offsetMs = 0;

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    let response: Response;
    try {
      response = await fetchFunction(path, { credentials: 'same-origin', cache: 'no-store', ...init });
    } catch (cause) {
      throw new ApiProblem('network', { cause });
    }
    const date = Date.parse(response.headers.get('date') ?? '');
    // The header has whole seconds: half a second is its middle.
    if (!Number.isNaN(date)) offsetMs = date + 500 - now();
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  async function getSession(entryRequest?: string): Promise<SessionView> {
    const query = entryRequest === undefined ? '' : `?request=${encodeURIComponent(entryRequest)}`;
    const session = await readJson<SessionView>(await request(`/api/session${query}`));
    csrfToken = session.csrfToken;
    return session;
  }

  async function post(path: string, body: object): Promise<Response> {
    if (csrfToken === undefined) await getSession();
    const send = () =>
      request(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'x-csrf-token': csrfToken ?? '' },
        body: JSON.stringify(body),
      });
    try {
      return await send();
    } catch (error) {
      // The token of another tab's sign-in, or of a session that ended: fetch the present one, once.
      if (!(error instanceof ApiProblem) || error.code !== 'csrf-token') throw error;
      await getSession();
      return await send();
    }
  }

  return {
    getSession,
    signIn: async (body) => readJson(await post('/api/sign-in', body)),
    changePassword: async (password) => {
      await post('/api/password', { password });
    },
    sendRecoveryCode: async (proof) => readJson(await post('/api/recovery/code', { proof })),
    recoverPassword: async (body) => {
      await post('/api/recovery', body);
    },
    signOut: async () => readJson(await post('/api/sign-out', {})),
    setLocale: async (locale) => {
      await post('/api/locale', { locale });
    },
    getRefusal: async (decision) => {
      const query = decision === undefined ? '' : `?decision=${encodeURIComponent(decision)}`;
      return readJson(await request(`/api/refusal${query}`));
    },
    getCertificate: async () => readJson(await request('/api/certificate')),
    issueCertificate: async () => readJson(await post('/api/certificate/issue', {})),
    sendPassword: async () => readJson(await post('/api/certificate/send-password', {})),
    sendReplacementCode: async () => readJson(await post('/api/certificate/replacement/code', {})),
    replaceCertificate: async (code) => {
      const body: ReplaceRequest = code === undefined ? {} : { code };
      return readJson(await post('/api/certificate/replace', body));
    },
    fetchFile: async (format, extension) => {
      const response = await request(`/api/certificate/file?format=${format}&extension=${extension}`);
      return {
        content: await response.blob(),
        name: parseFileName(response.headers.get('content-disposition')),
      };
    },
    chooseAgain: async (application) => readJson(await post('/api/choose-again', { application })),
    clockOffsetMs: () => offsetMs,
  };
}

/** The contract's schema is checked where the answer is made; here it is taken at its word. */
async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new ApiProblem('answer-not-understood', { status: response.status, cause });
  }
}

/** The plain form, or RFC 8187's `filename*` where there is one. */
export function parseFileName(contentDisposition: string | null): string | undefined {
  if (contentDisposition === null) return undefined;
  const extended = /filename\*=utf-8''([^;\s]+)/i.exec(contentDisposition)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      return undefined;
    }
  }
  return /filename="?([^";]+)"?/i.exec(contentDisposition)?.[1];
}
