import type { DataLeft } from '@callboard/plugin-callboard-common';
import {
  commandToDelete,
  commandToDeleteOnly,
  describeData,
  describeUnasked,
  findData,
} from '@callboard/plugin-callboard-core';
import type {
  AppDeploymentKey,
  DeploymentRecord,
  ReleaseRecord,
} from '../../store';

/**
 * Data of what runs in an environment that another release leaves behind: on
 * clusters that it is not placed on, and of resources that it does not request.
 */
export function dataOfDiff(
  {
    before,
    after,
    title,
  }: { before: ReleaseRecord; after: ReleaseRecord; title: string },
  deployments: ReadonlyArray<DeploymentRecord<AppDeploymentKey>>,
  { was, will }: Record<'was' | 'will', ReadonlySet<string>>,
): DataLeft[] {
  const to = [...will].filter(cluster => !was.has(cluster)).sort();
  return deployments.flatMap(({ key, state }): DataLeft[] => {
    const { app, environment, cluster } = key;
    const inventory = Object.keys(state.inventory);
    const asked = new Set(
      findData(after.content.workloads, inventory).map(
        ({ resource }) => resource,
      ),
    );
    const stays = will.has(cluster);
    const left = findData(before.content.workloads, inventory).filter(
      ({ resource }) => !stays || !asked.has(resource),
    );
    if (left.length === 0) return [];
    const of = { app, environment, cluster };
    const resources = left.map(({ name, type }) => ({ name, type }));
    const reported = stays
      ? {
          sentence: describeUnasked({
            cluster,
            resources,
            release: after.number,
          }),
          deletedBy: commandToDeleteOnly(of, left),
        }
      : {
          sentence: describeData({
            ...of,
            resources,
            to,
            isClusterGone: false,
          }),
          deletedBy: commandToDelete(of),
        };
    return [
      {
        ...of,
        environmentTitle: title,
        resources,
        isListed: !stays,
        ...reported,
      },
    ];
  });
}
