import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasNamespaces } from '@callboard/testing';
import { type BuildLimits, DEFAULT_BUILD_LIMITS } from './BuildLimits';
import { BuildPlace } from './BuildPlace';
import { RunArea } from './RunArea';
import type { RunAsOther } from './runAsOther';

jest.setTimeout(30_000);

const MB = 1024 ** 2;
const isRoot = process.getuid?.() === 0;
const describeAsRoot = isRoot ? describe : describe.skip;

describe('BuildPlace', () => {
  let folder: string;
  let source: string;
  let area: RunArea;
  let ids = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'build-place-'));
    source = join(folder, 'source');
    await mkdir(source);
    await writeFile(join(source, 'own.txt'), 'mine');
    area = await RunArea.open({ dataDir: folder, isRoot });
  });
  afterAll(async () => {
    await rm(area.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs a script as a build, and answers what it printed. */
  async function build(
    script: string,
    limits: Partial<BuildLimits> = {},
    other: { area?: RunArea; env?: Record<string, string> } = {},
  ) {
    const place = new BuildPlace({
      area: other.area ?? area,
      newId: () => `${process.pid}-${(ids += 1)}`,
      portalEnv: {
        npm_config_registry: 'https://user:pass@example.com',
        ...process.env,
        ...other.env,
        SECRET: 'of the portal',
      },
      limits: { ...DEFAULT_BUILD_LIMITS, ...limits },
    });
    const lines: string[] = [];
    const ended = await place.use(source, (own, runAsOther: RunAsOther) =>
      runAsOther({
        command: ['node', '-e', script],
        folder: own,
        onLine: line => lines.push(line),
      }),
    );
    return { ...ended, lines };
  }

  it.each([
    {
      name: 'time',
      script: 'setInterval(() => {}, 1000)',
      limits: { timeMs: 500 },
    },
    {
      name: 'silence',
      script: 'setInterval(() => {}, 1000)',
      limits: { silenceMs: 2_500 },
    },
    {
      name: 'memory',
      script:
        'const all = []; setInterval(() => all.push(Buffer.alloc(20e6, 1)), 20)',
      limits: { memoryBytes: 200 * MB },
    },
    {
      name: 'memory',
      script: `const { spawn } = require('node:child_process');
        for (let i = 0; i < 4; i += 1) spawn(process.execPath, ['-e', 'const b = Buffer.alloc(60e6, 1); setInterval(() => b, 1000)'], { detached: true });
        setInterval(() => {}, 1000)`,
      limits: { memoryBytes: 200 * MB },
      needsRoot: true, // they leave the session: only their user tells that they belong to it
    },
    {
      name: 'memory',
      // The kernel ends the child at once; who started it waits for ever and takes nothing.
      script: `const { spawn } = require('node:child_process');
        spawn(process.execPath, ['-e', 'Buffer.alloc(900e6, 1); setInterval(() => {}, 1000)']);
        setInterval(() => {}, 1000)`,
      limits: { memoryBytes: 200 * MB },
    },
    {
      name: 'disk',
      script:
        'let n = 0; setInterval(() => require("node:fs").writeFileSync(`f${n++}`, Buffer.alloc(5e6)), 50)',
      limits: { diskBytes: 20 * MB },
    },
    {
      name: 'processes',
      // The kernel refuses some of them: it goes on trying until it is ended.
      script: `const { spawn } = require('node:child_process'); setInterval(() => spawn('sleep', ['60']).on('error', () => {}), 5)`,
      limits: { processes: 20 },
    },
  ])(
    'ends a build that goes over its limit of $name',
    async ({ name, script, limits, needsRoot }) => {
      if (needsRoot && !isRoot) return;
      const { code, exceeded } = await build(script, limits);
      expect(exceeded).toBe(name);
      expect(code).not.toBe(0);
      expect(await readdir(area.folder)).not.toContainEqual(
        expect.stringMatching(/^run-build/),
      );
    },
  );

  it('leaves a build in peace that stays within', async () => {
    const built = await build(
      'console.log(require("node:fs").readFileSync("own.txt", "utf8"))',
    );
    expect(built).toEqual({ code: 0, signal: null, lines: ['mine'] });
  });

  it.each((['bwrap', 'unshare'] as const).filter(hasNamespaces))(
    'finds the certificates that the portal trusts below a folder that everybody has: %s',
    async program => {
      const dataDir = join(folder, program);
      const own = await RunArea.open({ dataDir, isRoot, programs: [program] });
      try {
        const { code, lines } = await build(
          'console.log(require("node:fs").statSync(process.env.NODE_EXTRA_CA_CERTS).isFile())',
          {},
          { area: own, env: { NODE_EXTRA_CA_CERTS: '/usr/bin/env' } },
        );
        expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: 'true' });
      } finally {
        await rm(own.folder, { recursive: true, force: true });
      }
    },
  );

  describeAsRoot('as another user', () => {
    it('lets no file grow beyond the limit, wherever it is', async () => {
      const file = join(tmpdir(), `grown-${process.pid}`);
      const { code, lines } = await build(
        `process.on('SIGXFSZ', () => {}); try { require('node:fs').writeFileSync('${file}', Buffer.alloc(30e6)) } catch (e) { console.log(e.code) }
       require('node:fs').rmSync('${file}')`,
        { diskBytes: 10 * MB },
      );
      expect({ code, lines }).toEqual({ code: 0, lines: ['EFBIG'] });
    });

    it('leaves nothing behind that runs, though it left the group and forks on', async () => {
      const { lines } = await build(`
      const { spawn } = require('node:child_process');
      console.log(process.getuid());
      spawn('sh', ['-c', 'while :; do sleep 0.01 & done'], { detached: true, stdio: 'ignore' }).unref();
      setTimeout(() => process.exit(0), 200);
    `);
      const [uid] = lines;
      expect(Number(uid)).toBeGreaterThan(300_000);
      const left = execFileSync(
        'sh',
        ['-c', `ps -o stat=,args= -u ${uid} | grep -v ^Z || true`],
        { encoding: 'utf8' },
      );
      expect(left.trim()).toBe('');
    });
  });

  it('reaches nothing of this machine, and is told what it may reach', async () => {
    if (area.isolation.kind !== 'namespaces') return;
    const portal = createServer((_, response) => response.end('in')).listen(0);
    await once(portal, 'listening');
    const { port } = portal.address() as AddressInfo;
    const { lines, refused } = await build(`
      const { get } = require('node:http');
      const { connect } = require('node:net');
      const end = Promise.withResolvers();
      connect(${port}, '127.0.0.1').on('connect', () => end.resolve('in')).on('error', e => end.resolve(e.code));
      const byProxy = new Promise(resolve => get('http://127.0.0.1:${port}/', r => resolve(r.statusCode)));
      Promise.all([end.promise, byProxy]).then(all => console.log(JSON.stringify(all)));
    `);
    portal.close();
    expect(lines.map(line => JSON.parse(line))).toEqual([
      ['ECONNREFUSED', 403],
    ]);
    expect(refused).toMatchObject({
      code: 'build-host-not-allowed',
      what: `Cannot reach 127.0.0.1:${port} from a build`,
    });
  });

  it('shows nothing of the environment of the portal', async () => {
    const { lines } = await build('console.log(JSON.stringify(process.env))');
    expect(lines.join()).not.toMatch(/of the portal|user:pass/);
  });

  it('keeps of a line without an end only its beginning', async () => {
    const { lines } = await build(
      'process.stdout.write("x".repeat(5e6), () => process.stdout.write("\\nnext\\n"))',
    );
    expect(lines.map(line => line.length)).toEqual([4001, 4]);
    expect(lines[1]).toBe('next');
  });
});
