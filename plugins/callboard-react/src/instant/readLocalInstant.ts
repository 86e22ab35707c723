/**
 * The instant that a person chose, as `datetime-local` writes it in the
 * person's own zone.
 *
 * @returns undefined for what is no instant or is not over yet
 */
export function readLocalInstant(text: string, now: Date): Date | undefined {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) || at >= now ? undefined : at;
}
