import {
  type Approval,
  type Result,
  ok,
} from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import type { Platform } from '../../Platform';
import { findEnvironment } from '../../reconcile/placing/findEnvironment';
import { findApproval, findRelease } from '../../store';

/** The required approver of a release in an environment, and the approval that it has there. */
export async function findNeededApproval(
  tx: Knex,
  of: { app: string; environment: string; release: number },
  { environments }: Pick<Platform, 'environments'>,
): Promise<Result<{ needed?: string; had?: Approval }>> {
  const release = await findRelease(tx, of.app, of.release);
  if (!release) return ok({}); // it runs there, and what was released is never removed
  const resolved = findEnvironment(environments, release, of.environment);
  if (!resolved.ok) return resolved;
  const needed = resolved.value.promotion?.approval;
  const had = needed === undefined ? undefined : await findApproval(tx, of);
  return ok({
    ...(needed !== undefined && { needed }),
    ...(had && { had }),
  });
}
