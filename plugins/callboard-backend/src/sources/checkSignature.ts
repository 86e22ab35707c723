import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const SIGNED = ['x-hub-signature-256', 'x-hub-signature'];
const TOKEN = 'x-gitlab-token';

/**
 * Whether the sender of a webhook knows the secret: the body is signed with it,
 * as by GitHub, Gitea, Forgejo and Bitbucket (`sha256=…` over the body as
 * received), or a header contains it, as with GitLab.
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
