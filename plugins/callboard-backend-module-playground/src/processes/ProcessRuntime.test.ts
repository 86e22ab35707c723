import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerStart } from '@callboard/sim';
import { BundleStore, formatBundleImage } from '../bundles';
import { eventually } from '../testing/eventually';
import { ProcessRuntime } from './ProcessRuntime';
import { RunArea } from '@callboard/plugin-callboard-control-plane';

const SERVER = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
createServer((request, response) => {
  if (request.url === '/end') process.exit(3);
  if (request.url === '/user') response.end(String(process.getuid()));
  else if (request.url === '/env') response.end(JSON.stringify(process.env));
  else if (request.url === '/file') response.end(readFileSync('conf/greeting.txt'));
  else response.end('hello');
}).listen(8080, '0.0.0.0', () => console.log('listening'));
`;

describe('ProcessRuntime', () => {
  let folder: string;
  let store: BundleStore;
  let area: RunArea;
  let runtime: ProcessRuntime;
  let ids = 0;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'playground-'));
    store = new BundleStore({
      folder: join(folder, 'bundles'),
      newId: () => `b${(ids += 1)}`,
    });
    area = await RunArea.open({
      dataDir: folder,
      isRoot: process.getuid?.() === 0,
    });
    runtime = new ProcessRuntime({
      store,
      area,
      newId: () => `p${(ids += 1)}`,
    });
  });

  afterEach(async () => {
    await runtime.stopAll(200);
    await rm(area.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  async function bundle(files: Record<string, string>): Promise<string> {
    const image = { app: 'shop', digest: String((ids += 1)).padStart(64, '0') };
    const source = join(folder, `source-${ids}`);
    await mkdir(source);
    for (const [path, text] of Object.entries(files))
      await writeFile(join(source, path), text);
    await store.add(image, source);
    return formatBundleImage(image);
  }

  function container(image: string, more: Partial<ContainerStart> = {}) {
    const seen = {
      lines: [] as string[],
      exits: [] as unknown[],
      failures: [] as unknown[],
    };
    const start: ContainerStart = {
      cluster: 'eu-1',
      namespace: 'shop--dev',
      pod: 'shop-1',
      podUid: 'u1',
      labels: { 'callboard.dev/workload': 'shop' },
      container: 'web',
      image,
      env: {},
      files: {},
      ports: [8080],
      onLog: line => seen.lines.push(line),
      onExit: exit => seen.exits.push(exit),
      onStartFailed: problem => seen.failures.push(problem),
      ...more,
    };
    return { running: runtime.start(start), seen };
  }

  const get = (running: ReturnType<typeof container>['running'], path = '/') =>
    eventually(async () => {
      const address = running.addressOf(8080);
      expect(address).toBeDefined();
      const response = await fetch(
        `http://${address!.host}:${address!.port}${path}`,
      );
      return response.text();
    });

  it('runs pushed code on the port it was told, wherever the code listens', async () => {
    const { running, seen } = container(await bundle({ 'server.js': SERVER }));
    expect(await get(running)).toBe('hello');
    expect(seen.lines).toEqual(['listening']);
  });

  it('lets two clusters run the same code side by side', async () => {
    const image = await bundle({ 'server.js': SERVER });
    const [one, other] = [
      container(image),
      container(image, { cluster: 'us-1' }),
    ];
    expect([await get(one.running), await get(other.running)]).toEqual([
      'hello',
      'hello',
    ]);
    expect(one.running.addressOf(8080)).not.toEqual(
      other.running.addressOf(8080),
    );
  });

  it('shares one process among the instances of a workload on a cluster', async () => {
    const image = await bundle({ 'server.js': SERVER });
    const [one, other] = [
      container(image),
      container(image, { pod: 'shop-2' }),
    ];
    await get(one.running);
    expect(other.running.addressOf(8080)).toEqual(one.running.addressOf(8080));
    await one.running.stop(200);
    expect(await get(other.running)).toBe('hello');
  });

  it('shows the code neither the portal’s environment nor its user', async () => {
    process.env.PORTAL_SECRET = 'hush';
    const { running } = container(await bundle({ 'server.js': SERVER }), {
      env: { GREETING: 'hi' },
    });
    const env = JSON.parse(await get(running, '/env'));
    expect(env).toMatchObject({ GREETING: 'hi' });
    expect(env).not.toHaveProperty('PORTAL_SECRET');
    const isRoot = process.getuid?.() === 0;
    const user = Number(await get(running, '/user'));
    // An unprivileged portal cannot become somebody else: its code runs as it does.
    expect(isRoot ? user > 1000 : user === process.getuid?.()).toBe(true);
  });

  it('places files below the workspace', async () => {
    const { running } = container(await bundle({ 'server.js': SERVER }), {
      files: {
        '/workspace/conf/greeting.txt': {
          content: Buffer.from('good day'),
          mode: 0o644,
        },
      },
    });
    expect(await get(running, '/file')).toBe('good day');
  });

  it('says why it cannot place a file elsewhere', async () => {
    const { seen } = container(await bundle({ 'server.js': SERVER }), {
      files: { '/etc/shop.conf': { content: Buffer.from(''), mode: 0o644 } },
    });
    await eventually(() =>
      expect(seen.failures).toEqual([
        {
          reason: 'CreateContainerError',
          message: expect.stringContaining(
            'below /workspace only, not at /etc/shop.conf',
          ),
        },
      ]),
    );
  });

  it('reports the exit code after the last line of output', async () => {
    const { seen } = container(
      await bundle({
        'server.js': 'console.error("no database"); process.exit(3);',
      }),
    );
    await eventually(() => expect(seen.exits).toEqual([{ code: 3 }]));
    expect(seen.lines).toEqual(['no database']);
  });

  it('serves a static site', async () => {
    const { running } = container(
      await bundle({ 'index.html': '<h1>hi</h1>' }),
    );
    expect(await get(running)).toBe('<h1>hi</h1>');
    expect(await get(running, '/../../etc/passwd')).toBe('Not found\n');
  });

  it('says that a bundle is not on this machine', async () => {
    const { seen } = container(
      formatBundleImage({ app: 'shop', digest: 'f'.repeat(64) }),
    );
    await eventually(() =>
      expect(seen.failures).toEqual([
        {
          reason: 'ErrImagePull',
          message: expect.stringContaining('push it again'),
        },
      ]),
    );
  });

  it('ends with all its children and leaves no folder behind', async () => {
    const forking =
      'require("node:child_process").spawn("sleep", ["321.5"]); setInterval(() => {}, 1000); console.log("up");';
    const { running, seen } = container(await bundle({ 'server.js': forking }));
    await eventually(() => expect(seen.lines).toEqual(['up']));
    await running.stop(200);
    await eventually(async () =>
      expect(await commandLines()).not.toContain(
        ['sleep', '321.5', ''].join('\0'),
      ),
    );
    expect(
      (await readdir(area.folder)).filter(name => name.startsWith('run-')),
    ).toEqual([]);
  });

  async function commandLines(): Promise<string[]> {
    const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
    return Promise.all(
      pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    );
  }
});
