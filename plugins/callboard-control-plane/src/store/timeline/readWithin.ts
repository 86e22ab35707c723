/** Which rows of a window to read. */
export interface WindowRead {
  from: Date;
  to: Date;
  /** Maximum number of rows, newest begin first. */
  limit?: number;
}

/**
 * Reads what overlaps a window, or its newest part where that is more than
 * `most` rows.
 *
 * @param read - the rows that overlap a window, newest begin first
 * @returns the rows, and since when they are complete
 */
export async function readWithin<T extends { from: Date }>(
  window: { from: Date; to: Date },
  most: number,
  read: (window: WindowRead) => Promise<T[]>,
): Promise<{ rows: T[]; knownSince: Date }> {
  const rows = await read({ ...window, limit: most + 1 });
  if (rows.length <= most) return { rows, knownSince: window.from };
  const knownSince = rows[most - 1].from;
  // Adds rows that began before and still last: at most one for each subject.
  return {
    rows: await read({ from: knownSince, to: window.to }),
    knownSince,
  };
}
