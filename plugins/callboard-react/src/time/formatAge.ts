const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in one number and one unit: `3 s`, `4 min`, `2 h`, `3 d`. What lies ahead counts as now (clocks differ). */
export function formatAge(at: Date, now: Date): string {
  const seconds = Math.max(
    0,
    Math.floor((now.getTime() - at.getTime()) / 1000),
  );
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.floor(seconds / DAY)} d`;
}
