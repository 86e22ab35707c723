import {
  API_VERSION,
  type ClusterPrometheus,
  type EnvironmentFile,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ServiceAnswer } from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(120_000);

const live: EnvironmentFile = {
  apiVersion: API_VERSION,
  kind: 'Environment',
  metadata: { name: 'live' },
  spec: { order: 1, placement: { numberOfClusters: 3 } },
};

/** What a Prometheus answers that counts this many requests of shop, in ingress-nginx alone. */
function counting(perSecond: string) {
  return (query: string): ServiceAnswer => ({
    status: 200,
    body: {
      status: 'success',
      data: {
        resultType: 'vector',
        result: query.includes('nginx_ingress_controller_requests')
          ? [
              {
                metric: { callboard_namespace: 'shop--live', status: '200' },
                value: [1, perSecond],
              },
            ]
          : [],
      },
    },
  });
}

describe('requests of an app', () => {
  let fleet: TestFleet;
  const asked: string[] = [];
  let answer: (query: string) => ServiceAnswer = counting('12.5');

  beforeEach(async () => {
    asked.length = 0;
    answer = counting('12.5');
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1', 'ap-1'],
      deps: {
        intervals: { usageMs: 100, usageBackOffMaxMs: 400, resyncMs: 500 },
        prometheus: {
          async query({ url, credentials }, query) {
            asked.push(`${url} as ${credentials}`);
            return ok(answer(query));
          },
        },
      },
      wrap: connection => {
        connection.askService = async ({ namespace, name, port }, path) => {
          asked.push(`${namespace}/${name}:${port} by ${connection.cluster}`);
          const query = new URL(path, 'http://x').searchParams.get('query');
          expect(path).toMatch(/^\/api\/v1\/query\?query=/);
          return ok(answer(query ?? ''));
        };
        return connection;
      },
    });
    const named: Record<string, ClusterPrometheus> = {
      'dev-1': { url: 'https://prometheus.example.com', credentials: 'eu' },
      'eu-1': {
        service: { namespace: 'monitoring', name: 'prom', port: 9090 },
        sources: ['ingress-nginx'],
      },
    };
    fleet.platform = {
      ...fleet.platform,
      environments: [live],
      clusterFiles: fleet.platform.clusterFiles.map(file => ({
        ...file,
        spec: { ...file.spec, prometheus: named[file.metadata.name] },
      })),
    };
    await fleet.settles();
    await fleet.push('shop', { does: 'serve' });
  });
  afterEach(() => fleet.close());

  async function trafficOn(cluster: string) {
    const usage = await fleet.controlPlane.getUsage('shop', 'live');
    if (!usage.ok) throw new Error(usage.problem.what);
    return usage.value.clusters.find(each => each.cluster === cluster)?.traffic;
  }

  it('are what the Prometheus of each cluster counts, asked at an address or through the cluster', async () => {
    const numbers = {
      state: 'live',
      source: 'ingress-nginx',
      requestsPerSecond: 12.5,
      errorsPerSecond: 0,
      measuredAt: expect.any(String),
    };
    await eventually(async () => {
      expect(await trafficOn('dev-1')).toEqual(numbers);
      expect(await trafficOn('eu-1')).toEqual(numbers);
    });
    expect(await trafficOn('ap-1')).toMatchObject({
      state: 'not-configured',
      what: expect.stringContaining('no Prometheus is configured'),
    });
    expect([...new Set(asked)].sort()).toEqual([
      'https://prometheus.example.com as eu',
      'monitoring/prom:9090 by eu-1',
    ]);
  });

  it('are unknown, not zero, where nobody counts them or nothing can be asked', async () => {
    answer = () => ({
      status: 200,
      body: { status: 'success', data: { resultType: 'vector', result: [] } },
    });
    await eventually(async () =>
      expect(await trafficOn('eu-1')).toEqual({
        state: 'no-data',
        what: expect.any(String),
        next: expect.stringContaining('nginx_ingress_controller_requests'),
      }),
    );
    answer = () => ({ status: 403, body: undefined });
    await eventually(async () =>
      expect(await trafficOn('eu-1')).toEqual({
        state: 'refused',
        what: expect.stringContaining('HTTP 403'),
        next: expect.any(String),
      }),
    );
    answer = () => ({ status: 502, body: undefined });
    await eventually(async () =>
      expect(await trafficOn('dev-1')).toMatchObject({
        state: 'failed',
        what: expect.stringContaining('HTTP 502'),
      }),
    );
    answer = counting('0');
    await eventually(async () =>
      expect(await trafficOn('dev-1')).toMatchObject({
        state: 'live',
        requestsPerSecond: 0,
      }),
    );
  });
});
