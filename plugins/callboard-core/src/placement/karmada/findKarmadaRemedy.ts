import type {
  PlacementChange,
  PlacementReason,
  PlacementRemedy,
} from '@callboard/plugin-callboard-common';
import { joinChanges } from '../remedy';
import { fixRequirements, listRequirements } from '../selectors';
import { filterCluster } from './filterCluster';
import type { ClusterAffinity, KarmadaCluster, KarmadaInput } from './types';

/**
 * Finds the smallest change with which the filters would pass: one per reason,
 * because no two are about the same thing. Undefined where nothing helps.
 */
export function findKarmadaRemedy(
  name: string,
  affinity: ClusterAffinity | undefined,
  input: KarmadaInput,
): PlacementRemedy | undefined {
  const cluster = input.clusters.find(candidate => candidate.name === name);
  if (cluster === undefined) return undefined;
  const changes: PlacementChange[] = [];
  for (const reason of filterCluster(cluster, affinity, input)) {
    const fix = fixFor(reason, cluster, affinity);
    if (fix === undefined) return undefined;
    changes.push(
      ...fix.filter(
        change => !changes.some(known => sameChange(known, change)),
      ),
    );
  }
  return joinChanges(changes);
}

function fixFor(
  reason: PlacementReason,
  cluster: KarmadaCluster,
  affinity: ClusterAffinity | undefined,
): PlacementChange[] | undefined {
  switch (reason.rule) {
    case 'matches-affinity':
      return affinity && fixAffinity(reason.facts.part, cluster, affinity);
    case 'serves-api':
      return [{ rule: 'serve-api', facts: reason.facts }];
    case 'tolerates-taints':
      return [{ rule: 'tolerate', facts: { key: reason.facts.key } }];
    case 'has-field':
      return [{ rule: 'set-field', facts: { field: reason.facts.field } }];
    default:
      return undefined;
  }
}

function fixAffinity(
  part: string,
  { name, labels }: KarmadaCluster,
  { labelSelector = {} }: ClusterAffinity,
): PlacementChange[] | undefined {
  switch (part) {
    case 'excluded':
      return [{ rule: 'no-longer-exclude', facts: { cluster: name } }];
    case 'names':
      return [{ rule: 'name-cluster', facts: { cluster: name } }];
    case 'labels':
      return fixRequirements(listRequirements(labelSelector), labels, 'label');
    default:
      return [{ rule: 'drop-field-selector', facts: {} }];
  }
}

function sameChange(a: PlacementChange, b: PlacementChange): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
