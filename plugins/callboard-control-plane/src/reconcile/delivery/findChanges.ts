import {
  type KnownChange,
  readNodeChanges,
} from '@callboard/plugin-callboard-core';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  findEnvironmentRelease,
  findReleaseHeads,
  listJournal,
} from '../../store';

const MOST_ENTRIES = 5; // the latest of each are enough

/** Journal entries that change what runs without a push. */
const OF_CLUSTER = ['blueprint.applied', 'cluster.changed', 'cluster.returned'];
const OF_PLATFORM = ['platform.changed'];

/** Known changes around an app on a cluster, in any order. */
export interface AppChanges {
  changes: KnownChange[];
  /** When the release that is desired here came to the environment. */
  releasedAt?: Date;
}

/**
 * Finds changes in the database and the nodes: the release, the cluster's
 * blueprint and description, the platform's files, and the nodes that the
 * instances are on.
 */
export async function findChanges(
  knex: Knex,
  of: { app: string; environment: string; cluster: string },
  { release, nodes }: { release: number; nodes: readonly KubeObject[] },
): Promise<AppChanges> {
  const { app, environment, cluster } = of;
  const wanted = await findEnvironmentRelease(knex, { app, environment });
  const heads = await findReleaseHeads(knex, [{ app, number: release }]);
  const head = heads.get(`${app}/${release}`);
  const entries = [
    ...(await listJournal(knex, {
      cluster,
      actions: OF_CLUSTER,
      limit: MOST_ENTRIES,
    })),
    ...(await listJournal(knex, { actions: OF_PLATFORM, limit: MOST_ENTRIES })),
  ];
  const releasedAt =
    wanted?.release === release ? wanted.releasedAt : undefined;
  return {
    changes: [
      ...(releasedAt && head
        ? [
            {
              at: releasedAt,
              says: `Release ${release} "${head.message.split('\n')[0]}" came`,
            },
          ]
        : []),
      ...entries.map(({ at, message }) => ({
        at: new Date(at),
        says: message,
      })),
      ...nodes.flatMap(readNodeChanges),
    ],
    ...(releasedAt && { releasedAt }),
  };
}
