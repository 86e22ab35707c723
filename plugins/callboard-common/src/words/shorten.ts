/** The first 80 characters of a text that a stranger wrote: a sentence should not drown in it. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
