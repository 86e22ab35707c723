import type { ClusterTraffic } from '@callboard/plugin-callboard-common';
import { describeRate, describeTraffic } from './describeTraffic';
import { type TrafficFacts, judgeTraffic } from './judgeTraffic';
import { mergeTraffic } from './mergeTraffic';
import { readVector } from './readVector';
import { latencyQuery, requestsQuery } from './trafficQueries';

const NOW = new Date('2026-11-20T12:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);

it('asks for namespaces by the label that each source has, and for one cluster of many', () => {
  expect(requestsQuery('ingress-nginx', ['a--dev', 'b--dev'], {})).toBe(
    'sum by (callboard_namespace,status) (' +
      'label_replace(rate(nginx_ingress_controller_requests{exported_namespace=~"(a--dev|b--dev)"}[5m]),"callboard_namespace","$1","exported_namespace","(.*)") or ' +
      'label_replace(rate(nginx_ingress_controller_requests{namespace=~"(a--dev|b--dev)",exported_namespace=""}[5m]),"callboard_namespace","$1","namespace","(.*)"))',
  );
  expect(
    latencyQuery('envoy-gateway', ['a--dev'], { matchers: { cluster: 'x"' } }),
  ).toBe(
    'histogram_quantile(0.95,sum by (callboard_namespace,le) (' +
      'label_replace(rate(envoy_cluster_upstream_rq_time_bucket{envoy_cluster_name=~"httproute/(a--dev)/.*",cluster="x\\""}[5m]),"callboard_namespace","$1","envoy_cluster_name","httproute/([^/]+)/.*")))/1000',
  );
});

it.each<[string, unknown]>([
  ['text', 'ok'],
  ['nothing', undefined],
  ['a matrix', { status: 'success', data: { resultType: 'matrix' } }],
  [
    'a vector of no list',
    { status: 'success', data: { resultType: 'vector', result: {} } },
  ],
])('cannot read %s', (_, body) => {
  expect(readVector({ status: 200, body })).toMatchObject({
    ok: false,
    problem: { code: 'prometheus-answer-invalid' },
  });
});

it('leaves out what is no number, and quotes little', () => {
  const series = (value: unknown, metric: unknown = {}) => ({ metric, value });
  const body = {
    status: 'success',
    data: {
      resultType: 'vector',
      result: [
        series([1, '2.5'], { a: 'b', c: 3 }),
        series([1, 'NaN']),
        series([1, '+Inf']),
        series([1, '-1']),
        series([1, '']),
        series([1, 4]),
        series('5'),
        series([1, '6'], null),
        7,
      ],
    },
  };
  expect(readVector({ status: 200, body })).toEqual({
    ok: true,
    value: [{ labels: { a: 'b' }, value: 2.5 }],
  });
  const long = { status: 'error', error: 'x'.repeat(10_000) };
  const answer = readVector({ status: 422, body: long });
  expect(answer.ok ? '' : answer.problem.why).toHaveLength(209);
});

it('believes one source, and knows errors only where each series says its code', () => {
  const of = (value: number, labels: Record<string, string>) => ({
    labels: { callboard_namespace: 'a', ...labels },
    value,
  });
  const app = {
    source: 'app' as const,
    requests: [of(1, { code: '200' }), of(2, {}), of(4, { status: '5xx' })],
    latency: [of(0.2, {}), of(9, { callboard_namespace: 'unknown' })],
  };
  expect(mergeTraffic([app])).toEqual(
    new Map([['a', { source: 'app', requestsPerSecond: 7, p95Seconds: 0.2 }]]),
  );
  const istio = {
    source: 'istio' as const,
    requests: [of(1, { response_code: '503' }), of(3, { response_code: '0' })],
    latency: [],
  };
  expect(mergeTraffic([istio, app])).toEqual(
    new Map([
      ['a', { source: 'istio', requestsPerSecond: 4, errorsPerSecond: 1 }],
    ]),
  );
});

const numbers = { source: 'app', requestsPerSecond: 3 } as const;
const problem = (code: string) => ({ code, why: 'why', next: 'Next' });

it.each<[string, TrafficFacts | undefined, string]>([
  ['not asked yet', undefined, 'awaited'],
  ['asked', { askedAt: ago(60_000), numbers }, 'live 3'],
  ['not asked for long', { askedAt: ago(200_000), numbers }, 'stale 3'],
  ['nothing counted', { askedAt: NOW }, 'no-data'],
  [
    'credentials refused',
    { askedAt: NOW, problem: problem('prometheus-refused') as never },
    'refused',
  ],
  [
    'away',
    { askedAt: NOW, problem: problem('prometheus-unreachable') as never },
    'failed',
  ],
])('is judged: %s', (_, facts, expected) => {
  const { state, requestsPerSecond, what, next } = judgeTraffic(facts, {
    now: NOW,
    isRunning: true,
    sources: ['app'],
  });
  expect([state, requestsPerSecond].filter(Boolean).join(' ')).toBe(expected);
  expect(what !== undefined && next !== undefined).toBe(state !== 'live');
});

const on = (cluster: string, traffic: ClusterTraffic) =>
  ({ cluster, traffic } as never);

it.each<[ClusterTraffic[], string | undefined]>([
  [[], undefined],
  [[{ state: 'not-configured' }], undefined],
  [[{ state: 'no-data' }], 'requests are not known on c0'],
  [
    [{ state: 'live', requestsPerSecond: 0, errorsPerSecond: 0 }],
    '0 requests a second, no errors',
  ],
  [
    [{ state: 'live', requestsPerSecond: 0.0312, p95Seconds: 0.0004 }],
    '0.0312 requests a second, errors are not counted, 95 % within 1 ms',
  ],
  [
    [
      { state: 'live', requestsPerSecond: 999, errorsPerSecond: 2 },
      { state: 'live', requestsPerSecond: 1001, errorsPerSecond: 1 },
      { state: 'stale', requestsPerSecond: 5 },
    ],
    '2,000 requests a second, 0.15 % errors (not known on c2)',
  ],
])('is said of %j', (traffic, sentence) => {
  const clusters = traffic.map((each, index) => on(`c${index}`, each));
  expect(describeTraffic({ clusters })).toBe(sentence);
});

it.each([
  [0.00012, '0.0001'],
  [1.2345, '1.23'],
  [1234.5, '1,235'],
])('writes %d as %s', (rate, text) => {
  expect(describeRate(rate)).toBe(text);
});
