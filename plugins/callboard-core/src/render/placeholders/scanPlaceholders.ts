/** A piece of a text with placeholders: literal text or a reference. */
export type TextPiece = { text: string } | { reference: string };

const DOLLAR = 0x24;
const OPEN = 0x7b;

/**
 * Cuts a text into pieces, lazily: `$$` is a dollar, `$${x}` the text `${x}`,
 * `${x}` a reference to x; a `${` that is never closed is text. No text is
 * empty, and no two are adjacent. One pass: a long text of open placeholders
 * costs no more than any other.
 *
 * Source: score-go 1.12, the pattern `\$((?:\$?{([^}]*)})|\$)`.
 */
export function* scanPlaceholders(text: string): Generator<TextPiece, void> {
  let value = '';
  let copied = 0;
  let isOpenText = false;
  for (let at = text.indexOf('$'); at !== -1; ) {
    let end = at + 1;
    while (text.charCodeAt(end) === DOLLAR) end += 1;
    let close = -1;
    if (!isOpenText && text.charCodeAt(end) === OPEN) {
      close = text.indexOf('}', end + 1);
      isOpenText = close === -1; // no brace closes after this position
    }
    // Of dollars before a placeholder the last belongs to it, or the last two.
    const dollars = end - at - (close === -1 ? 0 : 1);
    const pairs = Math.floor(dollars / 2);
    const isEscaped = close !== -1 && dollars % 2 === 1;
    if (pairs > 0) {
      value += text.slice(copied, at + pairs);
      copied = at + 2 * pairs;
    }
    if (isEscaped) {
      value += text.slice(copied, end - 2);
      copied = end - 1;
    } else if (close !== -1) {
      value += text.slice(copied, end - 1);
      if (value !== '') yield { text: value };
      yield { reference: text.slice(end + 1, close) };
      value = '';
      copied = close + 1;
    }
    at = text.indexOf('$', close === -1 ? end : close + 1);
  }
  value += text.slice(copied);
  if (value !== '') yield { text: value };
}
