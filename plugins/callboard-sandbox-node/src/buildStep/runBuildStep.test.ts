import { once } from 'node:events';
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildLimits, DEFAULT_BUILD_LIMITS } from '../BuildLimits';
import { BuildPlace } from '../BuildPlace';
import { RunArea } from '../RunArea';
import { FolderCache } from './FolderCache';
import { planBuildStep } from './planBuildStep';
import { runBuildStep } from './runBuildStep';

jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;
const MB = 1024 ** 2;

describe('runBuildStep', () => {
  let folder: string;
  let area: RunArea;
  let ids = 0;
  const newId = () => `s${process.pid}-${(ids += 1)}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'build-step-'));
    area = await RunArea.open({ dataDir: folder, isRoot });
  });
  afterAll(async () => {
    await rm(area.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  /** Pushes a program that is the build step, and answers what became of it. */
  async function build(
    script: string,
    options: {
      limits?: Partial<BuildLimits>;
      registry?: string;
      prepare?(revision: string): Promise<void>;
    } = {},
  ) {
    const { limits, registry, prepare } = options;
    const revision = join(folder, newId());
    const to = `${revision}.built`;
    await mkdir(revision);
    await writeFile(join(revision, 'make.cjs'), script);
    await writeFile(
      join(revision, 'package.json'),
      JSON.stringify({ scripts: { build: 'node make.cjs' } }),
    );
    await prepare?.(revision);
    const step = await planBuildStep(revision, {
      rules: { allowScripts: false, registries: [] },
    });
    if (!step.ok || !step.value) throw new Error('no build step was found');
    const lines: string[] = [];
    const outcome = await runBuildStep(step.value, {
      folder: revision,
      to,
      workFolder: `${revision}.manifests`,
      place: new BuildPlace({
        area,
        newId,
        portalEnv: process.env,
        limits: { ...DEFAULT_BUILD_LIMITS, ...limits },
        ...(registry !== undefined && { egress: { registries: [registry] } }),
      }),
      cache: new FolderCache({
        folder: join(folder, 'cache'),
        newId,
        clock: { now: () => new Date() },
      }),
      signal: new AbortController().signal,
      onOutput: line => lines.push(line),
    });
    expect(await readdir(area.folder)).not.toContainEqual(
      expect.stringMatching(/^run-build/),
    );
    return { outcome, lines, to };
  }

  it('has no network, not even to the registries that installs may reach', async () => {
    if (area.isolation.kind !== 'namespaces') return;
    let calls = 0;
    const registry = createServer((_, response) => {
      calls += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(registry, 'listening');
    const { port } = registry.address() as AddressInfo;
    const { lines } = await build(
      `const { connect } = require('node:net');
       const { networkInterfaces } = require('node:os');
       console.log(Object.keys(networkInterfaces()).join(), Object.keys(process.env).filter(name => /^https?_proxy$/i.test(name)).join());
       connect(${port}, '127.0.0.1').on('connect', () => console.log('in')).on('error', error => console.log(error.code));`,
      { registry: `http://127.0.0.1:${port}` },
    );
    registry.close();
    expect(lines.slice(-2)).toEqual(['lo', 'ECONNREFUSED']);
    expect(calls).toBe(0);
  });

  it('says of a step that wants the network that it has none', async () => {
    if (area.isolation.kind !== 'namespaces') return;
    const { outcome } = await build(
      "fetch('https://fonts.example.com/').catch(error => { console.error(error.cause.message); process.exit(3); });",
    );
    expect(outcome).toMatchObject({
      ok: false,
      problem: {
        code: 'build-step-failed',
        what: 'Cannot build: "npm run build" ended with 3',
        why: expect.stringMatching(
          /^it wants the network, and a build step has none; its last lines: .*fonts\.example\.com/,
        ),
      },
    });
  });

  it('leaves nothing of its home and of its temporary files in what it made', async () => {
    const { outcome, to } = await build(
      `const { writeFileSync } = require('node:fs');
       writeFileSync(require('node:path').join(process.env.HOME, 'cache'), 'x');
       writeFileSync(require('node:path').join(require('node:os').tmpdir(), 'temporary-' + process.pid), 'x');
       writeFileSync('made', 'x');`,
    );
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect((await readdir(to)).sort()).toEqual([
      'made',
      'make.cjs',
      'package.json',
    ]);
  });

  it.each([
    {
      name: 'time',
      script: 'setInterval(() => {}, 1000)',
      limits: { timeMs: 500 },
    },
    {
      name: 'disk, also in its temporary files',
      script:
        'let n = 0; setInterval(() => require("node:fs").writeFileSync(require("node:path").join(process.env.HOME, `f${n++}`), Buffer.alloc(5e6)), 50)',
      limits: { diskBytes: 20 * MB },
    },
  ])('ends a step that goes over its limit of $name', async each => {
    const { outcome } = await build(each.script, { limits: each.limits });
    expect(outcome).toMatchObject({
      ok: false,
      problem: {
        code: `build-over-${each.name.split(',')[0]}-limit`,
      },
    });
  });

  it('writes nothing through a link that was pushed in the place of dependencies', async () => {
    const elsewhere = join(folder, newId());
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'mine'), 'x');
    const { outcome, to } = await build('0', {
      prepare: async revision => {
        await symlink(elsewhere, join(revision, 'node_modules'));
        await symlink(elsewhere, join(revision, '.callboard-tools'));
      },
    });
    expect(outcome.ok).toBe(true);
    expect(await readdir(elsewhere)).toEqual(['mine']);
    expect(await readdir(to)).not.toContain('node_modules');
  });

  describe('whatever it leaves behind', () => {
    it('follows no link, and leaves pipes and sockets out', async () => {
      const { outcome, to } = await build(
        `const { symlinkSync } = require('node:fs');
         symlinkSync('/etc/passwd', 'Procfile');
         symlinkSync('..', 'up');
         require('node:child_process').execFileSync('mkfifo', ['pipe']);`,
      );
      expect(outcome.ok).toBe(true);
      expect(await readlink(join(to, 'Procfile'))).toBe('/etc/passwd');
      expect(await readlink(join(to, 'up'))).toBe('..');
      expect(await readdir(to)).not.toContain('pipe');
    });

    it.each([
      {
        name: 'folders that no path can name',
        script:
          "for (let i = 0; i < 3000; i += 1) { require('node:fs').mkdirSync('deep'); process.chdir('deep'); }",
        why: 'its folders are nested more than 64 deep',
      },
      {
        name: 'names that are no text',
        script:
          "require('node:fs').writeFileSync(Buffer.from([0x66, 0xff]), '')",
        why: 'a name in the folder "." is too long, or not UTF-8',
      },
      {
        name: 'more files than an image can be made of',
        script:
          "for (let i = 0; i < 100_001; i += 1) require('node:fs').closeSync(require('node:fs').openSync(`f${i}`, 'w'))",
        why: 'it left more than 100000 files',
      },
    ])('refuses $name, and removes them', async ({ script, why }) => {
      const { outcome } = await build(script);
      expect(outcome).toMatchObject({
        ok: false,
        problem: { code: 'build-output-refused', why },
      });
    });

    it('keeps the rights of a file to be run, and no others', async () => {
      const { to } = await build(
        "require('node:fs').writeFileSync('tool', '#!/bin/sh\\n', { mode: 0o755 })",
      );
      expect(await readFile(join(to, 'tool'), 'utf8')).toBe('#!/bin/sh\n');
    });
  });

  it('tells its output without colours and control characters', async () => {
    const { lines } = await build(
      `console.log('\\x1b[31mred\\x1b[0m \\x1b]0;title\\x07\\u202eback')`,
    );
    expect(lines.at(-1)).toBe('red 0;titleback');
  });
});
