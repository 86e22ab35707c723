import {
  type SourceVectors,
  type TrafficNumbers,
  latencyQuery,
  mergeTraffic,
  readVector,
  requestsQuery,
  trafficSources,
} from '@callboard/plugin-callboard-core';
import {
  type PrometheusUnderTest,
  type Recording,
  hasPrometheus,
  keepRecording,
  openReal,
  openRecorded,
} from './__testUtils__/prometheusServers';

jest.setTimeout(120_000);

const NAMESPACES = [
  'codeless--dev',
  'gateway--dev',
  'honoured--dev',
  'ingress--dev',
  'mesh--dev',
  'own--dev',
  'still--dev',
  'unknown--dev',
];

/*
 * What is asked of a Prometheus, and how its answers are read: on the answers
 * that a real one gave, and on a real one where Debian's package is installed.
 * `RECORD=1` keeps what that answers.
 */
describe('recorded answers', () => {
  contract(openRecorded);
});
(hasPrometheus() ? describe : describe.skip)('a real Prometheus', () => {
  contract(openReal, { isKept: process.env.RECORD === '1' });
});

function contract(
  open: () => Promise<PrometheusUnderTest>,
  { isKept = false } = {},
): void {
  let server: PrometheusUnderTest | undefined;
  const recording: Recording = {};

  beforeAll(async () => {
    server = await open();
  });
  afterAll(async () => {
    await server?.close();
    if (isKept) await keepRecording(recording);
  });

  async function ask(query: string) {
    const answer = await fetch(
      `${server!.url}/api/v1/query?${new URLSearchParams({ query })}`,
    );
    const said = { status: answer.status, body: await answer.json() };
    recording[query] = said;
    return readVector(said);
  }

  async function vectorOf(query: string) {
    const answer = await ask(query);
    if (!answer.ok) throw new Error(answer.problem.why);
    return answer.value;
  }

  async function trafficOf(
    matchers?: Record<string, string>,
  ): Promise<Map<string, TrafficNumbers>> {
    const answers: SourceVectors[] = [];
    for (const source of trafficSources({}))
      answers.push({
        source,
        requests: await vectorOf(
          requestsQuery(source, NAMESPACES, { matchers }),
        ),
        latency: await vectorOf(latencyQuery(source, NAMESPACES, { matchers })),
      });
    return mergeTraffic(answers);
  }

  it('counts each request once, by who sees it first', async () => {
    const traffic = await trafficOf();
    const own = traffic.get('own--dev')?.requestsPerSecond ?? 0;
    expect(own).toBeGreaterThan(0);
    const shares = [...traffic].map(([namespace, numbers]) => {
      const { source, requestsPerSecond, errorsPerSecond, p95Seconds } =
        numbers;
      const errors =
        errorsPerSecond === undefined
          ? 'unknown'
          : `${Math.round(
              (100 * errorsPerSecond) / (requestsPerSecond || 1),
            )} %`;
      // The window has only begun, so rates are low; they are so all alike.
      const share = (10 * requestsPerSecond) / own;
      const rate = `${Math.round(share) / 10} of own`;
      const isSlow = p95Seconds && p95Seconds > 0.2 && p95Seconds <= 0.25;
      const slowest = isSlow ? 'within 250 ms' : p95Seconds ?? 'not measured';
      return `${namespace} by ${source}: ${rate}, errors ${errors}, ${slowest}`;
    });
    expect(shares.sort()).toEqual([
      'codeless--dev by app: 1 of own, errors unknown, not measured',
      'gateway--dev by envoy-gateway: 1 of own, errors 0 %, within 250 ms',
      'honoured--dev by ingress-nginx: 1 of own, errors 100 %, not measured',
      'ingress--dev by ingress-nginx: 1 of own, errors 0 %, within 250 ms',
      'mesh--dev by istio: 1 of own, errors 25 %, within 250 ms',
      'own--dev by app: 1 of own, errors 0 %, within 250 ms',
      'still--dev by app: 0 of own, errors 0 %, not measured',
    ]);
  });

  it('finds nothing of another cluster', async () => {
    expect(await trafficOf({ cluster: 'eu-"1"\\' })).toEqual(new Map());
  });

  it('says in words what it cannot answer', async () => {
    expect(await ask('sum by (')).toMatchObject({
      ok: false,
      problem: {
        code: 'prometheus-answer-invalid',
        why: expect.stringContaining('it says: '),
      },
    });
    expect(await ask('1')).toMatchObject({
      ok: false,
      problem: { why: 'it answers something else than a vector' },
    });
  });
}
