/** A time of today for sentences, in the reader's own zone: `21:20:14`. */
export function formatSecond(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(at);
}
