import { endsName, isLetter, isSpace, openRawText, type RawText } from './raw-text.ts';

/**
 * Where a page's head ends, found in a stream of octets. The tokens are those of the HTML standard (section 13.2.5), as
 * far as they decide this; whatever looks unusual ends the search without a place.
 */
export type Scan =
  /** Nothing yet. The last `undecided` octets are to be shown again in front of the next ones. */
  | { readonly kind: 'more'; readonly undecided: number }
  | { readonly kind: 'found'; readonly at: number }
  | { readonly kind: 'none' };

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const DASH = 0x2d;
const EXCLAMATION = 0x21;
const QUESTION = 0x3f;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const ESCAPE = 0x1b;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const NAME_MAX = 16;
const META_MAX = 65_536;
const NONE: Scan = { kind: 'none' };

/** Start tags that leave the head open (section 13.2.6.4.4, with a browser that runs scripts). */
const IN_HEAD = new Set(
  'html head base basefont bgsound link meta title noframes style noscript script template'.split(' '),
);
const RAW = new Set('title style noscript noframes script textarea xmp iframe noembed'.split(' '));
/** End tags that close the head; others are ignored in it. */
const CLOSES_HEAD = new Set(['head', 'body', 'html', 'br']);

type State = 'data' | 'markup' | 'markup-dash' | 'comment' | 'bogus' | 'attributes' | 'raw';
type AttributeState =
  | 'before-name'
  | 'name'
  | 'after-name'
  | 'before-value'
  | 'double'
  | 'single'
  | 'unquoted';

export class HeadScanner {
  /** The `<meta>` tags of the head, as they stand there. */
  readonly metaTags: string[] = [];
  /** Relative addresses may lead anywhere. */
  hasBase = false;
  #state: State = 'data';
  #attribute: AttributeState = 'before-name';
  #tag = '';
  #isEndTag = false;
  #meta: string | undefined;
  #raw: RawText | undefined;
  #rawName = '';
  #templates = 0;
  /** Of a comment: dashes in a row, whether it has only begun, whether `--!` was the last. */
  #dashes = 0;
  #commentLength = 0;
  #bang = false;
  #position = 0;
  /** Something that only a page has was seen: a doctype or a tag. */
  #isPage = false;

  scan(octets: Buffer): Scan {
    for (let index = 0; index < octets.length; index += 1) {
      const octet = octets[index] ?? 0;
      // UTF-16 and encodings with shifts (ISO-2022): `<` need not be one.
      if (octet === 0 || octet === ESCAPE) return NONE;
      if (this.#state === 'data') {
        const step = this.#data(octets, index, octet);
        if (typeof step !== 'number') return step;
        this.#position += step - index + 1;
        index = step;
        continue;
      }
      this.#position += 1;
      if (!this.#inside(octet)) return NONE;
    }
    return { kind: 'more', undecided: 0 };
  }

  /** The index of the last octet that was read, or the end of the search. */
  #data(octets: Buffer, index: number, octet: number): number | Scan {
    if (octet !== LESS) {
      if (isSpace(octet) || this.#templates > 0) return index;
      if (this.#position < 3 && octet === BYTE_ORDER_MARK[this.#position]) return index;
      return this.#isPage ? { kind: 'found', at: index } : NONE;
    }
    const second = octets[index + 1];
    const undecided: Scan = { kind: 'more', undecided: octets.length - index };
    if (second === undefined) return undecided;
    if (second === EXCLAMATION) {
      this.#state = 'markup';
      return index + 1;
    }
    if (second === QUESTION) {
      this.#state = 'bogus';
      return index + 1;
    }
    this.#isEndTag = second === SLASH;
    const nameStart = this.#isEndTag ? index + 2 : index + 1;
    const first = octets[nameStart];
    if (first === undefined) return undecided;
    if (!isLetter(first)) {
      if (this.#isEndTag) {
        // `</>` is nothing, `</ …>` a comment.
        if (first === GREATER) return nameStart;
        this.#state = 'bogus';
        return index + 1;
      }
      if (this.#templates > 0) return index;
      return this.#isPage ? { kind: 'found', at: index } : NONE;
    }
    let nameEnd = nameStart;
    while (nameEnd < octets.length && nameEnd - nameStart <= NAME_MAX && !endsName(octets[nameEnd] ?? 0)) {
      nameEnd += 1;
    }
    if (nameEnd === octets.length) return undecided;
    const name = octets.toString('latin1', nameStart, nameEnd).toLowerCase();
    if (name.includes('\0') || name.includes('\x1b')) return NONE;
    if (this.#isPlace(name)) return { kind: 'found', at: index };
    if (this.#templates > 0 && (name === 'svg' || name === 'math' || name === 'plaintext')) return NONE;
    if (!this.#isEndTag) this.#isPage = true;
    this.#tag = name;
    this.#state = 'attributes';
    this.#attribute = 'before-name';
    this.#meta = name === 'meta' && !this.#isEndTag && this.#templates === 0 ? '<meta' : undefined;
    return nameEnd - 1;
  }

  #isPlace(name: string): boolean {
    if (this.#templates > 0) return false;
    return this.#isEndTag ? CLOSES_HEAD.has(name) && (this.#isPage || name === 'head') : !IN_HEAD.has(name);
  }

  /** False: there will be no place. */
  #inside(octet: number): boolean {
    switch (this.#state) {
      case 'markup':
        if (octet === DASH) this.#state = 'markup-dash';
        else if (octet === GREATER) this.#state = 'data';
        else {
          if ((octet | 0x20) === 0x64) this.#isPage = true;
          this.#state = 'bogus';
        }
        return true;
      case 'markup-dash':
        if (octet === DASH) {
          this.#state = 'comment';
          this.#dashes = 2;
          this.#commentLength = 0;
          this.#bang = false;
        } else this.#state = octet === GREATER ? 'data' : 'bogus';
        return true;
      case 'comment':
        this.#comment(octet);
        return true;
      case 'bogus':
        if (octet === GREATER) this.#state = 'data';
        return true;
      case 'raw':
        if (this.#raw?.ends(octet) !== true) return true;
        this.#raw = undefined;
        this.#tag = this.#rawName;
        this.#isEndTag = true;
        this.#state = 'attributes';
        this.#attribute = 'before-name';
        return this.#attributes(octet);
      case 'attributes':
        return this.#attributes(octet);
      case 'data':
        return true;
    }
  }

  /** `<!-->`, `<!--->`, `-->` and `--!>` end a comment. */
  #comment(octet: number): void {
    const isFirst = this.#commentLength === 0;
    this.#commentLength += 1;
    if (octet === GREATER && (this.#bang || this.#dashes >= 2)) {
      this.#state = 'data';
      return;
    }
    this.#bang = octet === EXCLAMATION && this.#dashes >= 2 && !isFirst && this.#commentLength > 2;
    if (octet === DASH) this.#dashes = isFirst ? 2 : this.#dashes + 1;
    else this.#dashes = 0;
  }

  #attributes(octet: number): boolean {
    if (this.#meta !== undefined) {
      if (this.#meta.length >= META_MAX) return false;
      this.#meta += String.fromCharCode(octet);
    }
    const state = this.#attribute;
    if (state === 'double' || state === 'single') {
      if (octet === (state === 'double' ? DOUBLE_QUOTE : SINGLE_QUOTE)) this.#attribute = 'before-name';
      return true;
    }
    if (octet === GREATER) return this.#tagEnds();
    switch (state) {
      case 'before-name':
        // `=` here begins a name (section 13.2.5.32).
        if (!isSpace(octet) && octet !== SLASH) this.#attribute = 'name';
        return true;
      case 'name':
        if (octet === EQUALS) this.#attribute = 'before-value';
        else if (octet === SLASH) this.#attribute = 'before-name';
        else if (isSpace(octet)) this.#attribute = 'after-name';
        return true;
      case 'after-name':
        if (octet === EQUALS) this.#attribute = 'before-value';
        else if (octet === SLASH) this.#attribute = 'before-name';
        else if (!isSpace(octet)) this.#attribute = 'name';
        return true;
      case 'before-value':
        if (octet === DOUBLE_QUOTE) this.#attribute = 'double';
        else if (octet === SINGLE_QUOTE) this.#attribute = 'single';
        else if (!isSpace(octet)) this.#attribute = 'unquoted';
        return true;
      case 'unquoted':
        if (isSpace(octet)) this.#attribute = 'before-name';
        return true;
    }
  }

  #tagEnds(): boolean {
    this.#state = 'data';
    const name = this.#tag;
    if (this.#meta !== undefined) this.metaTags.push(this.#meta);
    this.#meta = undefined;
    if (name === 'template') {
      if (!this.#isEndTag) this.#templates += 1;
      else if (this.#templates > 0) this.#templates -= 1;
    }
    if (this.#isEndTag) return true;
    if (name === 'base' && this.#templates === 0) this.hasBase = true;
    if (RAW.has(name)) {
      this.#state = 'raw';
      this.#rawName = name;
      this.#raw = openRawText(name);
    }
    return true;
  }
}
