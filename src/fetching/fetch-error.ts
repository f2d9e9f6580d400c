/** Why nothing was fetched: what may be told to people. What a server sent is never told. */
export type FetchCategory =
  /** Not http or https, with a name and password, or no address at all. */
  | 'address-unsupported'
  /** The name leads into a network that the server may not speak to. */
  | 'address-refused'
  | 'name-unknown'
  | 'unreachable'
  /** The certificate of the other server is not accepted. */
  | 'tls-failed'
  | 'too-slow'
  | 'too-large'
  | 'too-many-redirects'
  /** It answers, but not with success; the status is beside it. */
  | 'status'
  /** The answer breaks off, or is no HTTP. */
  | 'answer-broken';

export class FetchError extends Error {
  readonly category: FetchCategory;
  /** Only where the category is `status`. */
  readonly status: number | undefined;

  constructor(category: FetchCategory, options: { status?: number; cause?: unknown; detail?: string } = {}) {
    super(options.detail === undefined ? category : `${category}: ${options.detail}`, {
      cause: options.cause,
    });
    this.name = 'FetchError';
    this.category = category;
    this.status = options.status;
  }
}
