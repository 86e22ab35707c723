import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const SHOP = resolve(__dirname, '../../../../docs/examples/shop');
const REGIONS = ['ap-1', 'eu-1', 'us-1'];

/** One workload for each form of document that the specification shows: the least, all fields, fields of others, older forms. */
const SPECIFIED = {
  'least.score.yaml': `
apiVersion: score.dev/v1b1
metadata: { name: least }
containers:
  main: { image: 'registry.example.com/worker:1' }
`,
  'full.score.yaml': `
apiVersion: score.dev/v1b1
metadata:
  name: full-workload-2
  team: books
  annotations: { example.com/Cost_Centre.1: books }
containers:
  main:
    image: registry.example.com:5000/books/web:1
    command: [/bin/sh, -c]
    args: [serve, --all]
    resources:
      requests: { cpu: 250m, memory: 64Mi }
      limits: { cpu: '0.5', memory: 128M }
    variables:
      GREETING: 'costs $\${PRICE}'
      STAGE: \${resources.where.name}
      OWNER: \${metadata.team}
    files:
      /etc/books/banner: { mode: '0440', source: banner.txt }
      /etc/books/settings: { content: 'stage=\${resources.where.name}' }
      /etc/books/raw: { content: '\${as.it.stands}', noExpand: true }
      /etc/books/stamp: { binaryContent: aGVsbG8= }
    volumes:
      /var/books: { source: '\${resources.shelf-one}', path: new, readOnly: false }
    livenessProbe: { httpGet: { port: 8080, path: /live } }
    readinessProbe:
      httpGet:
        port: 8080
        path: /ready
        scheme: HTTP
        httpHeaders: [{ name: X-Asked-By, value: cluster }]
  helper:
    image: registry.example.com/books/helper:1
    before: { main: { ready: started } }
service:
  ports:
    web: { port: 80, protocol: TCP, targetPort: 8080 }
    admin-2: { port: 9000 }
resources:
  where:
    type: environment
    metadata: { annotations: { example.com/note: asked once }, more: kept }
  shelf-one:
    type: volume
    class: default
    id: shelf
    params: { ephemeral: true }
`,
  'extended.score.yaml': `
apiVersion: score.dev/v1b1
metadata:
  name: extended
  x-books: { source: https://example.com/books.tar, asks: '\${resources.nobody}' }
containers:
  main: { image: 'registry.example.com/worker:1' }
`,
  'older.score.yaml': `
apiVersion: score.dev/v1b1
metadata: { name: older }
containers:
  main:
    image: registry.example.com/worker:1
    files:
      - { target: /etc/books/list, content: as it was written before }
    volumes:
      - { target: /var/list, source: '\${resources.scratch}' }
resources:
  scratch: { type: volume, params: { ephemeral: true } }
`,
  'banner.txt': 'Welcome',
  'app.yaml': `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: books }
spec:
  workloads: [least.score.yaml, full.score.yaml, extended.score.yaml, older.score.yaml]
`,
};

describe('whole apps on simulated clusters', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('an online shop of eleven services is Healthy in development and in three regions', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', ...REGIONS] });
    fleet.rollsOut('prod', undefined);
    const names = readdirSync(SHOP);
    const files = Object.fromEntries(
      names.map(name => [name, readFileSync(resolve(SHOP, name), 'utf8')]),
    );
    expect(names.filter(name => name.endsWith('score.yaml'))).toHaveLength(11);
    await fleet.send('shop', { does: 'serve' }, files);
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.promote('shop', 'prod', 1);
    const { clusters } = await fleet.turns('shop', 'prod', 'Healthy');
    expect(clusters.map(({ cluster }) => cluster)).toEqual(REGIONS);
    for (const { instances, runs, urls } of clusters) {
      expect(instances.ready).toBe(instances.wanted);
      expect(runs).toMatchObject([{ workload: 'invoices', last: null }]);
      expect(urls.length).toBeGreaterThan(0);
    }
    for (const cluster of REGIONS) {
      expect(fleet.objects(cluster, 'DaemonSet')).toEqual([
        'shop--prod/visits',
      ]);
      expect(fleet.objects(cluster, 'Service')).not.toContain(
        'shop--prod/mail', // a worker, which serves nobody
      );
    }
  });

  it('every form of document that the specification shows is Healthy', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.send('books', { does: 'serve' }, SPECIFIED);
    const { clusters } = await fleet.turns('books', 'dev', 'Healthy');
    expect(clusters[0].instances).toEqual({ ready: 4, wanted: 4 });
  });
});
