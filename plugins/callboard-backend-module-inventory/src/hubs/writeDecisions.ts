import { createHash } from 'node:crypto';
import {
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
} from '@callboard/plugin-callboard-common';
import type { ChosenClusters } from '@callboard/plugin-callboard-node';

export const PLACEMENT_DECISION = {
  apiVersion: 'cluster.open-cluster-management.io/v1beta1',
  kind: 'PlacementDecision',
};

const PLACEMENT_LABEL = 'cluster.open-cluster-management.io/placement';
const GROUP_INDEX_LABEL =
  'cluster.open-cluster-management.io/decision-group-index';
const MOST_DECISIONS = 100; // of one object, by its CRD
const LONGEST_LABEL = 63;
const HASH_LENGTH = 10;

/** A PlacementDecision, with its decisions in the status. */
export interface DecisionObject extends KubeObject {
  status: { decisions: Array<{ clusterName: string; reason: string }> };
}

/**
 * Returns PlacementDecisions for the placements of apps: at least one for each
 * environment of an app, and one more for every hundred clusters. Clusters that
 * the hub does not have are left out. Same input, same objects.
 *
 * @remarks Source: open-cluster-management.io/api cluster/v1beta1
 *   PlacementDecision.
 */
export function writeDecisions(
  placements: readonly ChosenClusters[],
  { namespace, isOfHub }: DecisionOptions,
): DecisionObject[] {
  return placements.flatMap(({ app, environment, clusters }) => {
    const placement = nameOf(app, environment);
    const names = clusters.filter(isOfHub).sort();
    const pages = Math.max(1, Math.ceil(names.length / MOST_DECISIONS));
    return Array.from({ length: pages }, (_, page) => ({
      ...PLACEMENT_DECISION,
      metadata: {
        name: `${placement}-decision-${page + 1}`,
        namespace,
        labels: {
          [LABELS.managedBy]: FIELD_MANAGER,
          [LABELS.app]: app,
          [LABELS.environment]: environment,
          [PLACEMENT_LABEL]: placement,
          [GROUP_INDEX_LABEL]: '0',
        },
      },
      status: {
        decisions: names
          .slice(page * MOST_DECISIONS, (page + 1) * MOST_DECISIONS)
          .map(clusterName => ({ clusterName, reason: 'ChosenByCallboard' })),
      },
    }));
  });
}

interface DecisionOptions {
  namespace: string;
  isOfHub(cluster: string): boolean;
}

/** Neither name contains a dot, so that no two environments share a name. */
function nameOf(app: string, environment: string): string {
  const name = `${app}.${environment}`;
  if (name.length <= LONGEST_LABEL) return name;
  const hash = createHash('sha256')
    .update(name)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  return `${name.slice(0, LONGEST_LABEL - HASH_LENGTH - 1)}x${hash}`;
}
