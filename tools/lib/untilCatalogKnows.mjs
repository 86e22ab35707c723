// The first app that is pushed belongs to its pusher's team, which the catalog
// tells only once it has read its files: until then "ready" would be too early.
import { setTimeout as pause } from 'node:timers/promises';

const AGAIN_MS = 200;

/**
 * Waits until the catalog knows who signs in with a key, at most `timeoutMs`:
 * a catalog of one's own may not have that person at all.
 *
 * @returns {Promise<boolean>} whether it knows them
 */
export async function untilCatalogKnows(
  url,
  { signInKey, timeoutMs = 10_000 },
) {
  const end = AbortSignal.timeout(timeoutMs);
  while (!end.aborted) {
    if (await isKnown(url, signInKey, end).catch(() => false)) return true;
    await pause(AGAIN_MS, undefined, { signal: end }).catch(() => undefined);
  }
  return false;
}

async function isKnown(url, signInKey, signal) {
  const signedIn = await fetch(`${url}/api/auth/guest/refresh`, {
    method: 'POST',
    headers: { 'x-callboard-key': signInKey },
    signal,
  });
  if (signedIn.status === 404) return true; // another way to sign in: nothing to wait for
  if (!signedIn.ok) return false;
  const { backstageIdentity } = await signedIn.json();
  const { token, identity } = backstageIdentity;
  const [kind, namespace, name] = identity.userEntityRef.split(/[:/]/);
  const entity = await fetch(
    `${url}/api/catalog/entities/by-name/${kind}/${namespace}/${name}`,
    { headers: { authorization: `Bearer ${token}` }, signal },
  );
  return entity.ok;
}
