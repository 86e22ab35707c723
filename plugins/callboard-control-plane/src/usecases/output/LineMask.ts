import { findKeyLines, maskSecrets } from '@callboard/plugin-callboard-core';
import type { SecretMask } from '../../reconcile/settings/SecretMasks';

const HIDDEN = '***';
const KEY_BEGINS = '-----BEGIN PRIVATE KEY';
const LONGEST_KEY = 200; // lines; a key that begins and does not end by then is none
const CHARACTERS_OF_A_TURN = 32 * 1024;

/** Masks secrets in the lines of one container, which arrive in parts. */
export class LineMask {
  /** Lines that may be part of a key whose end has not arrived. */
  #keyLines = 0;

  /** Returns the texts with secrets masked. Yields to let other work run. */
  *hide(texts: readonly string[], mask: SecretMask): Generator<void, string[]> {
    const isOfKey = this.#findKeyLines(texts);
    const hidden: string[] = [];
    let looked = 0;
    for (const [index, text] of texts.entries()) {
      hidden.push(isOfKey[index] ? HIDDEN : maskSecrets(mask(text)));
      looked += text.length;
      if (looked < CHARACTERS_OF_A_TURN) continue;
      looked = 0;
      yield;
    }
    return hidden;
  }

  #findKeyLines(texts: readonly string[]): boolean[] {
    if (this.#keyLines <= 0) {
      const isOfKey = findKeyLines(texts);
      const isOpen = endsInKey(texts, isOfKey);
      this.#keyLines = isOpen ? LONGEST_KEY : 0;
      return isOfKey;
    }
    const all = [KEY_BEGINS, ...texts];
    const isOfKey = findKeyLines(all);
    this.#keyLines = endsInKey(all, isOfKey)
      ? this.#keyLines - texts.length
      : 0;
    return isOfKey.slice(1);
  }
}

function endsInKey(texts: readonly string[], isOfKey: boolean[]): boolean {
  const last = texts.at(-1);
  return (
    last !== undefined && isOfKey.at(-1) === true && !/-----END /.test(last)
  );
}
