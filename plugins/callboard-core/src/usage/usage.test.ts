import { adviseMemory, type MemoryFacts } from './adviseMemory';
import { readPodMetrics } from './readPodMetrics';
import {
  addToChunk,
  chunkOf,
  readChunk,
  thinPoints,
  USAGE_STEP_MS,
} from './usageSeries';

const MIB = 1024 ** 2;
const WEEK_POINTS = (7 * 24 * 3_600_000) / USAGE_STEP_MS;

describe('readPodMetrics', () => {
  const metrics = (more: object) => ({
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata: { name: 'web-1', namespace: 'shop--dev' },
    timestamp: '2026-11-22T10:00:00Z',
    window: '15.02s',
    containers: [
      { name: 'main', usage: { cpu: '4133432n', memory: '20300Ki' } },
    ],
    ...more,
  });

  it('reads what metrics-server measured', () => {
    expect(readPodMetrics(metrics({}))).toEqual({
      namespace: 'shop--dev',
      pod: 'web-1',
      at: new Date('2026-11-22T10:00:00Z'),
      containers: [
        { container: 'main', cpuMillicores: 5, memoryBytes: 20300 * 1024 },
      ],
    });
  });

  it.each([
    [{ timestamp: 'yesterday' }],
    [{ containers: 'none' }],
    [{ containers: [{ name: 'main', usage: { cpu: '1' } }] }],
    [{ containers: [{ name: 'main', usage: { cpu: '-1', memory: '1' } }] }],
    [{ containers: [{ name: 'main', usage: { cpu: '1', memory: '9E' } }] }],
  ])('takes %j for no measurement', more => {
    expect(readPodMetrics(metrics(more))).toBeUndefined();
  });
});

describe('a series of usage', () => {
  const from = chunkOf(Date.UTC(2026, 10, 22, 10));
  const at = (minutes: number) => from + minutes * 60_000;
  const take = (cpuMillicores: number, mib: number) => ({
    cpuMillicores,
    memoryBytes: mib * MIB,
  });

  it('keeps the most of five minutes, and gaps', () => {
    let chunk = '';
    chunk = addToChunk(chunk, take(40, 60), at(0));
    chunk = addToChunk(chunk, take(12, 61), at(4));
    chunk = addToChunk(chunk, take(7, 50), at(17));
    expect(addToChunk(chunk, take(6, 49), at(19))).toBe(chunk);
    expect(readChunk(from, chunk)).toEqual([
      { atMs: at(0), ...take(40, 61) },
      { atMs: at(15), ...take(7, 50) },
    ]);
  });

  it('keeps a week in less than 30 kB', () => {
    let bytes = 0;
    for (let chunkMs = 0; chunkMs < WEEK_POINTS / 72; chunkMs += 1) {
      let chunk = '';
      for (let point = 0; point < 72; point += 1)
        chunk = addToChunk(chunk, take(1234, 512), at(point * 5));
      bytes += chunk.length;
    }
    expect(bytes).toBeLessThan(30_000);
  });

  it('loses no peak when it is thinned', () => {
    const points = Array.from({ length: WEEK_POINTS }, (_, index) => ({
      atMs: index * USAGE_STEP_MS,
      ...take(index === 700 ? 900 : 1, index === 1201 ? 200 : 60),
    }));
    const thinned = thinPoints(points, 168);
    expect(thinned.stepMs).toBe(3_600_000);
    expect(thinned.points).toHaveLength(168);
    expect(Math.max(...thinned.points.map(each => each.cpuMillicores))).toBe(
      900,
    );
    expect(Math.max(...thinned.points.map(each => each.memoryBytes))).toBe(
      200 * MIB,
    );
    expect(thinPoints(points.slice(0, 100), 168)).toEqual({
      stepMs: USAGE_STEP_MS,
      points: points.slice(0, 100),
    });
    expect(thinPoints([], 168).points).toEqual([]);
  });
});

describe('advice on memory', () => {
  const facts = (more: Partial<MemoryFacts> = {}): MemoryFacts => ({
    environment: 'prod',
    workload: 'web',
    container: 'main',
    requestBytes: 512 * MIB,
    limitBytes: 1024 * MIB,
    peakBytes: 61 * MIB,
    points: WEEK_POINTS,
    ...more,
  });

  it('says what to ask for instead, with the lines of app.yaml', () => {
    expect(adviseMemory(facts())).toEqual({
      kind: 'lower-request',
      workload: 'web',
      container: 'main',
      sentence: 'web asks for 512 MiB, used 61 MiB at most in 7 days',
      next: '80 MiB leaves a quarter above the most that it used, and gives 432 MiB back for each instance.',
      lines: `spec:
  environments:
    - name: prod
      overrides:
        - clusters: {}
          resources:
            web:
              main:
                requests: { memory: 80Mi }
`,
    });
  });

  it('says what it may have instead where it comes near its limit', () => {
    expect(
      adviseMemory(
        facts({
          container: 'proxy',
          limitBytes: 64 * MIB,
          points: WEEK_POINTS / 2,
        }),
      ),
    ).toMatchObject({
      kind: 'raise-limit',
      sentence:
        'proxy of web used 61 MiB at most in 3 days, of the 64 MiB that it may have',
      lines: expect.stringContaining('limits: { memory: 80Mi }'),
    });
  });

  it.each<[string, Partial<MemoryFacts>]>([
    ['less than three days were measured', { points: 863 }],
    ['it asks for nothing', { requestBytes: undefined }],
    ['it uses most of what it asks for', { peakBytes: 300 * MIB }],
    [
      'there is little to give back',
      { requestBytes: 64 * MIB, peakBytes: 10 * MIB },
    ],
  ])('says nothing where %s', (_, more) => {
    expect(adviseMemory(facts(more))).toBeUndefined();
  });
});
