import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  kubeconfigSource,
  openConnection,
} from '@callboard/plugin-callboard-clusters-node';
import { API_VERSION } from '@callboard/plugin-callboard-common';
import { ImageBuilder } from '@callboard/plugin-callboard-images-node';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { BuildPlace, RunArea } from '@callboard/plugin-callboard-sandbox-node';
import { eventually } from '@callboard/testing';
import { parse, stringify } from 'yaml';
import { TestPortal } from './__testUtils__/TestPortal';
import {
  POSTGRES_VERSION,
  pushPostgresImage,
} from './__testUtils__/pushPostgresImage';
import {
  type StartedCluster,
  findObstacle,
  startCluster,
} from './__testUtils__/startCluster';

const ROOT = join(__dirname, '../../..');
const SHOP = join(ROOT, 'docs/examples/shop');
/** For the lockfile of the client. */
const TEMPLATE = join(ROOT, 'catalog/templates/new-service/skeletons/postgres');
const SERVICES = ['catalog', 'rates', 'suggestions'];
const OF = { app: 'shop', environment: 'dev' };
const NAMESPACE = 'shop--dev';
const OWNER = 'user:default/dev';

/** All three services, each by its variable ROLE. */
const SERVER = `
const { createServer } = require('node:http');
const { Pool } = require('pg');
const { ROLE, PORT, DATABASE_URL, CATALOG_URL } = process.env;
const database = DATABASE_URL && new Pool({ connectionString: DATABASE_URL });
if (database) database.on('error', error => console.error(error.code));

const ANSWERS = {
  model: async () => 'a model',
  rates: async () => 'EUR 1.00',
  suggestions: async () =>
    'Buy ' + await (await fetch(CATALOG_URL)).text(),
  catalog: async ({ method, url }) => {
    await database.query('CREATE TABLE IF NOT EXISTS products (name text PRIMARY KEY)');
    if (method === 'POST')
      await database.query('INSERT INTO products VALUES ($1)', [url.slice(1)]);
    const { rows } = await database.query('SELECT name FROM products ORDER BY name');
    return rows.map(row => row.name).join(', ');
  },
};

createServer((request, response) =>
  ANSWERS[ROLE](request).then(
    text => response.end(text),
    error => response.writeHead(503).end(String(error.code)),
  ),
).listen(Number(PORT));
`;

const obstacle =
  findObstacle('real') ??
  (POSTGRES_VERSION === undefined
    ? 'PostgreSQL 15, 16 or 17 is not installed: apt-get install postgresql'
    : undefined);
const describeHere = obstacle === undefined ? describe : describe.skip;

/**
 * Three services of the online shop of docs/examples, built from pushed code,
 * with the PostgreSQL that the catalog asks for: on a cluster without operators
 * that is the built-in one. Its volume is a folder of the machine, and nodes
 * find Docker Hub's image in the cluster's own registry.
 */
describeHere(
  `an online shop with its database on a real node${
    obstacle === undefined ? '' : ` (skipped: ${obstacle})`
  }`,
  () => {
    let cluster: StartedCluster;
    let folder: string;
    let area: RunArea;
    let portal: TestPortal;
    /** The cluster as its administrator sees it. */
    let admin: ClusterConnection;

    beforeAll(async () => {
      cluster = await startCluster('real');
      folder = mkdtempSync(join(tmpdir(), 'callboard-shop-'));
      chmodSync(folder, 0o755);
      area = await RunArea.open({ dataDir: folder, isRoot: true });
      const source = kubeconfigSource([
        {
          name: 'real-1',
          labels: { env: 'dev', region: 'lab' },
          kubeconfig: { file: cluster.kubeconfig },
          exposure: { type: 'NodePort', host: cluster.node! },
        },
      ]);
      const [registered] = await source.listClusters();
      admin = openConnection(registered);
      await pushPostgresImage({
        registry: cluster.registry!,
        folder: join(folder, 'layers'),
      });
      findImagesOfDockerHubIn(cluster);
      await offerVolume(join(folder, 'volume'));
      portal = await TestPortal.start([source], { builders: [newBuilder()] });
    }, 180_000);

    afterAll(async () => {
      await portal?.stop();
      await admin?.close();
      await cluster?.stop();
      if (folder) rmSync(folder, { recursive: true, force: true });
      if (area) rmSync(area.folder, { recursive: true, force: true });
    }, 60_000);

    it('is Healthy, and its services answer', async () => {
      const lines = await portal.push('shop', shopFiles());
      expect(lines.join('\n')).not.toMatch(/refused|cannot/i);
      await turnsHealthy();
      const database = await postgresPod();
      expect(database.image).toBe(
        `docker.io/library/postgres:${POSTGRES_VERSION}`,
      );
      expect(await answerOf('rates')).toBe('EUR 1.00');
      await answers('catalog', ''); // the node may not lead to the database yet
      expect(await answerOf('catalog', '/teapot')).toBe('teapot');
      expect(await answerOf('suggestions')).toBe('Buy teapot');
    }, 240_000);

    it('keeps its rows when the password of its database is rotated', async () => {
      const before = await passwords();
      const { uid } = await postgresPod();
      const resources = await portal.controlPlane.listResources(
        OF.app,
        OF.environment,
      );
      const products = resources.ok
        ? resources.value.find(({ type }) => type === 'postgres')
        : undefined;
      expect(products).toMatchObject({
        name: 'products',
        workloads: ['catalog'],
        secrets: { version: 1 },
      });
      expect(
        await portal.controlPlane.rotateSecrets({
          ...OF,
          resource: products!.resource,
          actor: OWNER,
        }),
      ).toMatchObject({ ok: true, value: { version: 2 } });
      await eventually(
        'the database runs with another password',
        async () => {
          expect(await passwords()).not.toEqual(before);
          expect((await postgresPod()).uid).not.toBe(uid);
        },
        90_000,
      );
      await turnsHealthy();
      await answers('catalog', 'teapot');
      expect(await answerOf('catalog', '/kettle')).toBe('kettle, teapot');
      await saysNo([...before, ...(await passwords())]);
    }, 240_000);

    it('keeps its rows when the instance of its database is started again', async () => {
      const { uid, name } = await postgresPod();
      const removed = await admin.remove({
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: NAMESPACE,
        name,
      });
      expect(removed).toMatchObject({ ok: true });
      await eventually(
        'another instance of the database runs',
        async () => expect((await postgresPod()).uid).not.toBe(uid),
        90_000,
      );
      await answers('suggestions', 'Buy kettle, teapot');
      await turnsHealthy();
    }, 180_000);

    function newBuilder(): ImageBuilder {
      return new ImageBuilder({
        registry: `${cluster.registry}/apps`,
        insecure: true,
        node: process.execPath,
        architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
        place: new BuildPlace({
          area,
          newId: randomUUID,
          portalEnv: process.env,
        }),
        folder: join(folder, 'builds'),
        newId: randomUUID,
        clock: { now: () => new Date() },
        pause: ms => wait(ms),
        random: Math.random,
      });
    }

    /** As a platform does on a cluster without a provisioner of volumes. */
    async function offerVolume(path: string): Promise<void> {
      mkdirSync(path);
      chmodSync(path, 0o777);
      const applied = await admin.apply({
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'shop' },
        spec: {
          capacity: { storage: '1Gi' },
          accessModes: ['ReadWriteOnce'],
          hostPath: { path, type: 'Directory' },
        },
      });
      expect(applied).toMatchObject({ ok: true });
    }

    async function turnsHealthy(): Promise<void> {
      await eventually(
        'it is Healthy',
        async () => {
          const { health } = await portal.environment('shop', 'dev');
          expect(health).toMatchObject({ status: 'Healthy' });
        },
        120_000,
      );
    }

    /** Through its Service, from outside of the cluster; with a path it posts. */
    async function answerOf(service: string, path?: string): Promise<string> {
      const found = await admin.read({
        apiVersion: 'v1',
        kind: 'Service',
        namespace: NAMESPACE,
        name: service,
      });
      const { spec } = (found.ok ? found.value : undefined) as unknown as {
        spec: { ports: Array<{ nodePort: number }> };
      };
      const response = await fetch(
        `http://${cluster.node}:${spec.ports[0].nodePort}${path ?? '/'}`,
        {
          method: path === undefined ? 'GET' : 'POST',
          signal: AbortSignal.timeout(5_000),
        },
      );
      return response.text();
    }

    function answers(service: string, expected: string): Promise<void> {
      return eventually(
        `${service} answers "${expected}"`,
        async () => expect(await answerOf(service)).toBe(expected),
        60_000,
      );
    }

    /** The only one that is ready. */
    async function postgresPod() {
      const listed = await admin.list(
        { apiVersion: 'v1', kind: 'Pod' },
        { namespace: NAMESPACE, labelSelector: 'callboard.dev/resource' },
      );
      const pods = (listed.ok ? listed.value.items : []) as unknown as Array<{
        metadata: { name: string; uid: string; deletionTimestamp?: string };
        spec: { containers: Array<{ image: string }> };
        status: { conditions?: Array<{ type: string; status: string }> };
      }>;
      const ready = pods.filter(
        ({ metadata, status }) =>
          metadata.deletionTimestamp === undefined &&
          status.conditions?.some(
            each => each.type === 'Ready' && each.status === 'True',
          ),
      );
      expect(ready).toHaveLength(1);
      const [{ metadata, spec }] = ready;
      return {
        name: metadata.name,
        uid: metadata.uid,
        image: spec.containers[0].image,
      };
    }

    /** As the cluster alone knows them. */
    async function passwords(): Promise<string[]> {
      const secret = await admin.read({
        apiVersion: 'v1',
        kind: 'Secret',
        namespace: NAMESPACE,
        name: 'callboard-secrets',
      });
      const { data } = (secret.ok ? secret.value : undefined) as unknown as {
        data: Record<string, string>;
      };
      const values = Object.values(data).map(value =>
        Buffer.from(value, 'base64').toString(),
      );
      expect(values).toHaveLength(1);
      return values;
    }

    /** What people see holds none of them. */
    async function saysNo(secrets: readonly string[]): Promise<void> {
      const said = JSON.stringify([
        await portal.app('shop'),
        await portal.controlPlane.listReleases('shop'),
        await portal.controlPlane.listJournal({ app: 'shop' }),
        await portal.controlPlane.readKubernetesView({
          ...OF,
          cluster: 'real-1',
        }),
      ]);
      for (const secret of secrets) {
        expect(said).not.toContain(secret);
        expect(said).not.toContain(Buffer.from(secret).toString('base64'));
      }
    }
  },
);

/** The example's own files, built from code here and with the PostgreSQL that this machine has. */
function shopFiles(): Record<string, string> {
  const files: Record<string, string> = {
    'server.js': SERVER,
    'package.json': JSON.stringify({
      name: 'shop',
      version: '1.0.0',
      scripts: { start: 'node server.js' },
      dependencies: { pg: '^8.16.3' },
    }),
    'package-lock.json': readFileSync(
      join(TEMPLATE, 'package-lock.json'),
      'utf8',
    ).replaceAll('${{ values.name }}', 'shop'),
    'app.yaml': stringify({
      apiVersion: API_VERSION,
      kind: 'App',
      metadata: { name: 'shop' },
      spec: { workloads: SERVICES.map(name => `${name}.score.yaml`) },
    }),
  };
  for (const name of SERVICES) {
    const file = `${name}.score.yaml`;
    const score = parse(readFileSync(join(SHOP, file), 'utf8'));
    const { port } = score.service.ports.api;
    for (const [container, settings] of Object.entries<{
      image: string;
      variables?: Record<string, string>;
    }>(score.containers)) {
      const isMain = container === 'main';
      settings.image = '.';
      settings.variables = {
        ...settings.variables,
        ROLE: isMain ? name : container,
        PORT: isMain ? String(port) : '9000',
      };
    }
    if (score.resources?.products)
      score.resources.products.params.version = POSTGRES_VERSION;
    files[file] = stringify(score);
  }
  return files;
}

/** `config_path` of containerd: where a registry's images are found instead. */
function findImagesOfDockerHubIn({ dir, registry }: StartedCluster): void {
  const folder = join(dir, 'registries/docker.io');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'hosts.toml'),
    `[host."http://${registry}"]\n  capabilities = ["pull", "resolve"]\n`,
  );
}
