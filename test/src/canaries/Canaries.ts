import { createHash } from 'node:crypto';

/** Every canary has it, so that one look finds all: no other text has these letters by chance. */
const MARK = 'c4naryq7';
const ID_CHARS = 20;
const WHOLE = new RegExp(`${MARK}[0-9a-f]{${ID_CHARS}}`, 'gi');
/** Base64 shifts with what stands before: three ways to write the mark, without the characters that its neighbours change. */
const IN_BASE64 = [0, 1, 2].map(offset => {
  const text = Buffer.from('\0'.repeat(offset) + MARK).toString('base64');
  return text.slice(offset === 0 ? 0 : 4, text.replace(/=/g, '').length - 2);
});
const IN_HEX = Buffer.from(MARK).toString('hex');
const AROUND = 400; // characters decoded around a mark that was found

/** A canary that came out somewhere. */
export interface Leak {
  /** What it was put in as; what it looks like where that is not known. */
  canary: string;
  form: 'plain' | 'base64' | 'hex';
  where: string;
}

/**
 * Secrets that can be told from everything else, to be put in at one side and
 * looked for at the other. Written with characters that JSON and addresses
 * escape, around a part that they do not.
 */
export class Canaries {
  readonly #names = new Map<string, string>();
  /** Secrets that somebody else made, with the ways to write them. */
  readonly #kept = new Map<string, Array<[Leak['form'], string]>>();

  get size(): number {
    return this.#names.size + this.#kept.size;
  }

  /** A secret for an input: the same name gives the same. */
  make(name: string): string {
    const id = createHash('sha256')
      .update(name)
      .digest('hex')
      .slice(0, ID_CHARS);
    this.#names.set(id, name);
    return `${MARK}${id}`;
  }

  /** As {@link make}, in characters that JSON, addresses and shells write differently. */
  makeOdd(name: string): string {
    return `p+"/%\\ ${this.make(name)}&'`;
  }

  /** A secret that the program under test drew itself: of letters, digits, `-` and `_`, that nothing escapes. */
  keep(name: string, secret: string): string {
    if (!/^[\w-]{12,}$/.test(secret))
      throw new Error(`${name} can be found in no text`);
    this.#kept.set(name, [
      ['plain', secret],
      ['hex', Buffer.from(secret).toString('hex')],
      ...[0, 1, 2].map((offset): [Leak['form'], string] => [
        'base64',
        // Without the characters that its neighbours change.
        Buffer.from('\0'.repeat(offset) + secret)
          .toString('base64')
          .replace(/=+$/, '')
          .slice(offset === 0 ? 0 : 4, -2),
      ]),
    ]);
    return secret;
  }

  /** Canaries in a text or a file, plain or escaped, in Base64 at any offset, or in hex. */
  findIn(content: string | Buffer, where: string): Leak[] {
    const text = Buffer.isBuffer(content)
      ? content.toString('latin1')
      : content;
    const leaks = this.#findPlain(text, 'plain', where);
    for (const [canary, forms] of this.#kept)
      for (const [form, written] of forms)
        if (text.includes(written)) leaks.push({ canary, form, where });
    for (const [form, marks] of [
      ['base64', IN_BASE64],
      ['hex', [IN_HEX]],
    ] as const)
      for (const mark of marks)
        for (const at of findAll(text, mark))
          leaks.push(...this.#decode(text, at, { form, where }));
    return leaks;
  }

  #decode(
    text: string,
    at: number,
    { form, where }: { form: 'base64' | 'hex'; where: string },
  ): Leak[] {
    const word = form === 'hex' ? /[0-9a-f]*/iy : /[A-Za-z0-9+/_-]*/y;
    const letter = form === 'hex' ? /[0-9a-f]/i : /[A-Za-z0-9+/_-]/;
    let start = at;
    while (start > 0 && at - start < AROUND && letter.test(text[start - 1]))
      start -= 1;
    word.lastIndex = start;
    const run = word.exec(text)?.[0].slice(0, 2 * AROUND) ?? '';
    // Where the run begins is not known when it is cut off or stands beside other letters.
    for (const shift of [0, 1, 2, 3]) {
      const found = this.#findPlain(
        Buffer.from(run.slice(shift), form).toString('latin1'),
        form,
        where,
      );
      if (found.length > 0) return found;
    }
    return [{ canary: run.slice(0, 40), form, where }];
  }

  #findPlain(text: string, form: Leak['form'], where: string): Leak[] {
    return [...text.matchAll(WHOLE)].map(([found]) => ({
      canary: this.#names.get(found.slice(MARK.length).toLowerCase()) ?? found,
      form,
      where,
    }));
  }
}

function findAll(text: string, words: string): number[] {
  const found: number[] = [];
  for (
    let at = text.indexOf(words);
    at >= 0;
    at = text.indexOf(words, at + words.length)
  )
    found.push(at);
  return found;
}
