import type {
  Finding,
  Health,
  Problem,
} from '@callboard/plugin-callboard-common';
import { agreeWithFindings } from '../agreeWithFindings';
import { verdict } from '../verdict';

/**
 * The health that is recorded of a deployment; rollouts and `git push` act on it. Pure.
 *
 * A problem that prevents the delivery speaks before what was seen. What is on
 * its way is Degraded as soon as it is known that waiting does not help. Between
 * two crashes an instance runs for a moment: what was Degraded stays so until it
 * is Healthy or something new is wanted.
 *
 * @param found - what a run found out; what it did not look at is absent
 * @param before - `isSame` where nothing new is wanted since then
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

/** What cannot be delivered for good is in trouble; what may pass is on its way. */
function notDelivered({ transient, what, why }: Problem): Health {
  return verdict(
    transient ? 'Progressing' : 'Degraded',
    'NotDelivered',
    `${what}: ${why}`,
  );
}
