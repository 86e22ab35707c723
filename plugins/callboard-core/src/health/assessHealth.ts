import {
  type Health,
  type KubeObject,
  ProblemError,
  type Result,
} from '@callboard/plugin-callboard-common';
import { KIND_JUDGES } from './kinds';
import {
  GENERIC_RUNGS,
  HEALTH_FAMILIES,
  type HealthRuleSet,
  climbLadder,
  compileOnDemand,
  judgeByRules,
  parseRung,
} from './rules';
import { verdict } from './verdict';

const BUILT_IN = compileOnDemand(HEALTH_FAMILIES.flatMap(({ rules }) => rules));
const GENERIC = GENERIC_RUNGS.map(text => own(parseRung(text)));

/**
 * How one object of a cluster is: deletion first, then the rule the platform gave for its kind, then ours,
 * then the generic ladder.
 *
 * @param rules - what the platform adds, compiled once with `compileHealthRules`
 * @returns undefined where the kind has no notion of health (ConfigMap, Secret, roles): it is there, and that is all
 */
export function assessHealth(
  object: KubeObject,
  rules?: HealthRuleSet,
): Health | undefined {
  if (object.metadata.deletionTimestamp !== undefined) {
    return verdict('Progressing', 'Deleting', 'It is being removed');
  }
  const group = groupOf(object.apiVersion);
  const byPlatform = rules && judgeByRules(object, group, rules);
  if (byPlatform) return byPlatform;
  const judge = KIND_JUDGES[`${group}/${object.kind}`];
  return judge
    ? judge(object)
    : judgeByRules(object, group, BUILT_IN) ?? judgeGenerically(object, group);
}

/** Kinds of Kubernetes itself that are not in the tables have no notion of health, whatever their status says. */
function judgeGenerically(
  object: KubeObject,
  group: string,
): Health | undefined {
  if (!group.includes('.') || group.endsWith('.k8s.io')) return undefined;
  return climbLadder(GENERIC, object);
}

/** `apps` of `apps/v1`; the core group (`v1`) has no name. */
function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Our own tables are right, or nothing is. */
function own<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}
