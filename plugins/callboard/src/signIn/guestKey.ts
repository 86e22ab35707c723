const KEY_HEADER = 'x-callboard-key';
const PART_HEADER = 'x-callboard-key-part';
const STORAGE_KEY = 'callboard.sign-in';

/** Reads the sign-in key from an address like `http://localhost:7007/#key=…`, or from the bare key. */
export function readKey(text: string): string | undefined {
  const key = /(?:^|#|&)key=([^&\s]+)/.exec(text)?.[1] ?? text.trim();
  return /^[\w-]{16,200}$/.test(key) ? key : undefined;
}

/**
 * Reads the sign-in key from the page's own address. Without side effects: a
 * page may be rendered twice before it is shown.
 */
export function readKeyOfAddress(): string | undefined {
  const { hash } = window.location;
  return hash.startsWith('#key=') ? readKey(hash) : undefined;
}

/** Removes the key from the page's own address, so that it stays out of bookmarks and screenshots. */
export function clearKeyOfAddress(): void {
  const { hash, pathname, search } = window.location;
  if (hash.startsWith('#key='))
    window.history.replaceState(window.history.state, '', pathname + search);
}

/** Headers of the requests that keep a browser signed in; the browser adds its cookie. */
export function keptHeaders(): Record<string, string> {
  const part = window.localStorage.getItem(STORAGE_KEY);
  return part === null ? {} : { [PART_HEADER]: part };
}

/**
 * Signs in with the key, or with the credentials that the browser stores.
 *
 * @param guestUrl - base address of the guest provider: `…/api/auth/guest`
 * @throws when the portal cannot be reached
 */
export async function trySignIn(
  guestUrl: string,
  key: string | undefined,
): Promise<'signed-in' | 'refused'> {
  const response = await fetch(`${guestUrl}/refresh`, {
    headers: {
      ...(key === undefined ? keptHeaders() : { [KEY_HEADER]: key }),
      'X-Requested-With': 'XMLHttpRequest',
    },
    credentials: 'include',
  });
  if (response.status === 401) return 'refused';
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const part = response.headers.get(PART_HEADER);
  if (part !== null) window.localStorage.setItem(STORAGE_KEY, part);
  return 'signed-in';
}
