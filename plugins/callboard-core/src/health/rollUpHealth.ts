import type { Health, HealthStatus } from '@callboard/plugin-callboard-common';
import type { HealthPart } from './types';
import { verdict } from './verdict';

/**
 * From best to worst, as Argo CD orders them. The roll-up can be checked
 * against this list: the worst part decides, except that parts suspended on
 * purpose are ignored.
 */
export const HEALTH_ORDER: readonly HealthStatus[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

/** Names of the parts, singular and plural: `{ one: 'cluster', many: 'clusters' }`. */
export interface PartNoun {
  one: string;
  many: string;
}

/**
 * Returns the health of the worst part, never an average. The order of the
 * parts does not matter. Suspended parts count only when there are no others;
 * without any part the result is Missing, because nothing was observed.
 */
export function rollUpHealth(
  parts: readonly HealthPart[],
  noun: PartNoun = { one: 'part', many: 'parts' },
): Health {
  if (parts.length === 0)
    return verdict('Missing', 'NothingThere', 'There is nothing to judge yet');
  if (parts.length === 1) return parts[0].health;
  const awake = parts.filter(part => part.health.status !== 'Suspended');
  if (awake.length === 0) {
    return verdict(
      'Suspended',
      'AllSuspended',
      `All ${parts.length} ${noun.many} are suspended on purpose`,
    );
  }
  const worst = findWorst(awake);
  const healthy = awake.filter(part => part.health.status === 'Healthy').length;
  if (worst.health.status === 'Healthy') {
    return verdict(
      'Healthy',
      'AllHealthy',
      `${healthy} of ${awake.length} ${noun.many} are healthy`,
    );
  }
  return verdict(
    worst.health.status,
    worst.health.reason,
    `${healthy} of ${awake.length} ${noun.many} ${
      healthy === 1 ? 'is' : 'are'
    } healthy; ${describePart(worst)}`,
  );
}

/** `checkout in Production is degraded: …`; a finding that names its app is the whole sentence. */
function describePart({ name, subject, health }: HealthPart): string {
  const { status, message } = health;
  if (subject !== undefined && message.startsWith(`${subject} `))
    return message;
  const says = message ? `: ${message}` : '';
  return `${name} is ${status.toLowerCase()}${says}`;
}

function findWorst(parts: readonly HealthPart[]): HealthPart {
  return [...parts].sort(
    (a, b) =>
      rank(b.health.status) - rank(a.health.status) ||
      compareText(a.name, b.name) ||
      compareText(a.health.message, b.health.message),
  )[0];
}

function rank(status: HealthStatus): number {
  const index = HEALTH_ORDER.indexOf(status);
  return index < 0 ? HEALTH_ORDER.length : index; // an unknown status ranks worse than any known one
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Returns whether `a` is worse than `b`. */
export function isWorse(a: HealthStatus, b: HealthStatus): boolean {
  return rank(a) > rank(b);
}
