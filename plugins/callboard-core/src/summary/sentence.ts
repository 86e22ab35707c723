/** Makes a sentence for a page: capital first where `start` is a word of ours, one full stop at the end. */
export function endSentence(text: string): string {
  const trimmed = text.trimEnd();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
