import type { DataResource } from '@callboard/plugin-callboard-common';
import { findData, mayHoldData } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type AppDeploymentKey,
  type DeploymentState,
  findRelease,
} from '../../store';

/** Finds the resources of an app that keep data on a cluster, from what was applied there. */
export async function findDeploymentData(
  tx: Knex,
  { key, state }: { key: AppDeploymentKey; state: DeploymentState },
): Promise<Array<DataResource & { resource: string }>> {
  const inventory = Object.keys(state.inventory);
  if (!mayHoldData(inventory)) return [];
  const number = state.observedRelease ?? state.desiredRelease;
  const release =
    number === undefined ? undefined : await findRelease(tx, key.app, number);
  return findData(release?.content.workloads ?? [], inventory).map(
    ({ name, type, resource }) => ({ name, type, resource }),
  );
}
