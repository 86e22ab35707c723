import type { DataResource } from '@callboard/plugin-callboard-common';
import { listResources } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type AppDeploymentKey,
  type DeploymentState,
  findKeptData,
  findReleases,
  saveKeptData,
} from '../../store';
import { findDeploymentData } from './findDeploymentData';

const MOST_RELEASES = 50; // the newest ones, one of which requested it

/**
 * Records the data that an app leaves on a cluster.
 *
 * @param kept - names of objects of resources that were seen to keep data;
 *   where the cluster itself is gone, they come from what was applied
 */
export async function keepData(
  tx: Knex.Transaction,
  deployment: { key: AppDeploymentKey; state: DeploymentState },
  { kept, at }: { kept?: readonly string[]; at: Date },
): Promise<void> {
  const { app, environment, cluster } = deployment.key;
  const known = await findDeploymentData(tx, deployment);
  const names = kept ?? known.map(({ resource }) => resource);
  if (names.length === 0) return;
  const asked = names.every(name => isAmong(known, name))
    ? known
    : [...known, ...(await listFormerResources(tx, app))];
  const resources = names.map((resource): DataResource => {
    const found = asked.find(each => each.resource === resource);
    return found
      ? { name: found.name, type: found.type }
      : { name: resource, type: 'of a former release' };
  });
  // An existing record means that the app was never applied since: it is the same data.
  const [before] = await findKeptData(tx, { app, environment, cluster });
  const { since = at, deletion } = before ?? {};
  await saveKeptData(
    tx,
    {
      app,
      environment,
      cluster,
      resources,
      since,
      ...(deletion && { deletion }),
    },
    at,
  );
}

type NamedResource = DataResource & { resource: string };

function isAmong(known: readonly NamedResource[], name: string): boolean {
  return known.some(({ resource }) => resource === name);
}

/** Lists the resources of earlier releases, the newest first: their data stays as well. */
async function listFormerResources(
  tx: Knex,
  app: string,
): Promise<NamedResource[]> {
  const releases = await findReleases(tx, app, { limit: MOST_RELEASES });
  return releases.flatMap(({ content }) => listResources(content.workloads));
}
