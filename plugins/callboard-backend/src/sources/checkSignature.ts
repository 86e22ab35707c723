import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const SIGNED = ['x-hub-signature-256', 'x-hub-signature'];
const TOKEN = 'x-gitlab-token';

/**
 * Whether a webhook was sent by who knows the secret: signed with it, as GitHub,
 * Gitea, Forgejo and Bitbucket do (`sha256=…` over the body as it came), or named
 * in a header, as GitLab does.
 */
export function checkSignature(
  { headers, body }: { headers: IncomingHttpHeaders; body: Buffer },
  secret: string,
): boolean {
  const expected = `sha256=${createHmac('sha256', secret)
    .update(body)
    .digest('hex')}`;
  return (
    SIGNED.some(name => isSame(headers[name], expected)) ||
    isSame(headers[TOKEN], secret)
  );
}

function isSame(
  given: string | string[] | undefined,
  expected: string,
): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string) =>
    createHmac('sha256', 'compared').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
