import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@callboard/sim';
import { parse, parseAllDocuments } from 'yaml';
import { curatedTexts } from './__testUtils__/curatedTexts';
import { mutate } from './__testUtils__/mutate';
import { READERS, type Reader, isExplained } from './__testUtils__/readers';

/** A million: `CALLBOARD_FUZZ=1000000`. */
const INPUTS = Number(process.env.CALLBOARD_FUZZ ?? 400);
const SEED = Number(process.env.CALLBOARD_SEED ?? 7);
/** Of computing; far beyond what any takes: what takes more does not end. */
const STUCK_MS = 5_000;

const ROOT = join(__dirname, '../../..');

const SCORE = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'shop', annotations: { 'callboard.dev/replicas': '2' } },
  containers: {
    web: {
      image: '.',
      command: ['node'],
      args: ['server.js'],
      variables: { DB: '${resources.db.host}', NAME: '${metadata.name}' },
      files: { '/etc/app.conf': { content: 'a=b', mode: '0644' } },
      volumes: { '/data': { source: '${resources.data}' } },
      resources: {
        requests: { cpu: '10m', memory: '32Mi' },
        limits: { cpu: '1', memory: '128Mi' },
      },
      livenessProbe: { httpGet: { path: '/live', port: 8080 } },
      readinessProbe: {
        httpGet: {
          path: '/ready',
          port: 8080,
          httpHeaders: [{ name: 'A', value: 'b' }],
        },
      },
    },
  },
  service: { ports: { web: { port: 80, targetPort: 8080, protocol: 'TCP' } } },
  resources: {
    db: { type: 'postgres', class: 'small', params: { size: 1 } },
    data: { type: 'volume' },
  },
};

const APP = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'App',
  metadata: { name: 'shop', title: 'Shop' },
  spec: { owner: 'group:default/shop' },
};

/** What a reader makes of a text that is none of: read, refused with the cause. */
function faultOf({ name, read }: Reader, text: string): string | undefined {
  const before = process.cpuUsage();
  try {
    read(text);
  } catch (error) {
    if (!isExplained(error)) return `${name}: ${(error as Error).stack}`;
  }
  const { user, system } = process.cpuUsage(before);
  const tookMs = (user + system) / 1_000;
  return tookMs > STUCK_MS ? `${name}: took ${tookMs} ms` : undefined;
}

/** What a text left behind in every object. */
const leftBehind = () => [
  ...Object.keys(Object.prototype),
  ...('polluted' in {} ? ['polluted'] : []),
];

describe('texts of others', () => {
  const curated = curatedTexts();

  it('are more than five hundred that are known to break parsers', () => {
    expect(new Set(curated.map(([, text]) => text)).size).toBeGreaterThan(500);
  });

  it.each(READERS)('are read, or refused with the cause: $name', reader => {
    const faults = curated.flatMap(([name, text]) => {
      const fault = faultOf(reader, text);
      return fault === undefined ? [] : [`${name}\n${fault}`];
    });
    expect([...faults, ...leftBehind()]).toEqual([]);
  });

  it(`are so too where ${INPUTS} documents are wrong in a few places (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    const seeds = documents();
    expect(seeds.length).toBeGreaterThan(100);
    const faults: string[] = [];
    for (let count = 0; count < INPUTS && faults.length < 5; count += 1) {
      const seed = seeds[Math.floor(random.next() * seeds.length)];
      const text = mutate(seed, random);
      for (const reader of READERS) {
        const fault = faultOf(reader, text);
        if (fault !== undefined)
          faults.push(`${text.slice(0, 3_000)}\n${fault}`);
      }
    }
    expect([...faults, ...leftBehind()]).toEqual([]);
  }, 3_600_000);
});

it('finds a reader that believes what it reads', () => {
  const random = seededRandom(SEED);
  const believes: Reader = {
    name: 'planted',
    read: text => void parse(text)?.metadata?.labels?.app?.trim(),
  };
  const seed = { metadata: { labels: { app: 'shop' } } };
  const faults = Array.from({ length: 200 }, () =>
    faultOf(believes, mutate(seed, random)),
  );
  expect(faults.some(fault => fault?.includes('TypeError'))).toBe(true);
});

/** Documents as people and clusters write them: what is shipped, the examples, what was recorded. */
function documents(): unknown[] {
  const folders = [
    'catalog/blueprints',
    'catalog/clusters',
    'catalog/environments',
    'docs/examples',
    'plugins/callboard-core/src/health/__fixtures__/situations',
  ];
  return [
    SCORE,
    APP,
    ...folders
      .flatMap(folder => filesBelow(join(ROOT, folder)))
      .filter(file => /\.(ya?ml|json)$/.test(file))
      .flatMap(file => {
        const text = readFileSync(file, 'utf8');
        return file.endsWith('.json')
          ? [parse(text)]
          : [parseAllDocuments(text)].flat().map(each => each.toJS());
      })
      .flatMap(value => (Array.isArray(value) ? value : [value]))
      .filter(value => typeof value === 'object' && value !== null),
  ];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
