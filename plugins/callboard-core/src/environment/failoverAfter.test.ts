import type { Toleration } from '@callboard/plugin-callboard-common';
import { failoverAfter } from './failoverAfter';

const KEY = 'cluster.open-cluster-management.io/unreachable';

describe('failoverAfter', () => {
  it.each<[string, Toleration[], number | undefined, number | undefined]>([
    ['five minutes where nobody says', [], undefined, 300],
    ['what the environment says', [], 60, 60],
    [
      'what a toleration says goes first',
      [{ key: KEY, operator: 'Exists', tolerationSeconds: 900 }],
      60,
      900,
    ],
    [
      'the longest of several',
      [
        { key: KEY, operator: 'Exists', tolerationSeconds: 900 },
        { key: KEY, operator: 'Exists', tolerationSeconds: 30 },
      ],
      undefined,
      900,
    ],
    [
      'for ever without seconds',
      [
        { key: KEY, operator: 'Exists' },
        { key: KEY, operator: 'Exists', tolerationSeconds: 30 },
      ],
      60,
      undefined,
    ],
    [
      'at once for what is below nothing',
      [{ key: KEY, operator: 'Exists', tolerationSeconds: -5 }],
      60,
      0,
    ],
    [
      'tolerations of other taints say nothing',
      [
        { key: 'team', operator: 'Exists', tolerationSeconds: 900 },
        { operator: 'Exists', tolerationSeconds: 900 },
      ],
      60,
      60,
    ],
    [
      'nor one of another effect or value',
      [
        { key: KEY, operator: 'Exists', effect: 'NoSelectIfNew' },
        { key: KEY, operator: 'Equal', value: 'yes' },
      ],
      60,
      60,
    ],
  ])('%s', (_, tolerations, failoverAfterSeconds, expected) => {
    expect(
      failoverAfter({ placement: { tolerations }, failoverAfterSeconds }),
    ).toBe(expected);
  });
});
