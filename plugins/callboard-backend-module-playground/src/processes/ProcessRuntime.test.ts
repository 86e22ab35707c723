import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { type ContainerStart, openConnection } from '@callboard/sim';
import { BundleStore, formatBundleImage } from '../bundles';
import { eventually } from '@callboard/testing';
import { ProcessRuntime } from './ProcessRuntime';
import { RunArea } from '@callboard/plugin-callboard-sandbox-node';

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

const WAYS = [
  { name: 'bwrap', programs: ['bwrap'] },
  { name: 'unshare', programs: ['unshare'] },
  { name: 'plain processes', programs: [] },
] as const;

describe.each(WAYS)('ProcessRuntime with $name', ({ programs }) => {
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
      programs,
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
      onLog: lines => seen.lines.push(...lines),
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
      const socket = await openConnection(address!);
      socket.end(
        `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      const [, body] = (await readText(socket)).split(/\r\n\r\n/);
      return body.replace(/^[0-9a-f]+\r\n|\r\n0$/g, '');
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
    expect(one.running).not.toBe(other.running);
    await one.running.stop(200);
    expect(await get(other.running)).toBe('hello');
  });

  it('shares one process among the instances of a workload on a cluster', async () => {
    const image = await bundle({ 'server.js': SERVER });
    const [one, other] = [
      container(image),
      container(image, { pod: 'shop-2' }),
    ];
    await get(one.running);
    await one.running.stop(200);
    expect(await get(other.running)).toBe('hello');
  });

  it('measures what the process takes, with all that it started', async () => {
    const { running } = container(
      await bundle({
        'server.js': `
          const held = Buffer.alloc(64 * 1024 ** 2, 1);
          setInterval(() => {
            for (const end = Date.now() + 50; Date.now() < end; ) held[0] += 1;
          }, 100);
        `,
      }),
    );
    const usage = await eventually(async () => {
      const measured = running.usage?.();
      expect(measured).toBeDefined();
      return measured!;
    });
    expect(usage.memoryBytes).toBeGreaterThan(64 * 1024 ** 2);
    expect(usage.cpuNanocores).toBeGreaterThan(0);
    expect(usage.windowMs).toBeGreaterThan(0);
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

  it('lets the code reach the resources of its app by name and port, and no other service', async () => {
    const server = createServer(socket => socket.end('from the database'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const service = (name: string, resource: boolean) => ({
      name,
      port: 5432,
      selector: { [resource ? 'callboard.dev/resource' : 'app']: name },
      address: () => ({ host: '127.0.0.1', port }),
      isPlayed: () => false,
    });
    const played = {
      ...service('web-cache', true),
      address: () => undefined,
      isPlayed: () => true,
    };
    const { seen } = container(
      await bundle({
        'server.js': `
          const ask = host => new Promise(done => {
            let text = '';
            require('node:net').connect(5432, host)
              .on('data', data => { text += data; })
              .on('end', () => done(text))
              .on('error', ({ code }) => done(code));
          });
          Promise.all(process.env.HOSTS.split(' ').map(ask))
            .then(got => console.log(JSON.stringify(got)));
        `,
      }),
      {
        env: { HOSTS: 'web-db-1 web-db-2 web-cache web-cache web 127.0.0.1' },
        services: [
          service('web-db-1', true),
          service('web-db-2', true),
          played,
          service('web', false),
        ],
      },
    );
    await eventually(() => expect(seen.exits).toEqual([{ code: 0 }]));
    server.close();
    const notes = seen.lines.filter(line => line.startsWith('callboard: '));
    expect(notes).toContain(
      'callboard: nothing listens behind web-cache: the playground plays it',
    );
    expect(notes).toHaveLength(area.isolation.kind === 'namespaces' ? 1 : 4);
    expect(JSON.parse(seen.lines.at(-1)!)).toEqual([
      'from the database',
      'from the database',
      expect.stringMatching(/^(ECONNRESET)?$/),
      expect.stringMatching(/^(ECONNRESET)?$/),
      expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
      'ECONNREFUSED',
    ]);
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

  it('takes a part of a flood of lines and leaves its writer waiting', async () => {
    const flood = `
      const { spawn } = require('node:child_process');
      spawn('yes', [''], { stdio: 'inherit' });
      setTimeout(() => process.exit(0), 1_500);
    `;
    const { seen } = container(await bundle({ 'server.js': flood }));
    await eventually(() => expect(seen.exits).toEqual([{ code: 0 }]));
    expect(seen.lines.length).toBeLessThan(20_000);
    // How many notices there are depends on how often this process gets to read.
    const leftOut = seen.lines
      .map(line => /^… ([\d,]+) lines? left out$/.exec(line)?.[1] ?? '0')
      .map(count => Number(count.replaceAll(',', '')));
    expect(leftOut.reduce((sum, count) => sum + count)).toBeGreaterThan(
      100_000,
    );
  });

  it('ends what it started, also what left its session', async () => {
    const leaving =
      'const { spawn } = require("node:child_process"); spawn("setsid", ["sh", "-c", "setsid sleep 654.5 & sleep 654.5"], { detached: true, stdio: "ignore" }).unref(); setTimeout(() => console.log("up"), 200); setInterval(() => {}, 1000);';
    const { running, seen } = container(await bundle({ 'server.js': leaving }));
    await eventually(() => expect(seen.lines).toEqual(['up']));
    const others = async () =>
      (await commandLines()).filter(line => line.includes('654.5'));
    expect((await others()).length).toBeGreaterThan(0);
    await running.stop(200);
    if (area.isolation.kind === 'none') return; // nothing marks them as this process's
    await eventually(async () => expect(await others()).toEqual([]));
  });

  it('ends code that takes more memory than its limit', async () => {
    const eater =
      'const all = []; setInterval(() => all.push(Buffer.alloc(10e6, 1)), 20);';
    const { seen } = container(await bundle({ 'server.js': eater }), {
      memoryLimitBytes: 200 * 1024 ** 2,
    });
    await eventually(() =>
      expect(seen.exits).toEqual([
        { code: 137, signal: 'SIGKILL', reason: 'OOMKilled' },
      ]),
    );
  });

  it('ends code that starts too many processes', async () => {
    const forking =
      'const { spawn } = require("node:child_process"); for (let i = 0; i < 150; i += 1) spawn("sleep", ["60"]); setInterval(() => {}, 1000);';
    const { seen } = container(await bundle({ 'server.js': forking }));
    await eventually(() =>
      expect(seen.exits).toEqual([
        {
          code: 137,
          signal: 'SIGKILL',
          reason: 'Error',
          message: 'It started more than 100 processes',
        },
      ]),
    );
  });

  it('asks a process to end before it insists', async () => {
    const obliging =
      'process.on("SIGTERM", () => { console.log("bye"); process.exit(7); }); setInterval(() => {}, 1000); console.log("up");';
    const { running, seen } = container(
      await bundle({ 'server.js': obliging }),
    );
    await eventually(() => expect(seen.lines).toEqual(['up']));
    await running.stop(5_000);
    expect(seen.lines).toEqual(['up', 'bye']);
  });

  it('runs a command beside the process', async () => {
    const { running } = container(await bundle({ 'server.js': SERVER }), {
      env: { GREETING: 'hi' },
    });
    await get(running);
    expect(
      await running.exec!(['sh', '-c', 'echo $GREETING; ls server.js'], 5_000),
    ).toEqual({ code: 0, output: 'hi\nserver.js\n' });
    expect(await running.exec!(['sleep', '60'], 100)).toMatchObject({
      code: 137,
    });
  });

  it('shows the code nothing of the portal, its data, its processes and its network', async () => {
    if (area.isolation.kind !== 'namespaces') return;
    const api = createServer().listen(0, '127.0.0.1');
    await once(api, 'listening');
    const { port } = api.address() as AddressInfo;
    const secret = join(folder, 'git-token');
    await writeFile(secret, 'hush', { mode: 0o644 });
    const spy = `
      const fs = require('node:fs');
      const tries = {
        secret: () => fs.readFileSync('${secret}'),
        root: () => fs.readdirSync('/root'),
        home: () => fs.readdirSync('/home'),
        users: () => fs.readFileSync('/etc/shadow'),
        environment: () => fs.readFileSync('/proc/${process.pid}/environ'),
        area: () => fs.readdirSync('${area.folder}'),
        writable: () => fs.writeFileSync('/usr/x', ''),
        kill: () => process.kill(${process.pid}, 0),
      };
      const got = Object.keys(tries).filter(name => {
        try { tries[name](); return true; } catch { return false; }
      });
      const socket = require('node:net').connect(${port}, '127.0.0.1');
      const say = reach => {
        console.log(JSON.stringify({ got, reach, interfaces: Object.keys(require('node:os').networkInterfaces()) }));
        process.exit(0);
      };
      socket.on('connect', () => say(true)).on('error', () => say(false));
    `;
    const { seen } = container(await bundle({ 'server.js': spy }));
    await eventually(() => expect(seen.exits).toEqual([{ code: 0 }]));
    api.close();
    expect(seen.lines.map(line => JSON.parse(line))).toEqual([
      { got: [], reach: false, interfaces: ['lo'] },
    ]);
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
