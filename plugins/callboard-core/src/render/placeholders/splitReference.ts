/**
 * Splits a reference at its dots, lazily; `\.` is a dot inside a part. A
 * reference of a megabyte therefore costs no more than the parts that are read.
 *
 * Source: score-go 1.12, framework/substitution.go; it keeps escaped dots as
 * NUL meanwhile.
 */
export function* splitReference(reference: string): Generator<string, void> {
  let from = 0;
  for (let at = reference.indexOf('.'); at !== -1; ) {
    if (reference[at - 1] !== '\\') {
      yield unescape(reference.slice(from, at));
      from = at + 1;
    }
    at = reference.indexOf('.', at + 1);
  }
  yield unescape(reference.slice(from));
}

function unescape(part: string): string {
  return part.replaceAll('\\.', '.').replaceAll('\0', '.');
}
