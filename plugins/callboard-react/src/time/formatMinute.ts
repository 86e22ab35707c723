/** An instant for sentences, in the reader's own zone: `20 August 2026, 14:05`. */
export function formatMinute(at: Date): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
  const minute = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
  return `${day.format(at)}, ${minute.format(at)}`;
}
