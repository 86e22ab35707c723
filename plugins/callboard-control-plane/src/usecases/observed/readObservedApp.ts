import {
  type ObservedApp,
  type ObservedPlacement,
  OBSERVED_LABEL,
} from '@callboard/plugin-callboard-common';
import {
  describeChanges,
  describeObserved,
  shownHealth,
} from '@callboard/plugin-callboard-core';
import { clusterStatusOf } from '../../reconcile/fleet/clusterStatusOf';
import type { FleetReader } from '../../reconcile/roles';
import {
  type ObservedPlacementRecord,
  findClusters,
  findObservedApps,
  findObservedPlacements,
  findObservedSince,
  findObservedVersions,
  findUnreadClusters,
} from '../../store';
import type { ReadOptions } from '../ControlPlane';

const MOST_VERSIONS = 200;
const MOST_CHANGES = 50;

/** State of a component that Callboard did not deploy, now or at an instant; undefined where it is not observed. */
export async function readObservedApp(
  entityRef: string,
  context: FleetReader,
  { at }: ReadOptions = {},
): Promise<ObservedApp | undefined> {
  const { knex, clock } = context.deps;
  const now = at ?? clock.now();
  const [app] = await findObservedApps(knex, { entityRef, at });
  const since = await findObservedSince(knex, entityRef);
  if (!app || !since) return undefined;
  const [found, unreadable, clusters, statusOf, { versions, isWhole }] =
    await Promise.all([
      findObservedPlacements(knex, { entityRef, at }),
      findUnreadClusters(knex, at),
      findClusters(knex, at),
      clusterStatusOf(context, at),
      findObservedVersions(knex, { entityRef, at, most: MOST_VERSIONS }),
    ]);
  const files = new Map(clusters.map(({ name, file }) => [name, file]));
  const describe = (cluster: string) => {
    const title = files.get(cluster)?.metadata.title;
    return { cluster, ...(title !== undefined && { title }) };
  };
  const place = ({
    cluster,
    state,
  }: ObservedPlacementRecord): ObservedPlacement => {
    const { freshness, observedAt } = statusOf(cluster);
    const why = unreadable.get(cluster);
    const health: ObservedPlacement['health'] =
      why === undefined
        ? state.health
        : { status: 'Unknown', reason: 'NotReadable', message: why };
    const file = files.get(cluster);
    const region = file?.metadata.labels?.region ?? file?.spec.claims?.region;
    const isLive = freshness === 'live';
    return {
      ...describe(cluster),
      ...(region !== undefined && { region }),
      health: shownHealth(health, freshness, observedAt, now),
      freshness,
      observedAt: observedAt?.toISOString() ?? null,
      objects: state.objects,
      workloads: state.workloads.map(workload => ({
        ...workload,
        health: isLive
          ? workload.health
          : shownHealth(workload.health, freshness, observedAt, now),
      })),
      findings: isLive ? state.findings : [],
    };
  };
  const here = found.filter(({ cluster }) => files.has(cluster));
  const placed = new Set(here.map(({ cluster }) => cluster));
  const label = `${OBSERVED_LABEL}=${app.label}`;
  const answer = {
    label,
    placements: here.map(place),
    unread: [...files.keys()]
      .filter(cluster => !placed.has(cluster))
      .sort()
      .flatMap(cluster => {
        const why = unreadable.get(cluster) ?? sayWhyUnknown(statusOf(cluster));
        return why === undefined ? [] : [{ ...describe(cluster), why }];
      }),
  };
  return {
    entityRef,
    ...answer,
    ...(app.namespace !== undefined && { namespace: app.namespace }),
    since: since.toISOString(),
    ...describeObserved(answer),
    changes: describeChanges(versions, { most: MOST_CHANGES, isWhole }),
  };
}

/** For a cluster out of contact it is unknown whether the component runs there. */
function sayWhyUnknown({
  freshness,
}: {
  freshness: ObservedPlacement['freshness'];
}): string | undefined {
  return freshness === 'live' ? undefined : 'The cluster is not in contact';
}
