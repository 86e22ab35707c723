import type { Health, HealthStatus } from '@callboard/plugin-callboard-common';
import { assessArrival } from './assessArrival';
import { assessCluster } from './assessCluster';
import { type EnvironmentFacts, assessEnvironment } from './assessEnvironment';

const as = (status: HealthStatus): Health => ({
  status,
  reason: 'Reported',
  message: `it is ${status}`,
});

const on = (...statuses: HealthStatus[]) =>
  statuses.map((status, index) => ({
    cluster: `eu-${index + 1}`,
    health: as(status),
    desiredRelease: 2,
  }));

const placed = { release: 2, says: 'No cluster fits' };
const rollout = (phase: 'applying' | 'halted' | 'paused' | 'done') => ({
  release: 2,
  phase,
  sentence: `It is ${phase}`,
});

describe('assessEnvironment', () => {
  it.each<{ name: string; given: Partial<EnvironmentFacts>; expected: string }>(
    [
      {
        name: 'nothing is released',
        given: { release: undefined },
        expected: 'Missing NothingReleased: Nothing is released here yet',
      },
      {
        name: 'the clusters speak of the release before',
        given: {
          placement: { ...placed, release: 1 },
          clusters: on('Healthy'),
        },
        expected: 'Progressing Placing: Release 2 is being placed',
      },
      {
        name: 'no cluster takes it',
        given: { clusters: [] },
        expected: 'Missing NotPlaced: No cluster fits',
      },
      {
        name: 'one cluster speaks for itself',
        given: { clusters: on('Degraded') },
        expected: 'Degraded Reported: it is Degraded',
      },
      {
        name: 'all clusters do well',
        given: { clusters: on('Healthy', 'Healthy') },
        expected: 'Healthy AllHealthy: 2 of 2 clusters are healthy',
      },
      {
        name: 'it has not reached all clusters',
        given: { rollout: rollout('applying') },
        expected: 'Progressing RollingOut: It is applying',
      },
      {
        name: 'its rollout was halted',
        given: { rollout: rollout('halted') },
        expected: 'Degraded RolloutHalted: It is halted',
      },
      {
        name: 'its rollout was paused',
        given: { rollout: rollout('paused') },
        expected: 'Suspended RolloutSuspended: It is paused',
      },
      {
        name: 'its rollout is over',
        given: { rollout: rollout('done') },
        expected: 'Healthy Reported: it is Healthy',
      },
      {
        name: 'the rollout is of the release before',
        given: { rollout: { ...rollout('applying'), release: 1 } },
        expected: 'Healthy Reported: it is Healthy',
      },
      {
        name: 'the rollout that takes it to the clusters is not begun',
        given: {
          clusters: on('Healthy').map(each => ({ ...each, desiredRelease: 1 })),
          rollout: { ...rollout('done'), release: 1 },
        },
        expected: 'Progressing Releasing: Release 2 is on its way',
      },
      {
        name: 'somebody stopped it',
        given: { clusters: on('Suspended'), stopped: 'ana stopped it' },
        expected: 'Suspended Stopped: ana stopped it',
      },
      {
        name: 'it is stopped, and a rollout goes on over that',
        given: {
          clusters: on('Suspended').map(each => ({
            ...each,
            desiredRelease: 1,
          })),
          rollout: rollout('paused'),
          stopped: 'ana stopped it',
        },
        expected: 'Suspended Stopped: ana stopped it',
      },
      {
        name: 'it is stopped, and the release after has not begun to reach it',
        given: {
          clusters: on('Suspended').map(each => ({
            ...each,
            desiredRelease: 1,
          })),
          rollout: { ...rollout('done'), release: 1 },
          stopped: 'ana stopped it',
        },
        expected: 'Progressing Releasing: Release 2 is on its way',
      },
      {
        name: 'somebody stopped it, and one cluster was not told yet',
        given: {
          clusters: on('Suspended', 'Healthy'),
          stopped: 'ana stopped it',
        },
        expected: 'Progressing Stopping: ana stopped it',
      },
      {
        name: 'a cluster in trouble speaks before the rollout',
        given: { clusters: on('Degraded'), rollout: rollout('applying') },
        expected: 'Degraded Reported: it is Degraded',
      },
    ],
  )('$name', ({ given, expected }) => {
    const { status, reason, message } = assessEnvironment({
      release: 2,
      placement: placed,
      clusters: on('Healthy'),
      ...given,
    });
    expect(`${status} ${reason}: ${message}`).toBe(expected);
  });
});

describe('assessArrival', () => {
  it.each<{
    name: string;
    seen: HealthStatus[];
    toleratesFailures?: boolean;
    reason?: Health['reason'];
    expected: string;
  }>([
    {
      name: 'it runs everywhere',
      seen: ['Healthy', 'Healthy'],
      expected: 'healthy',
    },
    {
      name: 'a cluster has not got it yet',
      seen: ['Healthy'],
      expected: 'under-way',
    },
    {
      name: 'one still starts',
      seen: ['Healthy', 'Progressing'],
      expected: 'under-way',
    },
    {
      name: 'one is paused',
      seen: ['Healthy', 'Suspended'],
      expected: 'under-way',
    },
    {
      name: 'nobody knows of one',
      seen: ['Healthy', 'Unknown'],
      expected: 'under-way',
    },
    { name: 'the first fails', seen: ['Degraded'], expected: 'failed' },
    {
      name: 'its rollout may go on over a failure',
      seen: ['Degraded', 'Healthy'],
      toleratesFailures: true,
      expected: 'under-way',
    },
    {
      name: 'somebody stopped what it came to',
      seen: ['Suspended', 'Suspended'],
      reason: 'Stopped',
      expected: 'stopped',
    },
  ])('$name', ({ seen, toleratesFailures = false, reason, expected }) => {
    const clusters = on(...seen).map(each => ({
      ...each,
      health: { ...each.health, ...(reason !== undefined && { reason }) },
    }));
    expect(
      assessArrival(['eu-1', 'eu-2'], clusters, { toleratesFailures }),
    ).toBe(expected);
  });
});

it('takes a cluster for as well as the worst that runs there', () => {
  const shop = { app: 'shop', environmentTitle: 'Production' };
  expect(
    assessCluster([{ ...shop, health: as('Healthy') }], {
      name: 'golden',
      health: as('Degraded'),
    }).message,
  ).toBe(
    '1 of 2 parts is healthy; blueprint golden is degraded: it is Degraded',
  );
});
