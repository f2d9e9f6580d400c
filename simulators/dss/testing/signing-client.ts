import { basic, bearer, DesktopManager, get, post, type TestSimulator } from './client.ts';

export interface CertificateEntry {
  readonly ID: number;
  readonly HasPin: boolean;
  readonly CertificateBase64: string;
  readonly Status: { readonly Value: string };
}

/** The calls of a signer in their order, with whoever presses the button on the telephone. */
export class SigningClient extends DesktopManager {
  readonly #simulator: TestSimulator;

  constructor(simulator: TestSimulator) {
    super(simulator.url);
    this.#simulator = simulator;
  }

  /** A token of the sign-in, with or without a confirmation. */
  async signInAs(login: string, password = ''): Promise<string> {
    const header = basic(login, password);
    const first = await this.begin(header);
    if (first.AccessToken !== undefined) return first.AccessToken;
    const { code } = this.#simulator.waiting(login).at(-1) ?? {};
    if (code === undefined) this.#simulator.answer(login, 'confirm');
    const final = await this.poll(header, first, code);
    return final.AccessToken ?? '';
  }

  async certificates(token: string): Promise<readonly CertificateEntry[]> {
    return (await (
      await get(`${this.signServer}/api/certificates`, bearer(token))
    ).json()) as CertificateEntry[];
  }

  async idOf(token: string, algorithm: 'rsa' | 'gost'): Promise<number> {
    // id-tc26-gost3410-12-256 and -512 begin alike
    const isGost = ({ CertificateBase64 }: CertificateEntry) =>
      Buffer.from(CertificateBase64, 'base64').includes(Buffer.from('2a850307010101', 'hex'));
    const found = (await this.certificates(token)).find((entry) => isGost(entry) === (algorithm === 'gost'));
    return found?.ID ?? -1;
  }

  createTransaction(token: string, transaction: object): Promise<Response> {
    return post(`${this.signServer}/api/transactions`, bearer(token), transaction);
  }

  /** Transaction, confirmation, signature. */
  async signConfirmed(
    login: string,
    token: string,
    transaction: object,
    path: 'documents' | 'documents/packagesignature' = 'documents',
  ): Promise<unknown> {
    const id = (await (await this.createTransaction(token, transaction)).json()) as string;
    const first = await this.begin(bearer(token), { TransactionTokenId: id });
    if (first.Challenge?.Title.Value !== 'Подтверждение подписания') throw new Error(JSON.stringify(first));
    this.#simulator.answer(login, 'confirm');
    const final = await this.poll(bearer(token), first);
    const signed = await post(`${this.signServer}/api/${path}`, bearer(final.AccessToken ?? ''), {});
    if (signed.status !== 200) throw new Error(`signing answered ${signed.status}`);
    return signed.json();
  }
}

/** Of a transaction for one document in CMS. */
export function parameters(
  certificateId: number,
  more: Readonly<Record<string, string>> = {},
): readonly object[] {
  const values = {
    SignatureType: 'CMS',
    CertificateID: String(certificateId),
    IsDetached: 'false',
    CmsSignatureType: 'sign',
    PinCode: '',
    DocumentInfo: 'договор.txt',
    DocumentType: 'txt',
    ...more,
  };
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}
