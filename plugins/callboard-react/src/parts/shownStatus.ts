import type {
  Freshness,
  Health,
  HealthStatus,
} from '@callboard/plugin-callboard-common';
import { shownHealth } from '@callboard/plugin-callboard-core';

/**
 * The status to show: Unknown unless it is live, whatever was last observed.
 * The API reports it so too; a page never relies on that.
 */
export function shownStatus(
  health: Health,
  freshness: Freshness,
): HealthStatus {
  // The instants do not affect the status itself.
  return shownHealth(health, freshness, undefined, new Date(0)).status;
}

/** From least to most urgent. */
const URGENCY: HealthStatus[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Unknown',
  'Degraded',
];

/** Sorts the most urgent status first. */
export function compareUrgency(a: HealthStatus, b: HealthStatus): number {
  return URGENCY.indexOf(b) - URGENCY.indexOf(a);
}
