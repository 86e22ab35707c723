/**
 * The instant that an address names, as `?at=`: RFC 3339, or whatever else a
 * browser reads as a date.
 *
 * @returns undefined for what is no instant or is not over yet: that is now
 */
export function readInstant(text: string | null, now: Date): Date | undefined {
  if (text === null || text === '') return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) || at >= now ? undefined : at;
}
