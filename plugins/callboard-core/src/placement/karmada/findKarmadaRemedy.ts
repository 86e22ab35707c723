import type { PlacementReason } from '@callboard/plugin-callboard-common';
import { joinChanges } from '../remedy';
import { fixRequirements, listRequirements } from '../selectors';
import { filterCluster } from './filterCluster';
import type { ClusterAffinity, KarmadaCluster, KarmadaInput } from './types';

/**
 * The smallest change that would let the filters pass: one per reason, for no
 * two of them are about the same thing. Undefined where nothing helps.
 */
export function findKarmadaRemedy(
  name: string,
  affinity: ClusterAffinity | undefined,
  input: KarmadaInput,
): PlacementReason | undefined {
  const cluster = input.clusters.find(candidate => candidate.name === name);
  if (cluster === undefined) return undefined;
  const changes: PlacementReason[] = [];
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
  { rule, facts }: PlacementReason,
  cluster: KarmadaCluster,
  affinity: ClusterAffinity | undefined,
): PlacementReason[] | undefined {
  switch (rule) {
    case 'matches-affinity':
      return affinity && fixAffinity(String(facts.part), cluster, affinity);
    case 'serves-api':
      return [{ rule: 'serve-api', facts }];
    case 'tolerates-taints':
      return [{ rule: 'tolerate', facts: { key: facts.key } }];
    case 'has-field':
      return [{ rule: 'set-field', facts: { field: facts.field } }];
    default:
      return undefined;
  }
}

function fixAffinity(
  part: string,
  { name, labels }: KarmadaCluster,
  { labelSelector = {} }: ClusterAffinity,
): PlacementReason[] | undefined {
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

function sameChange(a: PlacementReason, b: PlacementReason): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
