import { mockServices } from '@backstage/backend-test-utils';
import {
  API_VERSION,
  type ClusterFile,
  type Problem,
  ProblemError,
} from '@callboard/plugin-callboard-common';
import { PolledSource } from './PolledSource';

const AWAY: Problem = {
  code: 'cluster-unreachable',
  what: 'acm does not answer',
  why: 'nothing listens at its address',
  next: 'Check it',
  transient: true,
};

let names: string[];
let fault: Problem | undefined;
let reported: number;
let source: PolledSource<{ file: ClusterFile }>;

beforeEach(() => {
  jest.useFakeTimers();
  names = ['eu-1'];
  fault = undefined;
  reported = 0;
  source = new PolledSource({
    name: 'hub acm',
    refreshMs: 60_000,
    logger: mockServices.logger.mock(),
    read: async () => {
      if (fault) throw new ProblemError(fault);
      return {
        clusters: names.map(name => ({
          file: {
            apiVersion: API_VERSION,
            kind: 'Cluster' as const,
            metadata: { name },
            spec: {},
          },
        })),
        complaints: [],
      };
    },
    register: ({ file }) => ({
      file,
      connectionKind: 'inventory',
      livenessDeadlineMs: 1,
      openTransport: () => Promise.reject(new Error('not opened here')),
    }),
  });
  // As the control plane does: who is told asks again.
  source.onChange(() => {
    reported++;
    source.listClusters().catch(() => undefined);
  });
});
afterEach(() => {
  source.stop();
  jest.useRealTimers();
});

it('tells what changed, and nothing else', async () => {
  await source.listClusters();
  source.start();
  await jest.advanceTimersByTimeAsync(120_000);
  expect(reported).toBe(0);
  names = ['eu-1', 'eu-2'];
  await jest.advanceTimersByTimeAsync(60_000);
  expect(reported).toBe(1);
  await jest.advanceTimersByTimeAsync(120_000);
  expect(reported).toBe(1);
});

it('tells that it cannot be read, and soon that it can again', async () => {
  await source.listClusters();
  source.start();
  fault = AWAY;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(reported).toBe(1);
  await expect(source.listClusters()).rejects.toMatchObject({ problem: AWAY });
  await jest.advanceTimersByTimeAsync(30_000);
  expect(reported).toBe(1);
  fault = undefined;
  await jest.advanceTimersByTimeAsync(10_000);
  expect(reported).toBe(2);
});
