import type { Cluster, Problem } from '@callboard/plugin-callboard-common';
import { untilClustersAnswered } from './untilClustersAnswered';

const PROBLEM: Problem = {
  code: 'cluster-unreachable',
  what: 'Cannot reach "us-1"',
  why: 'nobody listens there',
  next: 'Start it',
  transient: true,
};

const cluster = (freshness: Cluster['freshness'], problem?: Problem): Cluster =>
  ({
    freshness,
    connection: {
      kind: 'kubeconfig',
      since: null,
      roundTripMs: null,
      ...(problem && { problem }),
    },
  } as Cluster);

describe('untilClustersAnswered', () => {
  it('waits until the last cluster is live or says why it is not', async () => {
    const looks = [
      [cluster('stale'), cluster('stale')],
      [cluster('live'), cluster('stale')],
      [cluster('live'), cluster('unreachable', PROBLEM)],
    ];
    const listClusters = jest.fn(async () => looks.shift()!);
    await untilClustersAnswered({ listClusters }, new AbortController().signal);
    expect(listClusters).toHaveBeenCalledTimes(3);
  });

  it('waits for nobody where there is no cluster, and for nothing once it is told to stop', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const nobody = async (): Promise<Cluster[]> => [];
    const silent = jest.fn(async () => [cluster('stale')]);
    await untilClustersAnswered(
      { listClusters: nobody },
      new AbortController().signal,
    );
    await untilClustersAnswered({ listClusters: silent }, stopped.signal);
    expect(silent).not.toHaveBeenCalled();
  });
});
