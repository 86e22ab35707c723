import { describeDuration } from '@callboard/plugin-callboard-common';

/** Describes that a cluster was out of contact for too long, without full stop: `No contact with eu-1 for 15 s`. */
export function describeContactLoss(
  cluster: string,
  silenceMs: number,
): string {
  return `No contact with ${cluster} for ${describeDuration(silenceMs)}`;
}
