/** Deterministic numbers in [0, 1), so that two runs measure the same work. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Bootstrap 95 % interval of the median. */
export function interval(
  values: readonly number[],
  random: () => number,
): [number, number] {
  const medians = Array.from({ length: 2_000 }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)])),
  ).sort((a, b) => a - b);
  return [medians[50], medians[1_949]];
}

/** Slope of log(y) over log(x): the exponent of a cost. */
export function exponent(
  points: ReadonlyArray<readonly [x: number, y: number]>,
): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (at: 0 | 1) =>
    logs.reduce((sum, point) => sum + point[at], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const above = logs.reduce(
    (sum, [x, y]) => sum + (x - meanX) * (y - meanY),
    0,
  );
  return above / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/** Milliseconds of one call. */
export function timeOf(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
