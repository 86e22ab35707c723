import type { KeptData } from '@callboard/plugin-callboard-common';
import {
  commandToDelete,
  describeKept,
} from '@callboard/plugin-callboard-core';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import type { FactReader } from '../../reconcile/roles';
import type { KeptDataRecord } from '../../store';
import type { Bringer } from '../promote/judgeApproval';
import { judgeDeletion } from './judgeDeletion';

/**
 * Describes the state of data that an app left on a cluster, and whether the
 * reader may delete it.
 *
 * @param registered - names of the clusters that are registered
 */
export async function describeKeptData(
  { app, environment, cluster, resources, since, deletion }: KeptDataRecord,
  { reader, registered }: { reader: Bringer; registered: ReadonlySet<string> },
  context: FactReader,
): Promise<KeptData> {
  const of = { app, environment, cluster };
  const isClusterRegistered = registered.has(cluster);
  const verdict = await judgeDeletion(of, reader, context);
  const { environments } = context.deps.platform;
  return {
    ...of,
    environmentTitle: titleOfEnvironment(environments, environment),
    resources,
    since: since.toISOString(),
    sentence: describeKept({
      app,
      cluster,
      resources,
      isDeleted: deletion !== undefined,
      isClusterGone: !isClusterRegistered,
    }),
    isClusterRegistered,
    mayDelete: verdict.kind === 'granted',
    deletedBy: commandToDelete(of),
    ...(deletion && { deletion }),
  };
}
