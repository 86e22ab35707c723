import { timingSafeEqual } from 'node:crypto';

/**
 * True when an `Authorization` header carries the token, as a bearer token or
 * as a password.
 *
 * The second form is for kubectl, which sends no bearer token over plain HTTP
 * but does send credentials in the server's URL.
 */
export function showsToken(header: string | undefined, token: string): boolean {
  const [scheme, value = ''] = (header ?? '').split(' ');
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return isSame(value, token);
    case 'basic':
      return isSame(
        Buffer.from(value, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, ''),
        token,
      );
    default:
      return false;
  }
}

function isSame(shown: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
