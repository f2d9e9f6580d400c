import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliCompress,
  createBrotliDecompress,
  createDeflate,
  createGunzip,
  createGzip,
  createInflate,
  createInflateRaw,
  createZstdCompress,
  createZstdDecompress,
} from 'node:zlib';

/** Content codings (RFC 9110, section 8.4.1) that a page can be taken out of and put into again while it passes. */
export type Coding = 'identity' | 'gzip' | 'deflate' | 'br' | 'zstd';

/** Both ends of zlib's streams; what is flushed can be read by the browser at once. */
export type Coder = Transform & { flush(callback?: () => void): void };

/** Undefined: several codings, or one that is unknown here; such a page is left alone. */
export function readCoding(contentEncoding: string | undefined): Coding | undefined {
  switch (contentEncoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return 'identity';
    case 'gzip':
    case 'x-gzip':
      return 'gzip';
    case 'deflate':
      return 'deflate';
    case 'br':
      return 'br';
    case 'zstd':
      return 'zstd';
    default:
      return undefined;
  }
}

const READABLE = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'identity']);

/**
 * Accept-Encoding without the codings that cannot be read here, such as those with a shared dictionary. Undefined: as
 * it was. What is compressed stays compressed and what is not stays so: an application has its reasons (CVE-2013-3587).
 */
export function acceptReadableOnly(acceptEncoding: string): string | undefined {
  const items = acceptEncoding.split(',').map((item) => item.trim());
  const kept = items.filter((item) => READABLE.has((item.split(';', 1)[0] ?? '').trim().toLowerCase()));
  if (kept.length === items.length) return undefined;
  // RFC 9110, section 12.5.3: an empty value asks for no coding.
  return kept.length === 0 ? 'identity' : kept.join(', ');
}

/** RFC 9659: a browser takes no larger window. */
const ZSTD_WINDOW_LOG = 23;
/** 512 kB, of the 4 MB that are the default. */
const BROTLI_WINDOW_LOG = 19;

/** @param firstOctet of the body: "deflate" is zlib's format, and some send the bare one (RFC 9110, section 8.4.1.2) */
export function createDecoder(coding: Exclude<Coding, 'identity'>, firstOctet: number): Coder {
  // A body without a proper end is shown by browsers as far as it goes.
  const lenient = { finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case 'gzip':
      return createGunzip(lenient);
    case 'deflate':
      return (firstOctet & 0x0f) === 8 ? createInflate(lenient) : createInflateRaw(lenient);
    case 'br':
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    case 'zstd':
      return createZstdDecompress({
        params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
        finishFlush: constants.ZSTD_e_flush,
      });
  }
}

export function createEncoder(coding: Exclude<Coding, 'identity'>): Coder {
  switch (coding) {
    case 'gzip':
      return createGzip();
    case 'deflate':
      return createDeflate();
    case 'br':
      return createBrotliCompress({
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 4,
          [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW_LOG,
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        },
      });
    case 'zstd':
      return createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  }
}
