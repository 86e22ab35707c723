import type {
  Finding,
  Health,
  Problem,
} from '@callboard/plugin-callboard-common';
import { agreeWithFindings } from '../agreeWithFindings';
import { verdict } from '../verdict';

/**
 * Returns the health that is recorded of a deployment; rollouts and `git push`
 * act on it. Pure.
 *
 * A problem that prevents the delivery takes precedence over the observed
 * state. A Progressing deployment is Degraded as soon as it is known that
 * waiting does not help. Between two crashes an instance runs for a moment: a
 * Degraded deployment stays so until it is Healthy or the desired state
 * changes.
 *
 * @param found - results of a run; what it did not look at is absent
 * @param before - `isSame` where the desired state has not changed since then
 * @returns undefined where nothing was found out
 */
export function recordedHealth(
  found: {
    health?: Health;
    findings?: readonly Finding[];
    problem?: Problem;
  },
  before: { health: Health; isSame: boolean },
): Health | undefined {
  if (found.problem) return notDelivered(found.problem);
  if (!found.health) return undefined;
  const health = agreeWithFindings(
    found.health,
    found.findings ?? [],
    'conclusive',
  );
  return before.isSame &&
    before.health.status === 'Degraded' &&
    health.status === 'Progressing'
    ? before.health
    : health;
}

/** A permanent problem of delivery is Degraded; a transient one is Progressing. */
function notDelivered({ transient, what, why }: Problem): Health {
  return verdict(
    transient ? 'Progressing' : 'Degraded',
    'NotDelivered',
    `${what}: ${why}`,
  );
}
