const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * Formats an instant for sentences that are stored and read anywhere: `20 Nov
 * 2026, 12:00:05 UTC`. Invalid text is returned unchanged.
 */
export function describeInstant(at: string): string {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return at;
  const [day, time] = instant.toISOString().split('T');
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}, ${time.slice(0, 8)} UTC`;
}
