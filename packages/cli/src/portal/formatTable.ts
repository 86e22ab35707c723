const GAP = '  ';
// eslint-disable-next-line no-control-regex -- our own colours take no room
const COLOURS = /\u001b\[\d+m/g;

/** Aligns rows in columns as wide as their widest cell; the last column is not padded. */
export function formatTable(rows: ReadonlyArray<readonly string[]>): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  return rows.map(row =>
    row
      .map((cell, column) =>
        column === row.length - 1
          ? cell
          : cell + ' '.repeat(widths[column] - widthOf(cell)),
      )
      .join(GAP)
      .trimEnd(),
  );
}

function widthOf(cell: string): number {
  return [...cell.replace(COLOURS, '')].length;
}

/** Cuts a text to this many characters, including the ellipsis. */
export function cutText(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most
    ? text
    : `${characters.slice(0, most - 1).join('')}…`;
}
