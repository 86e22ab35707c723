import type { Request } from 'express';
import type { GitIdentity } from './authenticateGit';
import type { GitHostDeps } from './GitHostDeps';

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
