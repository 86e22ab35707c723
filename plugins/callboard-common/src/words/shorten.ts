/** Returns the first 80 characters of an untrusted text, so that it does not fill a sentence. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
