import { hash } from 'node:crypto';
import type { OcspReply, OcspResponder } from '../../enrolment/ocsp-responder.ts';
import type { PlainFile, QuestionPlace } from '../../http/plain-server.ts';
import type { Clock } from '../../kernel/clock.ts';
import { REQUEST_MAX_BYTES } from '../../pki/ocsp/parse-request.ts';

const PATH = '/pki/ocsp';
const RESPONSE_TYPE = 'application/ocsp-response';

export interface OcspOverHttp {
  readonly questions: QuestionPlace;
  /** An answer where the path holds a question. */
  findFile(path: string): Promise<PlainFile | undefined>;
}

/** RFC 6960, appendix A: questions by POST, or by GET as percent-encoded base64 at the end of the path. */
export function createOcspOverHttp({ respond }: OcspResponder, clock: Clock): OcspOverHttp {
  const present = ({ der, reusableUntil }: OcspReply): PlainFile => ({
    bytes: der,
    contentType: RESPONSE_TYPE,
    headers:
      reusableUntil === undefined ? { 'Cache-Control': 'no-store' } : cacheHeaders(der, reusableUntil, clock),
  });
  return {
    questions: {
      path: PATH,
      contentType: 'application/ocsp-request',
      maxBytes: REQUEST_MAX_BYTES,
      answer: async (question) => present(await respond(question)),
    },
    async findFile(path) {
      if (!path.startsWith(`${PATH}/`)) return undefined;
      return present(await respond(decodeQuestion(path.slice(PATH.length + 1))));
    },
  };
}

/** What is not base64 becomes no octets, which the responder calls malformed. */
function decodeQuestion(text: string): Uint8Array {
  try {
    const base64 = decodeURIComponent(text);
    return /^[0-9A-Za-z+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : new Uint8Array(0);
  } catch {
    return new Uint8Array(0);
  }
}

/** RFC 5019, 5 and 6: an answer may be kept by proxies until it ends. */
function cacheHeaders(der: Uint8Array, until: Date, clock: Clock): Record<string, string> {
  const seconds = Math.max(0, Math.floor((until.getTime() - clock.now().getTime()) / 1_000));
  return {
    'Cache-Control': `max-age=${seconds}, public, no-transform, must-revalidate`,
    Expires: until.toUTCString(),
    ETag: `"${hash('sha1', der, 'hex')}"`,
  };
}
