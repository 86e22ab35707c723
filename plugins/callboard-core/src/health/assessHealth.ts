import {
  type Health,
  type KubeObject,
  ProblemError,
  type Result,
} from '@callboard/plugin-callboard-common';
import { listAt } from './fields';
import { KIND_JUDGES } from './kinds';
import {
  CONVENTION_CHECKS,
  GENERIC_CHECKS,
  HEALTH_FAMILIES,
  STALLED_CHECK,
  type HealthRuleSet,
  type HealthCheck,
  judgeByChecks,
  compileOnDemand,
  followsConventions,
  judgeByRules,
  parseCheck,
} from './rules';
import { verdict } from './verdict';

const BUILT_IN = compileOnDemand(HEALTH_FAMILIES.flatMap(({ rules }) => rules));
const genericChecksOf = compileChecks(GENERIC_CHECKS);
const conventionsOf = compileChecks(CONVENTION_CHECKS);

/**
 * Assesses the health of one object of a cluster: deletion first, then the
 * platform's rule for its kind, then the built-in one (after the conventions,
 * where no engine has a rule for the kind), then the generic checks.
 *
 * @param rules - rules that the platform adds, compiled once with
 *   `compileHealthRules`
 * @returns undefined where the kind has no notion of health (ConfigMap, Secret,
 *   roles): only its existence counts
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
  if (judge) return judge(object);
  const byConventions = followsConventions(group)
    ? judgeByChecks(conventionsOf(object), object)
    : undefined;
  return (
    byConventions ??
    judgeByRules(object, group, BUILT_IN) ??
    judgeGenerically(object, group)
  );
}

/**
 * Built-in kinds of Kubernetes that are not in the tables have no notion of
 * health, whatever their status contains. A custom resource that reports
 * nothing is Healthy because it exists, as in kstatus.
 */
function judgeGenerically(
  object: KubeObject,
  group: string,
): Health | undefined {
  if (!group.includes('.') || group.endsWith('.k8s.io')) return undefined;
  return (
    judgeByChecks(genericChecksOf(object), object) ??
    verdict('Healthy', 'Present', 'It is there and reports no trouble')
  );
}

/** Returns the checks for an object: of Reconciling and Stalled the condition listed first decides, as in kstatus. */
function compileChecks(
  checks: readonly string[],
): (object: KubeObject) => readonly HealthCheck[] {
  const all = checks.map(text => own(parseCheck(text)));
  const withoutStalled = all.filter((_, at) => checks[at] !== STALLED_CHECK);
  return object => {
    const decisive = listAt(object, 'status', 'conditions').find(
      ({ type, status }) =>
        status === 'True' && (type === 'Reconciling' || type === 'Stalled'),
    );
    return decisive?.type === 'Reconciling' ? withoutStalled : all;
  };
}

/** `apps` of `apps/v1`; the core group (`v1`) has no name. */
function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** An invalid built-in table is a bug: throws. */
function own<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}
