import {
  type Hypothesis,
  resolveBlueprint,
} from '@callboard/plugin-callboard-core';
import {
  type BlueprintFile,
  type ClusterFacts,
  type Problem,
  type Result,
  type WhatIfChange,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { FleetFacts } from '../../reconcile/placing/FleetSnapshot';
import { clusterMissing } from '../problems';

type Blueprint = NonNullable<ClusterFacts['blueprint']>;

/** Changes as input of placement. Refuses unknown clusters and blueprints. */
export function toHypotheses(
  changes: readonly WhatIfChange[],
  { clusters, platform }: Pick<FleetFacts, 'clusters' | 'platform'>,
): Result<Hypothesis[]> {
  const names = new Set(clusters.map(({ name }) => name));
  const hypotheses: Hypothesis[] = [];
  for (const change of changes) {
    if (change.kind === 'add') {
      names.add(change.cluster);
    } else if (change.cluster !== undefined && !names.has(change.cluster)) {
      return failed(clusterMissing(change.cluster));
    }
    const hypothesis = toHypothesis(change, platform.blueprints);
    if (!hypothesis.ok) return hypothesis;
    hypotheses.push(hypothesis.value);
  }
  return ok(hypotheses);
}

function toHypothesis(
  change: WhatIfChange,
  blueprints: readonly BlueprintFile[],
): Result<Hypothesis> {
  switch (change.kind) {
    case 'taint': {
      const { cluster, key, value, effect = 'NoSelect' } = change;
      const taint = { key, ...(value !== undefined && { value }), effect };
      return ok({ kind: 'taint', cluster, taint });
    }
    case 'blueprint': {
      const { cluster, running, name, version } = change;
      const blueprint = blueprintOf(blueprints, name, version);
      if (!blueprint.ok) return blueprint;
      if (cluster !== undefined)
        return ok({ kind: 'blueprint', cluster, blueprint: blueprint.value });
      return ok({
        kind: 'blueprint-of',
        running: running ?? name,
        blueprint: blueprint.value,
      });
    }
    case 'add':
      return newCluster(change, blueprints);
    default:
      return ok(change);
  }
}

/**
 * A blueprint as placement sees it: as its file defines it, drafts too, because
 * it is only a hypothesis. A version without a file inherits what the newest
 * one does.
 */
function blueprintOf(
  files: readonly BlueprintFile[],
  name: string,
  version?: number,
): Result<Blueprint> {
  const versions = files
    .filter(({ metadata }) => metadata.name === name)
    .sort((a, b) => b.spec.version - a.spec.version);
  const file =
    versions.find(({ spec }) => spec.version === version) ?? versions[0];
  if (!file) return failed(blueprintMissing(name, files));
  const base =
    file.spec.base === undefined
      ? undefined
      : resolveBlueprint(files, file.spec.base);
  return ok({
    name,
    version: version ?? file.spec.version,
    state: file.spec.state,
    inherits: base?.ok ? [base.value.name, ...base.value.inherits] : [],
  });
}

/** A cluster that is registered and in contact; what the change does not state is not judged. */
function newCluster(
  change: Extract<WhatIfChange, { kind: 'add' }>,
  blueprints: readonly BlueprintFile[],
): Result<Hypothesis> {
  const { cluster, labels = {}, claims = {}, clusterSet, free } = change;
  const blueprint =
    change.blueprint === undefined
      ? undefined
      : blueprintOf(blueprints, change.blueprint);
  if (blueprint?.ok === false) return blueprint;
  return ok({
    kind: 'add',
    facts: {
      name: cluster,
      labels,
      claims,
      taints: [],
      freshness: 'live',
      ...(clusterSet !== undefined && { clusterSet }),
      ...(blueprint && { blueprint: blueprint.value }),
      ...(free && { free }),
    },
  });
}

function blueprintMissing(
  name: string,
  files: readonly BlueprintFile[],
): Problem {
  const known = [...new Set(files.map(({ metadata }) => metadata.name))].sort();
  return {
    code: 'blueprint-not-found',
    what: `Cannot suppose blueprint "${name}"`,
    why: 'the platform describes no blueprint of that name',
    next:
      known.length === 0
        ? 'Describe one in the files of the platform'
        : `Choose one of ${known.join(', ')}`,
    transient: false,
  };
}
