import type {
  Freshness,
  Health,
  HealthStatus,
} from '@callboard/plugin-callboard-common';
import { shownHealth } from '@callboard/plugin-callboard-core';

/** The state to draw: what is not known freshly is Unknown, whatever was seen last. The API says so too; a page never relies on it. */
export function shownStatus(
  health: Health,
  freshness: Freshness,
): HealthStatus {
  // Neither instant matters for the word alone.
  return shownHealth(health, freshness, undefined, new Date(0)).status;
}

/** Least to most urgent: what one looks at first stands last. */
const URGENCY: HealthStatus[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Unknown',
  'Degraded',
];

/** Sorts what needs a person first. */
export function compareUrgency(a: HealthStatus, b: HealthStatus): number {
  return URGENCY.indexOf(b) - URGENCY.indexOf(a);
}
