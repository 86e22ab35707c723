import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import { CURRENT_RENDERER, describeNewerRenderer } from './renderers';

const workload = (params?: Record<string, unknown>): ScoreWorkload => ({
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'web' },
  containers: { main: { image: 'web:1' } },
  resources: { data: { type: 'volume', ...(params && { params }) } },
});
const plain: ScoreWorkload = { ...workload(), resources: {} };

it.each<[string, number, ScoreWorkload, string | undefined]>([
  [
    'without its baseline',
    1,
    plain,
    'rendered in the newer way: restricted pods, denied networks (docs/rendering.md)',
  ],
  [
    'without its baseline, with a volume',
    1,
    workload(),
    'rendered in the newer way: restricted pods, denied networks, volumes that are not ephemeral outlive their instance (docs/rendering.md)',
  ],
  [
    'with a volume',
    2,
    workload({ size: '1Gi' }),
    'rendered in the newer way: volumes that are not ephemeral outlive their instance (docs/rendering.md)',
  ],
  ['with an ephemeral volume', 2, workload({ ephemeral: true }), undefined],
  ['without volumes', 2, plain, undefined],
  ['as today', CURRENT_RENDERER, workload(), undefined],
])('a release of before %s', (_, last, asked, expected) => {
  expect(describeNewerRenderer(last, [asked])).toBe(expected);
});
