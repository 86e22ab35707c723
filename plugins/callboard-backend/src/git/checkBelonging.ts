import { randomUUID } from 'node:crypto';
import type { Problem } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { GitRepositories } from '@callboard/plugin-callboard-git-node';
import { describeMismatch } from './describeMismatch';

/**
 * Checks whether database and repositories belong to one portal. Both get the
 * same identity at the first start; in a portal older than identities, as soon
 * as their app names agree.
 *
 * @returns the problem, where they do not
 */
export async function checkBelonging({
  controlPlane,
  repositories,
}: {
  controlPlane: Pick<ControlPlane, 'listApps' | 'identify'>;
  repositories: Pick<
    GitRepositories,
    'list' | 'readIdentity' | 'writeIdentity'
  >;
}): Promise<Problem | undefined> {
  const written = await repositories.readIdentity();
  const identity = await controlPlane.identify(written ?? randomUUID());
  const apps = (await controlPlane.listApps()).map(({ name }) => name);
  const problem = describeMismatch(
    { identity, apps },
    { identity: written, apps: await repositories.list() },
  );
  if (!problem && written === undefined)
    await repositories.writeIdentity(identity);
  return problem;
}
