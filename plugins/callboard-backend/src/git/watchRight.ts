import type { Request } from 'express';
import type { GitIdentity } from './authenticateGit';
import type { GitHostDeps } from './GitHostDeps';

const LOOK_MS = 2_000; // what goes on without its right ends within 5 s

/**
 * Looks again and again whether somebody still has the right to what goes on.
 *
 * @param onWithdrawn - called once, as soon as it is seen that they have not
 * @returns how to stop looking
 */
export function watchRight(
  isHeld: () => Promise<boolean>,
  onWithdrawn: () => void,
  { everyMs = LOOK_MS }: { everyMs?: number } = {},
): () => void {
  let isStopped = false;
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(() => void look(), everyMs);
    timer.unref();
  };
  async function look(): Promise<void> {
    const held = await isHeld();
    if (isStopped) return;
    if (held) wait();
    else onWithdrawn();
  }
  wait();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/**
 * Asks anew whether whoever sent a request has a right, with the groups that
 * they are in by now. While the database is away nobody knows, and nothing ends.
 */
export function holdsRight(
  { headers }: Request,
  {
    authenticate,
    controlPlane,
  }: Pick<GitHostDeps, 'authenticate' | 'controlPlane'>,
  isAllowed: (identity: GitIdentity) => Promise<boolean>,
): () => Promise<boolean> {
  const ask = async () => {
    const identity = await authenticate(headers.authorization);
    return identity.ok && (await isAllowed(identity.value));
  };
  return async () =>
    (await ask().catch(() => false)) ||
    (await controlPlane.probeStore().catch(() => true)) !== undefined;
}
