const ESCAPES = /\\(\/|u[dD][89a-fA-F]|[^])/g;
const PLAIN_MARK = '\u001f'; // the lexer's, in front of a value

/** Tokens that Go's parser refuses, or reads differently from YAML 1.2. */
export type ForeignToken = 'tab' | 'escape' | 'tag' | 'directive' | 'colon';

/** Finds foreign tokens in the token sequence of a lexer. */
export class ForeignTokens {
  #isLineOpen = false;
  #openBrackets = 0;
  /** The last two tokens, marks and empty values aside. */
  #before = '';
  #last = '';
  #wasBlank = false;

  find(token: string): ForeignToken | undefined {
    if (token === '' || token === PLAIN_MARK) return undefined;
    const found = isBlank(token)
      ? this.#judgeBlank(token)
      : this.#judge(token) ?? this.#judgeInBrackets(token);
    this.#wasBlank = isBlank(token);
    if (this.#wasBlank) return found;
    if (token === '{' || token === '[') this.#openBrackets += 1;
    if (token === '}' || token === ']') this.#openBrackets -= 1;
    this.#isLineOpen = !'\n\r\ufeff-?'.includes(token[0]) || token.length > 2;
    this.#before = this.#last;
    this.#last = token;
    return found;
  }

  /**
   * A tab is refused before the first token of a line, and after the dash of an
   * entry; inside brackets it is allowed everywhere.
   */
  #judgeBlank(token: string): ForeignToken | undefined {
    const isIndent = !this.#isLineOpen && this.#openBrackets === 0;
    return isIndent && token.includes('\t') ? 'tab' : undefined;
  }

  #judge(token: string): ForeignToken | undefined {
    if (token[0] === '"') return hasForeignEscape(token) ? 'escape' : undefined;
    const isOtherVersion = /^%YAML\s+(?!1\.1(?:\s|$))/.test(token);
    return isOtherVersion ? 'directive' : undefined;
  }

  #judgeInBrackets(token: string): ForeignToken | undefined {
    if (this.#openBrackets === 0) return undefined;
    // Go's parser reads what follows as part of the tag, or of the key.
    if (',]}'.includes(token) && this.#last.startsWith('!')) return 'tag';
    const isGlued = this.#last === ':' && !this.#wasBlank;
    if (isGlued && '{}[],'.includes(token) && !/["'\]}]$/.test(this.#before))
      return 'colon';
    return /^[:?]./.test(token) ? 'colon' : undefined;
  }
}

function isBlank(token: string): boolean {
  return token[0] === ' ' || token[0] === '\t';
}

function hasForeignEscape(token: string): boolean {
  for (const [, escape] of token.matchAll(ESCAPES))
    if (escape === '/' || escape.length > 1) return true;
  return false;
}
