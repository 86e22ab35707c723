import {
  commandToDelete,
  describeData,
} from '@callboard/plugin-callboard-core';
import type { DataLeft } from '@callboard/plugin-callboard-common';
import { findDeploymentData } from '../../reconcile/delivery/findDeploymentData';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import type { FactReader } from '../../reconcile/roles';
import { findDeployments } from '../../store';

/** An app of an environment that would leave some clusters. */
export interface Leave {
  app: string;
  environment: string;
  from: readonly string[];
  to: readonly string[];
  /** Clusters that would themselves be gone. */
  gone: readonly string[];
}

/** The data that apps keep on clusters that they would leave. It stays there and is not moved. */
export async function findDataLeft(
  leaves: readonly Leave[],
  { deps: { knex, platform } }: FactReader,
): Promise<DataLeft[]> {
  const left: DataLeft[] = [];
  for (const cluster of new Set(leaves.flatMap(({ from }) => from))) {
    const deployments = await findDeployments(knex, { cluster });
    for (const { key, state } of deployments) {
      if (key.kind !== 'app') continue;
      const { app, environment } = key;
      const leave = leaves.find(
        each =>
          each.app === app &&
          each.environment === environment &&
          each.from.includes(cluster),
      );
      if (!leave) continue;
      const found = await findDeploymentData(knex, { key, state });
      const resources = found.map(({ name, type }) => ({ name, type }));
      if (resources.length === 0) continue;
      const of = { app, environment, cluster };
      const isClusterGone = leave.gone.includes(cluster);
      left.push({
        ...of,
        environmentTitle: titleOfEnvironment(
          platform.environments,
          environment,
        ),
        resources,
        sentence: describeData({
          ...of,
          resources,
          to: leave.to,
          isClusterGone,
        }),
        isListed: !isClusterGone,
        deletedBy: commandToDelete(of),
      });
    }
  }
  const keyOf = (each: DataLeft) =>
    [each.app, each.environment, each.cluster].join('/');
  return left.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
