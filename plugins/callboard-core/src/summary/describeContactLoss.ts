import { describeDuration } from '@callboard/plugin-callboard-common';

/** That a cluster was silent for too long, without full stop: `No contact with eu-1 for 15 s`. */
export function describeContactLoss(
  cluster: string,
  silenceMs: number,
): string {
  return `No contact with ${cluster} for ${describeDuration(silenceMs)}`;
}
