import type { Finding, HealthStatus } from '@callboard/plugin-callboard-common';
import { agreeWithFindings } from './agreeWithFindings';

function finding(confidence: Finding['confidence']): Finding {
  const what = 'shop cannot start in Development';
  return {
    code: 'image-not-found',
    what,
    evidence: [],
    logTail: [],
    next: 'Push again',
    confidence,
  };
}

it.each<[HealthStatus, Finding['confidence'][], HealthStatus]>([
  ['Progressing', ['certain'], 'Degraded'],
  ['Progressing', ['likely', 'certain'], 'Degraded'],
  ['Progressing', ['likely'], 'Progressing'],
  ['Progressing', [], 'Progressing'],
  ['Healthy', ['certain'], 'Healthy'],
  ['Suspended', ['certain'], 'Suspended'],
  ['Unknown', ['certain'], 'Unknown'],
])('%s with findings that are %j is %s', (status, confidences, expected) => {
  const health = { status, reason: 'Reported' as const, message: 'some' };
  expect(
    agreeWithFindings(
      health,
      confidences.map(each => finding(each)),
      'certain',
    ).status,
  ).toBe(expected);
});
