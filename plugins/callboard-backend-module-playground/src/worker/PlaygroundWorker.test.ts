import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { ClusterFile } from '@callboard/plugin-callboard-common';
import { DEFAULT_BUILD_LIMITS } from '@callboard/plugin-callboard-sandbox-node';
import { eventually } from '@callboard/testing';
import type { WorkerSettings } from './messages';
import { PlaygroundWorker } from './PlaygroundWorker';

jest.setTimeout(120_000);

const NODE_PORTS = 31_500;
const TOKEN = 'secret-of-this-test';

describe('PlaygroundWorker', () => {
  let folder: string;
  let worker: PlaygroundWorker;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-worker-'));
    worker = await start();
  });

  afterAll(async () => {
    await worker.close();
    await rm(folder, { recursive: true, force: true });
  });

  function start(
    settings: Partial<WorkerSettings> = {},
  ): Promise<PlaygroundWorker> {
    return PlaygroundWorker.start(
      {
        dataDir: join(folder, 'playground'),
        clusters: ['dev-1', 'dev-2'].map(name => ({
          file: clusterFile(name),
          token: TOKEN,
          isOn: true,
        })),
        port: 0,
        nodePortBase: NODE_PORTS,
        builds: { limits: DEFAULT_BUILD_LIMITS, registries: [], hosts: [] },
        ...settings,
      },
      mockServices.logger.mock(),
    );
  }

  /** Status of an answer of a cluster's API server; undefined where none comes. */
  async function ask(cluster: string): Promise<number | undefined> {
    try {
      const { status } = await fetch(`${worker.urlOf(cluster)}/api/v1/nodes`, {
        headers: { authorization: `Bearer ${TOKEN}`, connection: 'close' },
      });
      return status;
    } catch {
      return undefined;
    }
  }

  async function build(name: string, files: Record<string, string>) {
    const revision = join(folder, name);
    await mkdir(revision);
    for (const [path, text] of Object.entries(files))
      await writeFile(join(revision, path), text);
    return worker.build({
      app: 'shop',
      revision: 'a'.repeat(40),
      folder: revision,
      workloads: [
        {
          apiVersion: 'score.dev/v1b1',
          metadata: { name: 'shop' },
          containers: { web: { image: '.' } },
        },
      ],
      signal: new AbortController().signal,
      onOutput: () => {},
    });
  }

  it('has clusters in a process of its own', async () => {
    expect(worker.pid).not.toBe(process.pid);
    expect(await ask('dev-1')).toBe(200);
    expect(await ask('dev-2')).toBe(200);
  });

  it('builds what is pushed, or says why it cannot', async () => {
    const built = await build('site', { 'index.html': '<h1>Shop</h1>' });
    expect(built.ok && built.value.images.shop.web).toMatch(/^bundle/);
    const refused = await build('nothing', { 'notes.txt': 'nothing to start' });
    expect(!refused.ok && refused.problem.code).toBe('no-start-command');
  });

  it('measures and removes bundles', async () => {
    const built = await build('old', { 'index.html': 'x'.repeat(100_000) });
    if (!built.ok) throw new Error(built.problem.why);
    const { web: image } = built.value.images.shop;
    const { signal } = new AbortController();
    const { storage } = worker;
    expect(storage.holds(image)).toBe(true);
    const measured = await storage.measure([image], [], signal);
    expect(measured.ok && measured.value.get(image)).toBeGreaterThan(100_000);
    expect((await storage.remove(image, signal)).ok).toBe(true);
    const gone = await storage.measure([image], [], signal);
    expect(gone.ok && gone.value.size).toBe(0);
  });

  it('says what went wrong with a build that nobody expected to fail', async () => {
    await expect(
      worker.build({
        app: 'shop',
        revision: 'a'.repeat(40),
        folder: join(folder, 'is-not-there'),
        workloads: [],
        signal: new AbortController().signal,
        onOutput: () => {},
      }),
    ).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('goes on at the same address when its process was killed, as it was', async () => {
    await worker.switchPower('dev-2', false);
    expect(await ask('dev-2')).toBeUndefined();
    const { pid } = worker;
    process.kill(pid!, 'SIGKILL');
    await eventually(
      'another process answers at the same address',
      async () => {
        expect(worker.pid).not.toBe(pid);
        expect(await ask('dev-1')).toBe(200);
      },
      60_000,
    );
    expect(await ask('dev-2')).toBeUndefined();
    await worker.switchPower('dev-2', true);
    expect(await ask('dev-2')).toBe(200);
  });

  it('says why it cannot be opened', async () => {
    await expect(
      start({ dataDir: join(folder, 'other'), nodePortBase: 40_000 }),
    ).rejects.toThrow('All node ports from 40000 to 32767 are taken');
  });

  it('opens without clusters, whatever ports are taken', async () => {
    const empty = await start({
      dataDir: join(folder, 'empty'),
      clusters: [],
      nodePortBase: 40_000,
    });
    expect(empty.clusters).toEqual([]);
    await empty.close();
  });

  it('is gone when it was closed', async () => {
    const { pid } = worker;
    await worker.close();
    expect(() => process.kill(pid!, 0)).toThrow('ESRCH');
  });
});

function clusterFile(name: string): ClusterFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Cluster',
    metadata: { name, labels: { size: 'edge' } },
    spec: {},
  };
}
