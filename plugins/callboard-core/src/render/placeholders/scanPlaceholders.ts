/** A piece of a text with placeholders: what stands there, or what is referred to. */
export type TextPiece = { text: string } | { reference: string };

/**
 * Cuts a text into pieces: `$$` is a dollar, `$${x}` the text `${x}`, `${x}` a
 * reference to x; a `${` that is never closed is text. One pass: a long text of
 * open placeholders costs no more than any other.
 *
 * Source: score-go 1.12, the pattern `\$((?:\$?{([^}]*)})|\$)`.
 */
export function scanPlaceholders(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let copied = 0;
  let at = text.indexOf('$');
  while (at !== -1) {
    const escaped = text[at + 1] === '$';
    const open = escaped ? at + 1 : at;
    const close = text[open + 1] === '{' ? text.indexOf('}', open + 2) : -1;
    if (text[open + 1] === '{' && close === -1) {
      // Nothing closes from here on, so only `$$` is left to be read.
      pieces.push({
        text: text.slice(copied, at) + text.slice(at).replaceAll('$$', '$'),
      });
      return pieces;
    }
    if (!escaped && close === -1) {
      at = text.indexOf('$', at + 1);
      continue;
    }
    pieces.push({ text: text.slice(copied, at) });
    if (close === -1) pieces.push({ text: '$' });
    else
      pieces.push(
        escaped
          ? { text: text.slice(open, close + 1) }
          : { reference: text.slice(open + 2, close) },
      );
    copied = close === -1 ? open + 1 : close + 1;
    at = text.indexOf('$', copied);
  }
  pieces.push({ text: text.slice(copied) });
  return pieces;
}
