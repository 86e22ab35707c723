/** The exact instant in the reader's own language and zone: `20 November 2026 at 10:21:07 UTC`. */
export function formatInstant(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'long',
  }).format(at);
}
