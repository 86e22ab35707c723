import type { Finding, Health } from '@callboard/plugin-callboard-common';
import { verdict } from './verdict';

/**
 * Verdict and finding agree: where the cause is known, nothing is on its way
 * any more, whatever the controllers still hope for.
 *
 * @param sure - what a cause must be: `certain` where it is shown (the cluster
 * named it), `conclusive` where it is acted upon (no waiting can mend it), as
 * a rollout that halts and a push that fails do not take it back
 */
export function agreeWithFindings(
  health: Health,
  findings: readonly Finding[],
  sure: 'certain' | 'conclusive',
): Health {
  if (health.status !== 'Progressing') return health;
  if (sure === 'conclusive') {
    const last = findings.find(({ conclusive }) => conclusive === true);
    return last ? verdict('Degraded', 'Explained', last.what) : health;
  }
  const certain = findings.find(({ confidence }) => confidence === 'certain');
  return certain ? verdict('Degraded', certain.code, certain.what) : health;
}
