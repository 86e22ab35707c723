/** Wraps a text between words into lines of at most `columns`; text beyond `lines` is cut with `…`. */
export function wrapText(
  text: string,
  { columns, lines }: { columns: number; lines: number },
): string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= columns) {
      line = longer;
    } else {
      if (line !== '') wrapped.push(line);
      line = word;
    }
  }
  if (line !== '') wrapped.push(line);
  const kept = wrapped.slice(0, lines);
  const isCut = wrapped.length > lines;
  return kept.map((each, index) =>
    each.length > columns || (isCut && index === kept.length - 1)
      ? `${each.slice(0, columns - 1)}…`
      : each,
  );
}
