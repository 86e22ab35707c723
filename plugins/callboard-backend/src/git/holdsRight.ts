import type { Request } from 'express';
import { isHeldOrUnknown } from '../doors/isHeldOrUnknown';
import type { GitIdentity } from './authenticateGit';
import type { GitHostDeps } from './GitHostDeps';

/** Checks again whether the sender of a request has a right, with their current groups. */
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
  return () => isHeldOrUnknown(ask, controlPlane);
}
