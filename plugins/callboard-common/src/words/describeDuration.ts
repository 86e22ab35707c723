const PARTS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/**
 * Formats how long something takes or may take, exact to the second: `340 ms`,
 * `2.1 s`, `12 s`, `1 min 30 s`, `2 h 5 min`. For limits and measurements; an
 * age is a `describeSpan`.
 */
export function describeDuration(milliseconds: number): string {
  const duration = Math.max(0, milliseconds);
  if (duration === 0) return '0 s';
  if (Math.round(duration) < 1_000) return `${Math.round(duration)} ms`;
  const tenths = Math.round(duration / 100) / 10;
  if (tenths < 10) return `${tenths} s`;
  let rest = Math.round(duration / 1_000);
  const words = PARTS.flatMap(({ name, seconds }) => {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return words.slice(0, 2).join(' ');
}

/**
 * Formats the duration of a step, for a column of steps: `0.1 s`, `2.0 s`, `12
 * s`, `2 min 5 s`. Tenths of a second below ten.
 */
export function describeElapsed(milliseconds: number): string {
  const tenths = Math.round(Math.max(0, milliseconds) / 100) / 10;
  return tenths < 10
    ? `${tenths.toFixed(1)} s`
    : describeDuration(milliseconds);
}
