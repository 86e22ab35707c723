import type { Finding, Health } from '@callboard/plugin-callboard-common';
import { verdict } from './verdict';

/**
 * Verdict and finding agree: where the cluster names the cause for certain,
 * nothing is on its way any more, whatever the controllers still hope for.
 */
export function agreeWithFindings(
  health: Health,
  findings: readonly Finding[],
): Health {
  if (health.status !== 'Progressing') return health;
  const certain = findings.find(({ confidence }) => confidence === 'certain');
  return certain ? verdict('Degraded', certain.code, certain.what) : health;
}
