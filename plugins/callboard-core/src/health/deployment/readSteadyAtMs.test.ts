import type { KubeObject } from '@callboard/plugin-callboard-common';
import { readSteadyAtMs } from './readSteadyAtMs';

const NOW = new Date('2026-11-20T10:00:00Z');
const at = (seconds: number) =>
  new Date(NOW.getTime() + seconds * 1000).toISOString();

function pod(
  status: Record<string, unknown>,
  { probed = false } = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-1' },
    spec: {
      containers: [{ name: 'main', ...(probed && { readinessProbe: {} }) }],
    },
    status: { containerStatuses: [{ name: 'main', ...status }] },
  };
}
const running = (startedAt: string) => ({ state: { running: { startedAt } } });
const ended = (exitCode: number, reason = 'Error') => ({
  lastState: { terminated: { exitCode, reason } },
});

it.each([
  {
    name: 'nobody asks for its health',
    given: pod(running(at(0))),
    expected: 2,
  },
  {
    name: 'its readiness is probed',
    given: pod(running(at(0)), { probed: true }),
    expected: 0,
  },
  {
    name: 'it came back after a crash',
    given: pod({ ...running(at(-1)), ...ended(3) }, { probed: true }),
    expected: 9,
  },
  {
    name: 'it came back after its node did',
    given: pod(
      { ...running(at(0)), ...ended(255, 'Unknown') },
      { probed: true },
    ),
    expected: 0,
  },
  {
    name: 'it ended well before',
    given: pod(
      { ...running(at(0)), ...ended(0, 'Completed') },
      { probed: true },
    ),
    expected: 0,
  },
  {
    name: 'the clock of the cluster goes ahead',
    given: pod(running(at(3_600))),
    expected: 2,
  },
])('steady after $expected s when $name', ({ given, expected }) => {
  expect(readSteadyAtMs(given, NOW) - NOW.getTime()).toBe(expected * 1000);
});

it.each([
  {
    name: 'waits',
    given: pod({ state: { waiting: { reason: 'ContainerCreating' } } }),
  },
  {
    name: 'says nothing',
    given: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } },
  },
  {
    name: 'talks nonsense',
    given: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: 7,
      status: { containerStatuses: 'x' },
    },
  },
])('an instance that $name is not waited for', ({ given }) => {
  expect(readSteadyAtMs(given as KubeObject, NOW)).toBe(0);
});
