import {
  type ClusterFacts,
  type PlacementReason,
  plainLine,
} from '@callboard/plugin-callboard-common';
import type {
  ModulePlacementRule,
  RuledApp,
  RuledCluster,
} from '../moduleRules';
import { ADMITS, type PlacementRule } from '../types';

const MOST_CHARACTERS = 300; // characters of a sentence

/** No rule of a module refuses the cluster. */
export const ofModules: PlacementRule = {
  name: 'of-modules',
  judge(cluster, { modules, requires, needs, held, kept }) {
    if (!modules || modules.rules.length === 0) return ADMITS;
    const app: RuledApp = {
      ...modules.app,
      ...(requires && { requires }),
      ...(needs && { needs }),
    };
    const reasons = modules.rules.flatMap(rule =>
      askRule(rule, copyOf(cluster), { ...app }),
    );
    if (reasons.length === 0) return ADMITS;
    const [first] = reasons;
    if (held && kept && first.rule === 'of-modules')
      return {
        kind: 'admits',
        notes: [
          {
            rule: 'stays-until-replaced',
            facts: { because: 'module-rule', why: first.facts.why },
          },
        ],
      };
    return { kind: 'refuses', reasons, fixes: [] };
  },
};

/** Returns a rule's reason against a cluster; where the rule failed, that it did. */
function askRule(
  rule: ModulePlacementRule,
  cluster: RuledCluster,
  app: RuledApp,
): PlacementReason[] {
  const { name } = rule;
  let said: unknown;
  try {
    said = rule.refuse(cluster, app);
  } catch (error) {
    return [failedRule(name, `it failed: ${String(error)}`)];
  }
  if (said === undefined) return [];
  if (!isRefusal(said))
    return [failedRule(name, 'it answered something else than a reason')];
  return [
    {
      rule: 'of-modules',
      facts: {
        name,
        why: shorten(said.why),
        ...(said.next !== undefined && { next: shorten(said.next) }),
      },
    },
  ];
}

/** A copy, so that a rule that mutates its argument does not affect others. */
function copyOf({
  name,
  labels,
  claims,
  clusterSet,
  clusterSets,
  taints,
  blueprint,
}: ClusterFacts): RuledCluster {
  return {
    name,
    labels: { ...labels },
    claims: { ...claims },
    taints: taints.map(taint => ({ ...taint })),
    ...(clusterSet !== undefined && { clusterSet }),
    ...(clusterSets && { clusterSets: [...clusterSets] }),
    ...(blueprint && { blueprint: { ...blueprint } }),
  };
}

function isRefusal(said: unknown): said is { why: string; next?: string } {
  if (typeof said !== 'object' || said === null || !('why' in said))
    return false;
  const next = 'next' in said ? said.next : undefined;
  return (
    typeof said.why === 'string' &&
    (next === undefined || typeof next === 'string')
  );
}

function failedRule(name: string, why: string): PlacementReason {
  return {
    rule: 'misconfigured',
    facts: {
      why: shorten(
        `the placement rule "${name}" of a module cannot be asked: ${why}`,
      ),
      next: 'Ask the platform team to mend the module',
    },
  };
}

function shorten(text: string): string {
  return plainLine(text.slice(0, MOST_CHARACTERS).replace(/\s+/g, ' '));
}
