import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chown,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { RunArea } from '@callboard/plugin-callboard-sandbox-node';
import { type ContainerStart, openConnection } from '@callboard/sim';
import { BundleStore, formatBundleImage } from '../bundles';
import { eventually } from '@callboard/testing';
import { ProcessRuntime } from './ProcessRuntime';

const MB = 1024 ** 2;
const isRoot = process.getuid?.() === 0;
const VICTIM = `
  require('node:fs').writeFileSync('own-secret', 'hush', { mode: 0o644 });
  require('node:http').createServer((_, r) => r.end('alive')).listen(8080, () => console.log('up'));
`;

/** Tries what pushed code could want of others, and prints what it got. */
const SPY = (aims: { files: string[]; folders: string[]; port: number }) => `
  const fs = require('node:fs');
  const got = [];
  const take = (name, attempt) => { try { if (attempt() !== false) got.push(name); } catch {} };
  for (const file of ${JSON.stringify(
    aims.files,
  )}) take('reads ' + file, () => fs.readFileSync(file));
  for (const folder of ${JSON.stringify(
    aims.folders,
  )}) take('lists ' + folder, () => fs.readdirSync(folder));
  for (const place of ['/usr/x', '/etc/x', '/run/callboard/x', '/x', '/dev/x', '/proc/sys/kernel/hostname'])
    take('writes ' + place, () => fs.writeFileSync(place, 'x'));
  for (const name of fs.readdirSync('/proc').filter(each => /^[0-9]+$/.test(each))) {
    const pid = Number(name);
    take('environment of another', () => /HUSH=victim/.test(fs.readFileSync('/proc/' + pid + '/environ', 'utf8')));
    take('words of another', () => /secret-word/.test(fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8')));
    take('folder of another', () => fs.readFileSync('/proc/' + pid + '/cwd/own-secret'));
    take('signal to another', () => fs.statSync('/proc/' + pid).uid !== process.getuid() && process.kill(pid, 0));
  }
  const socket = require('node:net').connect(${aims.port}, '127.0.0.1');
  const say = () => { console.log(JSON.stringify(got)); };
  socket.on('connect', () => { got.push('port of the portal'); say(); }).on('error', say);
  setInterval(() => {}, 1000);
`;

/** Tries to get out, over TCP, UDP and names, and prints what it got. */
const CALLER = (aims: { ports: number[]; hosts: string[] }) => `
  const net = require('node:net');
  const dial = (host, port) => new Promise(done => {
    const socket = net.connect({ host, port, timeout: 2000 });
    const end = got => { socket.destroy(); done(got); };
    socket.on('connect', () => end(host + ':' + port)).on('error', () => end()).on('timeout', () => end());
  });
  const send = host => new Promise(done => {
    const socket = require('node:dgram').createSocket(net.isIPv6(host) ? 'udp6' : 'udp4');
    socket.on('error', () => done());
    socket.send('x', 53, host, error => { socket.close(); done(error ? undefined : 'datagram to ' + host); });
  });
  const look = name => require('node:dns').promises.resolve4(name).then(() => 'name ' + name, () => {});
  const { hosts, ports } = ${JSON.stringify(aims)};
  const loopback = /^127|^::1$/;
  Promise.all([
    ...hosts.flatMap(host => ports.map(port => dial(host, port))),
    ...hosts.filter(host => !loopback.test(host)).map(send),
    look('example.com'),
  ]).then(got => {
    const cards = Object.keys(require('node:os').networkInterfaces());
    console.log(JSON.stringify([...got.filter(Boolean), ...cards.filter(name => name !== 'lo')]));
  });
  setInterval(() => {}, 1000);
`;

const FORK_BOMB = `
  const { spawn } = require('node:child_process');
  setInterval(() => { for (let i = 0; i < 5; i += 1) spawn('sh', ['-c', 'sleep 987.5 & sleep 987.5 & wait'], { detached: true }).on('error', () => {}); }, 10);
`;
const MEMORY_HOG =
  'const all = []; setInterval(() => all.push(Buffer.alloc(20e6, 1)), 5);';
const DISK_HOG =
  'let n = 0; setInterval(() => require("node:fs").writeFileSync("f" + n++, Buffer.alloc(4e6)), 20);';
const SURVIVOR = `
  const { spawn } = require('node:child_process');
  process.on('SIGTERM', () => {});
  spawn('setsid', ['sh', '-c', 'trap "" TERM HUP; setsid sleep 876.5 & setsid sleep 876.5 & sleep 876.5'], { detached: true, stdio: 'ignore' }).unref();
  setTimeout(() => console.log('up'), 300);
  setInterval(() => {}, 1000);
`;

const WAYS = [
  { name: 'bwrap', programs: ['bwrap'] },
  { name: 'unshare', programs: ['unshare'] },
  ...(isRoot ? [{ name: 'users', programs: [] } as const] : []),
] as const;

function processesWith(words: string): string[] {
  return execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(words) && !line.startsWith('Z'));
}

/** A user of every Debian that nothing runs as. */
const ORDINARY = isRoot ? { uid: 5, gid: 60 } : {};

describe('code of an ordinary user without namespaces', () => {
  it.each([
    ['is killed', 'SIGKILL'],
    ['ends', 'SIGTERM'],
  ] as const)(
    'does not outlive what runs it when that %s, whatever it left',
    async (_, signal) => {
      const folder = await mkdtemp(join(tmpdir(), 'plain-'));
      const nap = signal === 'SIGKILL' ? '654.3' : '543.2';
      try {
        if (ORDINARY.uid !== undefined)
          await chown(folder, ORDINARY.uid, ORDINARY.gid);
        const runner = spawn(
          process.execPath,
          [
            ...['--require', '@backstage/cli-node/config/nodeTransform.cjs'],
            join(__dirname, '../testing/runSurvivor.ts'),
            folder,
            '[]',
            SURVIVOR.replaceAll('876.5', nap),
          ],
          {
            ...ORDINARY,
            env: { ...process.env, HOME: folder },
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        );
        const [said] = await once(runner.stdout, 'data');
        expect(String(said)).toBe('up\n');
        expect(processesWith(nap).length).toBeGreaterThan(2);
        runner.kill(signal);
        await eventually(() => expect(processesWith(nap)).toEqual([]));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

describe.each(WAYS)('hostile code with $name', ({ programs }) => {
  let folder: string;
  let store: BundleStore;
  let area: RunArea;
  let runtime: ProcessRuntime;
  let ids = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-'));
    area = await RunArea.open({ dataDir: folder, isRoot, programs });
    const newId = () => `h${(ids += 1)}`;
    store = new BundleStore({ folder: join(folder, 'bundles'), newId });
    runtime = new ProcessRuntime({
      store,
      area,
      newId,
      limits: { memoryBytes: 256 * MB, processes: 20, diskBytes: 30 * MB },
    });
  });
  afterAll(async () => {
    await runtime.stopAll(200);
    await area.close();
    await rm(area.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  async function start(app: string, code: string) {
    const image = { app, digest: String((ids += 1)).padStart(64, '0') };
    const source = join(folder, `source-${ids}`);
    await mkdir(source);
    await writeFile(join(source, 'server.js'), code);
    await store.add(image, source);
    const seen = { lines: [] as string[], exits: [] as unknown[] };
    const input: ContainerStart = {
      cluster: 'eu-1',
      namespace: `${app}--dev`,
      pod: `${app}-1`,
      podUid: app,
      labels: {},
      container: 'web',
      image: formatBundleImage(image),
      env: { HUSH: app },
      files: {},
      ports: [8080],
      onLog: lines => seen.lines.push(...lines),
      onExit: exit => seen.exits.push(exit),
      onStartFailed: problem => seen.exits.push(problem),
    };
    return { running: runtime.start(input), seen };
  }

  it('gets at nothing of the portal and of other apps', async () => {
    if (area.isolation.kind === 'none') return;
    const victim = await start('victim', VICTIM);
    await eventually(() => expect(victim.seen.lines).toEqual(['up']));
    const portal = createServer().listen(0, '127.0.0.1');
    await once(portal, 'listening');
    const secret = join(folder, 'git-token');
    await writeFile(secret, 'hush', { mode: 0o600 });
    const spy = await start(
      'spy',
      SPY({
        files: [
          secret,
          '/etc/shadow',
          `/proc/${process.pid}/environ`,
          `/proc/${process.pid}/mem`,
        ],
        folders: [folder, area.folder, '/root', `/proc/${process.pid}/fd`],
        port: (portal.address() as AddressInfo).port,
      }),
    );
    await eventually(() => expect(spy.seen.lines).toHaveLength(1));
    portal.close();
    // Without namespaces the network is the machine's: the portal tells pushed code by its user.
    const expected =
      area.isolation.kind === 'users' ? ['port of the portal'] : [];
    expect(JSON.parse(spy.seen.lines[0])).toEqual(expected);
    const socket = await openConnection(victim.running.addressOf(8080)!);
    socket.write('GET / HTTP/1.0\r\n\r\n');
    expect(await readText(socket)).toContain('alive');
    await Promise.all([spy.running.stop(200), victim.running.stop(200)]);
  });

  it('reaches nothing: no portal, no other app, no machine, nothing outside', async () => {
    if (area.isolation.kind !== 'namespaces') return; // elsewhere the portal refuses it by its user
    const victim = await start('victim', VICTIM);
    await eventually(() => expect(victim.seen.lines).toEqual(['up']));
    const portal = createServer().listen(0, '::');
    await once(portal, 'listening');
    const own = Object.values(networkInterfaces())
      .flat()
      .map(each => each!.address)
      .filter(address => !address.startsWith('fe80'));
    const caller = await start(
      'caller',
      CALLER({
        ports: [
          (portal.address() as AddressInfo).port,
          victim.running.addressOf(8080)!.port,
        ],
        hosts: [...own, '169.254.169.254', '10.0.0.1', '192.0.2.1'],
      }),
    );
    await eventually(() => expect(caller.seen.lines).toHaveLength(1));
    portal.close();
    expect(JSON.parse(caller.seen.lines[0])).toEqual([]);
    await Promise.all([caller.running.stop(200), victim.running.stop(200)]);
  });

  it.each([
    {
      name: 'a fork bomb',
      code: FORK_BOMB,
      exit: { message: 'It started more than 20 processes' },
    },
    {
      name: 'memory without end',
      code: MEMORY_HOG,
      exit: { reason: 'OOMKilled' },
    },
    {
      name: 'files without end',
      code: DISK_HOG,
      exit: {
        message:
          'It wrote more than the 30 MiB of files that an instance may have',
      },
    },
  ])('ends $name, says why, and leaves nothing', async ({ code, exit }) => {
    const { seen } = await start('hog', code);
    await eventually(() =>
      expect(seen.exits).toEqual([
        expect.objectContaining({ code: 137, ...exit }),
      ]),
    );
    if (area.isolation.kind === 'none') return;
    await eventually(() => expect(processesWith('987.5')).toEqual([]));
  });

  it('does not let children survive that left the session and ignore signals', async () => {
    if (area.isolation.kind === 'none') return;
    const { running, seen } = await start('survivor', SURVIVOR);
    await eventually(() => expect(seen.lines).toEqual(['up']));
    expect(processesWith('876.5').length).toBeGreaterThan(0);
    await running.stop(200);
    await eventually(() => expect(processesWith('876.5')).toEqual([]));
  });

  it('does not let them survive kill -9 of what runs them', async () => {
    if (area.isolation.kind === 'none') return;
    const dataDir = join(folder, 'killed');
    await mkdir(dataDir);
    const runner = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli-node/config/nodeTransform.cjs'],
        join(__dirname, '../testing/runSurvivor.ts'),
        dataDir,
        JSON.stringify(programs),
        SURVIVOR.replaceAll('876.5', '765.4'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [said] = await once(runner.stdout, 'data');
    expect(String(said)).toBe('up\n');
    expect(processesWith('765.4').length).toBeGreaterThan(0);
    runner.kill('SIGKILL');
    await eventually(() => expect(processesWith('765.4')).toEqual([]));
    const next = await RunArea.open({ dataDir, isRoot, programs });
    const left = await readdir(next.folder);
    expect(left.filter(name => /^run-|door$/.test(name))).toEqual([]);
    const noted = await readFile(join(dataDir, 'control-groups.json'), 'utf8');
    for (const group of JSON.parse(noted))
      expect((await readdir(group)).filter(name => /^run-/.test(name))).toEqual(
        [],
      );
    await next.close();
    for (const group of JSON.parse(noted))
      await expect(readdir(group)).rejects.toThrow('ENOENT');
    await rm(next.folder, { recursive: true, force: true });
  });

  it('limits by control groups what it says it does', async () => {
    if (!area.controls.includes('memory')) return;
    const { running, seen } = await start(
      'grouped',
      'console.log("up"); setInterval(() => {}, 1000);',
    );
    await eventually(() => expect(seen.lines).toEqual(['up']));
    const groups = execFileSync('sh', [
      '-c',
      `for p in $(ps -eo pid=); do grep -hE 'memory|^0:' /proc/$p/cgroup 2>/dev/null; done | grep callboard- || true`,
    ]).toString();
    expect(groups).toMatch(/callboard-[0-9a-f]{12}\/run-h\d+/);
    await running.stop(200);
    expect(await readFile('/proc/self/cgroup', 'utf8')).not.toContain(
      'callboard-',
    );
  });
});
