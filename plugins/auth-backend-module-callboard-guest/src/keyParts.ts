import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export const COOKIE_PART = 'cookie';
export const PAGE_PART = 'page';

/** Derives one of the two parts that a browser keeps; neither reveals the key or the other part. */
export function deriveKeyPart(
  key: string,
  part: typeof COOKIE_PART | typeof PAGE_PART,
): string {
  return createHmac('sha256', key)
    .update(`callboard sign-in ${part}`)
    .digest('base64url');
}

/** Compares in constant time. */
export function isSameSecret(
  given: string | undefined,
  expected: string,
): boolean {
  if (given === undefined) return false;
  return timingSafeEqual(digestOf(given), digestOf(expected));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
