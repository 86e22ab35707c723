import { AuthenticationError } from '@backstage/errors';
import {
  type ProxyAuthenticator,
  createProxyAuthenticator,
} from '@backstage/plugin-auth-node';
import type { Request } from 'express';
import {
  COOKIE_PART,
  PAGE_PART,
  deriveKeyPart,
  isSameSecret,
} from './keyParts';

/** Header with the whole key: from programs, and from a page that was opened with it. */
const KEY_HEADER = 'x-callboard-key';
/** Header with the part of the key that a page keeps; sent with the cookie. */
const PART_HEADER = 'x-callboard-key-part';

const COOKIE_MS = 365 * 24 * 60 * 60_000;

const NO_KEY =
  'Cannot sign in as guest: no key is configured. Set auth.providers.guest.key, or start the portal with "npm start", which makes one';
const WRONG_KEY =
  'Cannot sign in as guest: the key is missing or wrong. Open the address that "npm start" prints after "Sign in", or send the key as the header x-callboard-key';

/**
 * Signs in anyone who sends the key of the configuration
 * (`auth.providers.guest.key`).
 *
 * A browser keeps the key in two parts that are useless alone: a cookie, which
 * no script can read, and a part in the storage of the portal's own origin. The
 * cookie alone is not enough: browsers send cookies of `localhost` to every
 * port of it, so to each app that runs there.
 */
export function createKeyAuthenticator(): ProxyAuthenticator<
  string | undefined,
  { isProgram: boolean }
> {
  return createProxyAuthenticator({
    defaultProfileTransform: async () => ({ profile: {} }),
    initialize: ({ config }) => config.getOptionalString('key'),
    async authenticate({ req }, key: string | undefined) {
      if (!key) throw new AuthenticationError(NO_KEY);
      const sent = req.get(KEY_HEADER);
      if (sent !== undefined) {
        if (!isSameSecret(sent, key)) throw new AuthenticationError(WRONG_KEY);
        rememberIn(req, key);
        return { result: { isProgram: !isBrowser(req) } };
      }
      if (!hasBothParts(req, key)) throw new AuthenticationError(WRONG_KEY);
      return { result: { isProgram: false } };
    },
  });
}

/** Anyone with the key may send a browser's headers: this only labels a session and protects nothing. */
function isBrowser(req: Request): boolean {
  return (
    req.get('sec-fetch-site') !== undefined || // Node.js sends the other headers of this kind
    /^Mozilla\//.test(req.get('user-agent') ?? '')
  );
}

/** Sends the browser the two parts, as cookie and header of the response. */
function rememberIn(req: Request, key: string): void {
  req.res?.cookie(cookieName(req), deriveKeyPart(key, COOKIE_PART), {
    httpOnly: true,
    sameSite: 'strict',
    secure: req.secure,
    maxAge: COOKIE_MS,
    path: req.baseUrl || '/',
  });
  req.res?.set(PART_HEADER, deriveKeyPart(key, PAGE_PART));
  // A development server serves its pages on another port.
  req.res?.append('access-control-expose-headers', PART_HEADER);
}

function hasBothParts(req: Request, key: string): boolean {
  const cookie = readCookie(req, cookieName(req));
  return (
    isSameSecret(cookie, deriveKeyPart(key, COOKIE_PART)) &&
    isSameSecret(req.get(PART_HEADER), deriveKeyPart(key, PAGE_PART))
  );
}

/** Portals on several ports of one host share cookies: the name contains the port. */
function cookieName(req: Request): string {
  return `callboard-key-${req.socket.localPort ?? 0}`;
}

function readCookie(req: Request, name: string): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [found, value] = pair.trim().split('=', 2);
    if (found === name) return value;
  }
  return undefined;
}
