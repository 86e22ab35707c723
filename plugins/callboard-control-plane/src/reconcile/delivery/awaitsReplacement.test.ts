import type { HealthStatus } from '@callboard/plugin-callboard-common';
import { NOTHING_YET } from '../placing/setDesiredReleases';
import { awaitsReplacement } from './awaitsReplacement';

const deployment = (
  cluster: string,
  status: HealthStatus,
  { environment = 'prod', wanted = true } = {},
) => ({
  key: { kind: 'app' as const, app: 'shop', environment, cluster },
  state: {
    ...NOTHING_YET,
    ...(wanted && { desiredRelease: 2 }),
    health: { status, reason: 'Reported' as const, message: 'x' },
  },
});

const terminating = deployment('eu-1', 'Progressing', { wanted: false });

describe('awaitsReplacement', () => {
  it.each([
    { name: 'nothing replaces it', others: [terminating], expected: false },
    {
      name: 'what replaces it is on its way',
      others: [terminating, deployment('us-1', 'Progressing')],
      expected: true,
    },
    {
      name: 'what replaces it crashes',
      others: [terminating, deployment('us-1', 'Degraded')],
      expected: true,
    },
    {
      name: 'one of two runs, the other not yet',
      others: [
        terminating,
        deployment('us-1', 'Healthy'),
        deployment('ap-1', 'Missing'),
      ],
      expected: true,
    },
    {
      name: 'all that replace it run',
      others: [terminating, deployment('us-1', 'Healthy')],
      expected: false,
    },
    {
      name: 'another environment is on its way',
      others: [
        terminating,
        deployment('dev-1', 'Progressing', { environment: 'dev' }),
      ],
      expected: false,
    },
    {
      name: 'another cluster is left too',
      others: [
        terminating,
        deployment('us-1', 'Progressing', { wanted: false }),
      ],
      expected: false,
    },
    {
      name: 'one that replaces it runs, another is out of contact',
      others: [
        terminating,
        deployment('us-1', 'Healthy'),
        deployment('dark-1', 'Progressing'),
      ],
      expected: false,
    },
    {
      name: 'all that replace it ran when they were last in contact',
      others: [terminating, deployment('dark-1', 'Healthy')],
      expected: true,
    },
    {
      name: 'one runs, on the other a halted rollout failed',
      others: [
        terminating,
        deployment('us-1', 'Healthy'),
        deployment('broken-1', 'Degraded'),
      ],
      expected: false,
    },
    {
      name: 'one is on its way, on the other a halted rollout failed',
      others: [
        terminating,
        deployment('us-1', 'Progressing'),
        deployment('broken-1', 'Degraded'),
      ],
      expected: true,
    },
  ])('$name: $expected', ({ others, expected }) => {
    const isLive = (cluster: string) => cluster !== 'dark-1';
    const givenUp = new Set(['broken-1']);
    expect(awaitsReplacement(terminating, others, { isLive, givenUp })).toBe(
      expected,
    );
  });
});
