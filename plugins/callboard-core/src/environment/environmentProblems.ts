import { type Problem, countOf } from '@callboard/plugin-callboard-common';
import type { WideningFault } from './narrowPlacement';

export type EnvironmentFault =
  | WideningFault
  | { kind: 'no-waves'; type: string }
  | { kind: 'divided-and-overridden' }
  | { kind: 'other-origin'; wanted: string; needed: string }
  | { kind: 'other-approval'; needed: string };

/** Problem of an app file that asks for more than the platform allows. */
export function widenedProblem(
  environment: string,
  fault: EnvironmentFault,
): Problem {
  return {
    code: 'environment-widened',
    what: `Cannot use the app file in the environment "${environment}"`,
    ...explain(fault),
    transient: false,
  };
}

/** Problem of an app's own environment that selects no clusters. */
export function unselectedProblem(name: string): Problem {
  return {
    code: 'environment-unselected',
    what: `Cannot add the environment "${name}"`,
    why: 'the platform has no environment of this name, and the app file does not say which clusters it may use',
    next: 'Add "placement.predicates" or "placement.clusterSets" to it, or use a name the platform knows',
    transient: false,
  };
}

/** Problem of a promotion from an environment that does not come before this one. */
export function unknownOriginProblem(
  name: string,
  from: string,
  known: string[],
): Problem {
  return {
    code: 'environment-unknown',
    what: `Cannot promote to the environment "${name}"`,
    why: `it is promoted from "${from}", which is no environment before it`,
    next:
      known.length === 0
        ? 'Remove "promotion.from"'
        : `Use one of ${known.map(k => `"${k}"`).join(', ')}`,
    transient: false,
  };
}

function explain(fault: EnvironmentFault): { why: string; next: string } {
  switch (fault.kind) {
    case 'too-many-clusters':
      return {
        why: `it wants ${countOf(
          fault.wanted,
          'cluster',
        )}, the platform allows ${fault.allowed}`,
        next: `Lower "placement.numberOfClusters" to ${fault.allowed}, or ask the platform team`,
      };
    case 'foreign-cluster-sets':
      return {
        why:
          fault.sets.length === 0
            ? 'it wants clusters of every set, the platform allows some'
            : `it wants clusters of ${quoteAll(
                fault.sets,
              )}, which the platform does not allow`,
        next: `Use cluster sets of ${quoteAll(fault.allowed)}`,
      };
    case 'foreign-toleration':
      return {
        why: `it tolerates the taint "${fault.key}", by which the platform keeps apps away`,
        next: 'Remove the toleration; to run on clusters of a blueprint, say "requires.blueprint"',
      };
    case 'other-groups':
      return {
        why: 'it changes the groups by which the platform rolls out',
        next: 'Remove "placement.decisionStrategy"',
      };
    case 'undivided':
      return {
        why: 'it wants all instances on every cluster, the platform divides them',
        next: 'Remove "placement.replicaScheduling", or divide them there in another way: by weights, by free capacity, on few clusters',
      };
    case 'divided-and-overridden':
      return {
        why: 'its instances are divided over the clusters, and its "overrides" set their number for some clusters',
        next: 'Use weights in "placement.replicaScheduling.weightPreference", and remove "replicas" from "overrides"',
      };
    case 'no-waves':
      return {
        why: `it rolls out everywhere at once, the platform asks for waves (${fault.type})`,
        next: 'Use a rollout of type "Progressive" or "ProgressivePerGroup"',
      };
    case 'other-origin':
      return {
        why: `it is promoted from "${fault.wanted}", which a release can reach without having been in "${fault.needed}"`,
        next: `Promote from "${fault.needed}", or from an environment that is promoted from it`,
      };
    default:
      return {
        why: `it changes who approves; the platform asks for ${fault.needed}`,
        next: 'Remove "promotion.approval"',
      };
  }
}

function quoteAll(names: string[]): string {
  return names.map(name => `"${name}"`).join(', ');
}
