/** Escape sequences of terminals: colours, titles, links, cursor moves. */
const SEQUENCES =
  // eslint-disable-next-line no-control-regex -- what is taken out
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[PX^_][^\u001b]*(?:\u001b\\)?|\u001b[ -/]*[0-~]/g;
/** Characters that change how others are displayed: direction, line ends. */
const UNSEEN = /[\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Returns one line without escape sequences and invisible characters; control characters, tabs too, become spaces. */
export function plainText(text: string): string {
  return text
    .replace(SEQUENCES, '')
    .replace(UNSEEN, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trimEnd();
}

/**
 * Returns JSON on one line; control and invisible characters are escaped, so
 * that a program reads the original text.
 */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
