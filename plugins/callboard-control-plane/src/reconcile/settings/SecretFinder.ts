/** A part of a text, from its first character up to the one after its last. */
export interface TextRange {
  start: number;
  end: number;
}

/** Characters; a shorter secret occurs in many ordinary words. */
export const SHORTEST = 4;

const TELLING = 48; // characters; a part of a secret this long is worth hiding where the rest differs
const GATE_BITS = { least: 10, most: 22 };
/** Comparisons of characters; ordinary text takes about one. */
const STEPS = { ofText: 1_000_000, ofCharacter: 32 };
const PAUSE_AFTER = 2_000_000; // characters compared, a few ms
const OF_EACH = 16; // characters that are searched in the time that one step takes

/**
 * Finds any of many texts within another in one pass. Its cost is bounded by
 * the length of the searched text, whatever is searched for: where the bound is
 * reached, the rest counts as found.
 */
export class SecretFinder {
  /** Sorted, so that the form with the longest common prefix is next to where the text would be. */
  readonly #forms: readonly string[];
  /** The longest form that each form begins with, by index; -1 for none. */
  readonly #beginnings: Int32Array;
  /** Bits of the hashes of the first characters. */
  readonly #gate: Uint8Array;

  private constructor(
    forms: readonly string[],
    beginnings: Int32Array,
    gate: Uint8Array,
  ) {
    this.#forms = forms;
    this.#beginnings = beginnings;
    this.#gate = gate;
  }

  /** Creates a finder of texts, none too short and no two equal; pauses so that other work has its turn. */
  static *prepare(texts: readonly string[]): Generator<void, SecretFinder> {
    const forms = yield* sortInSteps(texts);
    const bits = Math.ceil(Math.log2(16 * forms.length + 1));
    const gate = new Uint8Array(
      2 ** Math.min(GATE_BITS.most, Math.max(GATE_BITS.least, bits)),
    );
    const beginnings = new Int32Array(forms.length);
    let looked = 0;
    for (const [index, form] of forms.entries()) {
      gate[hashAt(form, 0, gate.length)] = 1;
      beginnings[index] = findBeginning(index, forms, beginnings);
      looked += form.length + OF_EACH;
      if (looked < PAUSE_AFTER) continue;
      looked = 0;
      yield;
    }
    return new SecretFinder(forms, beginnings, gate);
  }

  /**
   * Returns the parts that were found, in order and not touching.
   *
   * @param isCut - whether the text may end within a secret
   */
  findIn(text: string, { isCut = false } = {}): TextRange[] {
    const found: TextRange[] = [];
    const budget = { steps: STEPS.ofText + STEPS.ofCharacter * text.length };
    for (let at = 0; at + SHORTEST <= text.length; at += 1) {
      if (this.#gate[hashAt(text, at, this.#gate.length)] === 0) continue;
      const isSpent = budget.steps <= 0;
      const end = isSpent
        ? text.length
        : this.#endOf(text, at, { isCut, budget });
      if (end > at) addRange(found, { start: at, end });
      if (isSpent) break;
    }
    return found;
  }

  /** Returns the end of the longest form that begins at a position; the position itself where none does. */
  #endOf(
    text: string,
    at: number,
    { isCut, budget }: { isCut: boolean; budget: { steps: number } },
  ): number {
    let before = -1; // of the last form that is not after the rest of the text
    let next = this.#forms.length;
    let sameBefore = 0;
    let sameNext = 0;
    while (next - before > 1) {
      const middle = Math.floor((before + next) / 2);
      const form = this.#forms[middle];
      const most = Math.min(form.length, text.length - at);
      let same = Math.min(sameBefore, sameNext);
      budget.steps += same;
      while (
        same < most &&
        form.charCodeAt(same) === text.charCodeAt(at + same)
      )
        same += 1;
      budget.steps -= same + 1;
      const isAfter =
        same < form.length &&
        !(form.charCodeAt(same) < text.charCodeAt(at + same)); // NaN where the text ends
      if (isAfter) [next, sameNext] = [middle, same];
      else [before, sameBefore] = [middle, same];
    }
    const longest = Math.max(sameBefore, sameNext);
    if (longest >= TELLING) return at + longest;
    if (isCut && sameNext >= SHORTEST && at + sameNext === text.length)
      return text.length;
    while (before >= 0 && this.#forms[before].length > sameBefore)
      before = this.#beginnings[before];
    return before < 0 ? at : at + this.#forms[before].length;
  }
}

/** Appends a part behind others that begin no later; parts that touch are merged. */
export function addRange(ranges: TextRange[], added: TextRange): void {
  const last = ranges.at(-1);
  if (last && added.start <= last.end) last.end = Math.max(last.end, added.end);
  else ranges.push(added);
}

/** Sorts by merging in steps, as sorting a million texts blocks for too long. */
function* sortInSteps(
  texts: readonly string[],
): Generator<void, readonly string[]> {
  let sorted = texts;
  let looked = 0;
  for (let width = 1; width < texts.length; width *= 2) {
    const merged: string[] = [];
    for (let start = 0; start < texts.length; start += 2 * width) {
      const middle = Math.min(start + width, texts.length);
      const end = Math.min(start + 2 * width, texts.length);
      let left = start;
      let right = middle;
      while (left < middle || right < end) {
        const isLeft =
          right === end || (left < middle && sorted[left] < sorted[right]);
        const text = sorted[isLeft ? left : right];
        merged.push(text);
        if (isLeft) left += 1;
        else right += 1;
        looked += text.length + OF_EACH;
        if (looked < PAUSE_AFTER) continue;
        looked = 0;
        yield;
      }
    }
    sorted = merged;
  }
  return sorted;
}

/** Returns the index of the longest earlier text with which that one begins. */
function findBeginning(
  index: number,
  sorted: readonly string[],
  beginnings: Int32Array,
): number {
  let beginning = index - 1;
  while (beginning >= 0 && !sorted[index].startsWith(sorted[beginning]))
    beginning = beginnings[beginning];
  return beginning;
}

/** Hashes the first characters at a position. */
function hashAt(text: string, at: number, many: number): number {
  let hash = 0;
  for (let index = at; index < at + SHORTEST; index += 1)
    hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(index);
  return (hash ^ (hash >>> 15)) & (many - 1);
}
