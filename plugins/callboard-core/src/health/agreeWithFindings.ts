import type { Finding, Health } from '@callboard/plugin-callboard-common';
import { verdict } from './verdict';

/**
 * Makes a verdict and its findings agree: once the cause is known, nothing is
 * in progress any more, even where the controllers still report progress.
 *
 * @param sure - how sure a cause must be: `certain` where it is shown (the
 *   cluster named it), `conclusive` where it is acted upon (waiting cannot
 *   resolve it), because a halted rollout and a failed push are not taken back
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
