/**
 * Parses the instant that a person chose, as `datetime-local` writes it in the
 * person's own zone.
 *
 * @returns undefined for an invalid or future instant
 */
export function readLocalInstant(text: string, now: Date): Date | undefined {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) || at >= now ? undefined : at;
}
