import {
  type ClusterFile,
  type PlatformFile,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import {
  decideWithRetention,
  dividesReplicas,
} from '@callboard/plugin-callboard-core';
import { clusterFactsOf } from '../place/readOwnClusters';
import type { ChosenEnvironment } from '../render/chooseEnvironment';

/** An environment on both sides; absent on a side without one of that name. */
export interface EnvironmentPair {
  name: string;
  before?: ChosenEnvironment;
  after?: ChosenEnvironment;
  /** Whether two environments are compared, rather than two states of one. */
  areTwo: boolean;
}

/** The part of an app that runs on one cluster. */
export interface Share {
  /** Set when replicas are divided among clusters; otherwise the environment says how many. */
  replicas?: number;
}

/** A cluster where an app runs before or after. */
export interface Spot {
  /** Absent when no cluster is given: any cluster. */
  cluster?: ClusterFile;
  was?: Share;
  will?: Share;
}

/**
 * Decides on which clusters an app would run before and after, by name; apps
 * stay on their clusters as far as possible.
 */
export function findSpots(
  platform: readonly PlatformFile[],
  { before, after, areTwo }: EnvironmentPair,
  now: Date,
): Spot[] {
  const clusters = filesOfKind(platform, 'Cluster');
  if (clusters.length === 0)
    return [{ ...(before && { was: {} }), ...(after && { will: {} }) }];
  const decide = (environment: ChosenEnvironment | undefined, ran: string[]) =>
    environment
      ? place({ platform, environment, ran }, now)
      : new Map<string, Share>();
  // Of two environments the clusters of the second one count, so that only their content
  // differs.
  const was = areTwo ? new Map<string, Share>() : decide(before, []);
  const will = decide(after, [...was.keys()]);
  return clusters
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map(cluster => {
      const { name } = cluster.metadata;
      const there = will.get(name);
      return { cluster, was: areTwo ? there : was.get(name), will: there };
    })
    .filter(spot => spot.was ?? spot.will);
}

function place(
  {
    platform,
    environment,
    ran,
  }: {
    platform: readonly PlatformFile[];
    environment: ChosenEnvironment;
    ran: string[];
  },
  now: Date,
): Map<string, Share> {
  const { placement, requires, replicas } = environment;
  const divides = dividesReplicas(placement);
  const { verdicts } = decideWithRetention(
    {
      spec: placement,
      ...(requires && { requires }),
      clusters: clusterFactsOf(platform),
      previous: ran,
      ...(divides && { replicas }),
    },
    now,
  );
  return new Map(
    verdicts
      .filter(({ verdict }) => verdict === 'chosen')
      .map(({ cluster, replicas: share }) => [
        cluster,
        divides && share !== undefined ? { replicas: share } : {},
      ]),
  );
}
