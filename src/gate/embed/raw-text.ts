const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const DASH = 0x2d;
const EXCLAMATION = 0x21;
const WORD_MAX = 16;

/** HTML's white space (Infra standard, "ASCII whitespace"). */
export function isSpace(octet: number): boolean {
  return octet === 0x20 || octet === 0x0a || octet === 0x09 || octet === 0x0d || octet === 0x0c;
}

export function isLetter(octet: number): boolean {
  const lower = octet | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

export function endsName(octet: number): boolean {
  return isSpace(octet) || octet === SLASH || octet === GREATER;
}

/** Text that ends only with its own end tag: octet by octet, whatever the pieces. */
export interface RawText {
  /** True for the octet after the name of the end tag, which belongs to the tag. */
  ends(octet: number): boolean;
}

export function openRawText(name: string): RawText {
  return name === 'script' ? new ScriptText() : new PlainRawText(name);
}

/** RCDATA and RAWTEXT (HTML standard, 13.2.5.9 to 13.2.5.14): `title`, `style`, `noscript` and others. */
class PlainRawText implements RawText {
  readonly #end: string;
  #matched = 0;

  constructor(name: string) {
    this.#end = `</${name}`;
  }

  ends(octet: number): boolean {
    if (this.#matched === this.#end.length) {
      if (endsName(octet)) return true;
      this.#matched = 0;
    }
    const lower = isLetter(octet) ? octet | 0x20 : octet;
    if (lower === this.#end.charCodeAt(this.#matched)) this.#matched += 1;
    else this.#matched = octet === LESS ? 1 : 0;
    return false;
  }
}

type ScriptPart = 'none' | 'less' | 'less-mark' | 'less-mark-dash' | 'end' | 'start';

/**
 * HTML standard, 13.2.5.15 to 13.2.5.31: between `<!--` and `-->` a script may hold `<script>…</script>`, which does
 * not end it.
 */
class ScriptText implements RawText {
  #mode: 'data' | 'escaped' | 'double-escaped' = 'data';
  #part: ScriptPart = 'none';
  #word = '';
  #dashes = 0;

  ends(octet: number): boolean {
    switch (this.#part) {
      case 'less':
        if (octet === SLASH) return this.#go('end');
        if (octet === EXCLAMATION && this.#mode === 'data') return this.#go('less-mark');
        if (isLetter(octet) && this.#mode === 'escaped') {
          this.#go('start');
          return this.#grow(octet);
        }
        break;
      case 'less-mark':
        if (octet === DASH) return this.#go('less-mark-dash');
        break;
      case 'less-mark-dash':
        if (octet === DASH) {
          this.#mode = 'escaped';
          this.#go('none');
          // The dashes of `<!--` count: `<!-->` is over at once.
          this.#dashes = 2;
          return false;
        }
        break;
      case 'end':
        if (isLetter(octet)) return this.#grow(octet);
        if (endsName(octet) && this.#word === 'script') {
          if (this.#mode !== 'double-escaped') return true;
          this.#mode = 'escaped';
          return this.#go('none');
        }
        break;
      case 'start':
        if (isLetter(octet)) return this.#grow(octet);
        if (endsName(octet)) {
          if (this.#word === 'script') this.#mode = 'double-escaped';
          return this.#go('none');
        }
        break;
      case 'none':
        break;
    }
    return this.#plain(octet);
  }

  #plain(octet: number): false {
    if (octet === LESS) return this.#go('less');
    if (octet === DASH) {
      this.#part = 'none';
      this.#dashes += 1;
      return false;
    }
    if (octet === GREATER && this.#dashes >= 2) this.#mode = 'data';
    return this.#go('none');
  }

  #go(part: ScriptPart): false {
    this.#part = part;
    this.#word = '';
    this.#dashes = 0;
    return false;
  }

  #grow(octet: number): false {
    if (this.#word.length < WORD_MAX) this.#word += String.fromCharCode(octet | 0x20);
    return false;
  }
}
