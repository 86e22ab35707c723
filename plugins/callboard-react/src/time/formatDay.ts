/** The day of an instant, in the reader's own zone: `Friday, 20 November 2026`. */
export function formatDay(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format(at);
}
