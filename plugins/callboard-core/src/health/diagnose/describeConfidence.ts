import type { Finding } from '@callboard/plugin-callboard-common';

/** Describes how sure a finding is, without full stop. */
export function describeConfidence(confidence: Finding['confidence']): string {
  return confidence === 'certain'
    ? 'Certain: reported by the cluster'
    : 'Likely: fits best what was seen';
}
