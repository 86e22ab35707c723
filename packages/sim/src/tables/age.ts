/**
 * Formats an age as `kubectl get` does: `45s`, `3m20s`, `5h`, `12d`. Source:
 * apimachinery pkg/util/duration HumanDuration.
 */
export function ageOf(since: unknown, now: Date): string {
  if (typeof since !== 'string') return '<unknown>';
  return describeDuration((now.getTime() - Date.parse(since)) / 1000);
}

export function describeDuration(exactSeconds: number): string {
  const seconds = Math.floor(Math.max(0, exactSeconds));
  const [minutes, hours, days] = [
    Math.floor(seconds / 60),
    Math.floor(seconds / 3600),
    Math.floor(seconds / 86_400),
  ];
  const years = Math.floor(days / 365);
  const join = (big: number, unit: string, rest: number, smaller: string) =>
    `${big}${unit}${rest === 0 ? '' : `${rest}${smaller}`}`;
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return join(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return join(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return join(days, 'd', hours % 24, 'h');
  if (years < 2) return `${days}d`;
  return years < 8 ? join(years, 'y', days % 365, 'd') : `${years}y`;
}
