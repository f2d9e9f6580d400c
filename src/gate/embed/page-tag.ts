import { HeadScanner } from './head-scanner.ts';
import { readMetaPolicy } from './meta-policy.ts';

/** What the head said that the tag has to take into account. */
export interface HeadFacts {
  readonly metaPolicies: readonly string[];
  /** `<base>`: a relative address may lead to another origin. */
  readonly hasBase: boolean;
}

/**
 * Puts one tag at the end of a page's head while the page passes; every other octet stays as it is, and nothing is
 * kept but the beginning of a tag that has not come whole yet. After the policies of the head, before its end: a
 * `<meta>` with a policy rules over what follows it, and one with the encoding stays within its first octets.
 */
export class PageTag {
  readonly #makeTag: (facts: HeadFacts) => string | undefined;
  #scanner: HeadScanner | undefined = new HeadScanner();
  #held: Buffer | undefined;

  /** @param makeTag undefined: this page gets none */
  constructor(makeTag: (facts: HeadFacts) => string | undefined) {
    this.#makeTag = makeTag;
  }

  /** What may go on, in order. */
  push(chunk: Buffer): readonly Buffer[] {
    const scanner = this.#scanner;
    if (scanner === undefined) return [chunk];
    const octets = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = undefined;
    const scan = scanner.scan(octets);
    switch (scan.kind) {
      case 'more': {
        const decided = octets.length - scan.undecided;
        if (scan.undecided > 0) this.#held = Buffer.from(octets.subarray(decided));
        return decided > 0 ? [octets.subarray(0, decided)] : [];
      }
      case 'none':
        this.#scanner = undefined;
        return [octets];
      case 'found': {
        this.#scanner = undefined;
        const tag = this.#tagFor(scanner);
        if (tag === undefined) return [octets];
        const placed = Buffer.from(tag, 'latin1');
        return [octets.subarray(0, scan.at), placed, octets.subarray(scan.at)].filter(
          ({ length }) => length > 0,
        );
      }
    }
  }

  /** What was held back where the page ended. */
  end(): readonly Buffer[] {
    const held = this.#held;
    this.#held = undefined;
    return held === undefined ? [] : [held];
  }

  #tagFor({ metaTags, hasBase }: HeadScanner): string | undefined {
    const metaPolicies: string[] = [];
    for (const tag of metaTags) {
      const policy = readMetaPolicy(tag);
      if (policy === 'unclear') return undefined;
      if (policy !== undefined) metaPolicies.push(policy.text);
    }
    return this.#makeTag({ metaPolicies, hasBase });
  }
}
