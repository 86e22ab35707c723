import { spawnSync } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type {
  BuildSettings,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import {
  BuildPlace,
  FolderCache,
  RunArea,
  findStartCommand,
  readStartHints,
} from '@callboard/plugin-callboard-sandbox-node';
import { BundleStorage } from './BundleStorage';
import { BundleStore } from './BundleStore';
import { buildBundle } from './buildBundle';
import { parseBundleImage } from './bundleImage';

jest.setTimeout(120_000);

const { signal } = new AbortController();
const workload: ScoreWorkload = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'shop' },
  containers: { web: { image: '.' } },
};
const isOnline =
  spawnSync('npm', ['view', 'is-odd', 'version'], { timeout: 20_000 })
    .status === 0;
const describeOnline = isOnline ? describe : describe.skip;

/** A lockfile of npm whose one dependency comes by git, from an address that nobody answers at. */
const GIT_DEPENDENCY = 'git+https://127.0.0.1:1/x.git';
const BY_GIT = {
  'server.js': '0;\n',
  'package.json': JSON.stringify({
    name: 'shop',
    dependencies: { x: GIT_DEPENDENCY },
  }),
  'package-lock.json': JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', dependencies: { x: GIT_DEPENDENCY } },
      'node_modules/x': {
        version: '1.0.0',
        resolved: `${GIT_DEPENDENCY}#${'a'.repeat(40)}`,
      },
    },
  }),
};

/** Git reached nothing, or was refused: it is the real one. */
const NOT_INSTALLED = /^(dependencies-not-installed|build-host-not-allowed)$/;

describe('buildBundle', () => {
  let folder: string;
  let place: BuildPlace;
  let store: BundleStore;
  let cache: FolderCache;
  let canary: Server;
  let calls: string[];
  let ids = 0;
  const newId = () => `b${process.pid}-${(ids += 1)}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bundles-'));
    const area = await RunArea.open({
      dataDir: folder,
      isRoot: process.getuid?.() === 0,
    });
    canary = createServer((request, response) => {
      calls.push(request.url!);
      response.end();
    });
    await new Promise<void>(resolve => {
      canary.listen(0, '127.0.0.1', resolve);
    });
    place = new BuildPlace({
      area,
      newId,
      portalEnv: process.env,
      // Builds reach no loopback but where the platform names it.
      egress: { registries: [canaryUrl()] },
    });
    store = new BundleStore({ folder: join(folder, 'bundles'), newId });
    cache = new FolderCache({
      folder: join(folder, 'cache'),
      newId,
      clock: { now: () => new Date() },
    });
  });
  beforeEach(() => {
    calls = [];
  });
  afterAll(async () => {
    await new Promise(resolve => canary.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  function canaryUrl(): string {
    const { port } = canary.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** A program that tells the test that it ran. */
  function evil(): string {
    return `require('node:http').get('${canaryUrl()}/ran');\n`;
  }

  async function checkout(files: Record<string, string>): Promise<string> {
    const revision = join(folder, newId());
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(revision, path)), { recursive: true });
      await writeFile(join(revision, path), text);
    }
    const program = join(revision, 'evil.sh');
    if (files['evil.sh']) await chmod(program, 0o755);
    return revision;
  }

  async function build(
    files: Record<string, string>,
    settings?: BuildSettings,
  ) {
    const lines: string[] = [];
    const outcome = await buildBundle(
      {
        app: 'shop',
        revision: 'a'.repeat(40),
        folder: await checkout(files),
        workloads: [workload],
        ...(settings && { settings }),
        signal,
        onOutput: line => lines.push(line),
      },
      { store, place, cache },
    );
    const bundle =
      outcome.ok &&
      (await store.find(parseBundleImage(outcome.value.images.shop.web)!));
    return { outcome, lines, bundle: bundle || undefined };
  }

  const evilGit = () => ({
    ...BY_GIT,
    '.npmrc': 'git=./evil.sh\n',
    'evil.sh': `#!/usr/bin/env node\n${evil()}`,
  });

  it('does not run a program that .npmrc names as git', async () => {
    const { outcome } = await build(evilGit());
    expect(outcome).toMatchObject({
      ok: false,
      problem: { code: expect.stringMatching(NOT_INSTALLED) },
    });
    expect(calls).toEqual([]);
  });

  it('would hear of such a program if it ran', async () => {
    await place.use(await checkout(evilGit()), (own, runAsOther) =>
      runAsOther({
        command: ['npm', 'ci', '--ignore-scripts'],
        folder: own,
        signal,
        onLine: () => {},
      }),
    );
    expect(calls).toContain('/ran');
  });

  it('builds what depends on something only in development', async () => {
    const devDependencies = { 'is-number': '7.0.0' };
    const { bundle } = await build({
      'server.js': 'require("node:http").createServer().listen(8080);',
      'package.json': JSON.stringify({
        name: 'shop',
        scripts: { start: 'node server.js' },
        devDependencies,
      }),
      'package-lock.json': JSON.stringify({
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': { name: 'shop', devDependencies },
          'node_modules/is-number': { version: '7.0.0', dev: true },
        },
      }),
    });
    expect(await readdir(bundle!)).toContain('server.js');
    expect(await readdir(bundle!)).not.toContain('node_modules');
  });

  it('removes a bundle as a whole, and builds it again', async () => {
    const files = { 'server.js': '0;\n', 'big.txt': 'x'.repeat(100_000) };
    const { outcome, bundle } = await build(files);
    if (!outcome.ok) throw new Error(outcome.problem.why);
    const { web: image } = outcome.value.images.shop;
    const storage = new BundleStorage(store);
    const measured = await storage.measure([image], [], signal);
    expect(measured.ok && measured.value.get(image)).toBeGreaterThan(100_000);
    await storage.remove(image);
    expect(await readdir(join(folder, 'bundles'))).toEqual(['shop']);
    expect(await readdir(dirname(bundle!))).not.toContain(basename(bundle!));
    expect(await storage.measure([image], [], signal)).toEqual({
      ok: true,
      value: new Map(),
    });
    expect((await storage.remove(image)).ok).toBe(true);
    expect((await build(files)).bundle).toBe(bundle);
  });

  it('reads no manifest through a link', async () => {
    const revision = await checkout({ 'server.js': '0;\n' });
    spawnSync('ln', ['-s', '/etc/passwd', join(revision, 'package.json')]);
    const outcome = await buildBundle(
      {
        app: 'shop',
        revision: 'a'.repeat(40),
        folder: revision,
        workloads: [workload],
        signal,
        onOutput: () => {},
      },
      { store, place, cache },
    );
    expect(JSON.stringify(outcome)).not.toContain('root:');
  });

  describe('with a build step', () => {
    const MAKE = `const { writeFileSync, mkdirSync } = require('node:fs');
mkdirSync('dist', { recursive: true });
writeFileSync('dist/index.html', '<h1>made</h1>');
console.log('made a page');
`;
    const pageOf = (more: object = {}) => ({
      'index.html': '<script src="/src/main.ts"></script>',
      'make.js': MAKE,
      'package.json': JSON.stringify({
        name: 'shop',
        scripts: { build: 'node make.js', start: 'vite' },
        ...more,
      }),
    });

    it('keeps what it made beside what was pushed, and serves that', async () => {
      const { bundle, lines } = await build(pageOf());
      expect((await readdir(bundle!)).sort()).toEqual([
        'dist',
        'index.html',
        'make.js',
        'package.json',
      ]);
      expect(findStartCommand(await readStartHints(bundle!))).toEqual({
        kind: 'static',
        folder: 'dist',
      });
      expect(lines).toContain('$ npm run build');
      expect(lines).toContain('made a page');
    });

    it('is not run again for the same revision', async () => {
      await build(pageOf({ version: '1.0.0' }));
      const { bundle, lines } = await build(pageOf({ version: '1.0.0' }));
      expect(lines).toEqual([]);
      expect(await readdir(bundle!)).toContain('dist');
    });

    it('is what app.yaml says, or none', async () => {
      const other = await build(pageOf(), {
        command: 'node make.js && cp dist/index.html dist/other.html',
      });
      expect(await readdir(join(other.bundle!, 'dist'))).toEqual([
        'index.html',
        'other.html',
      ]);
      const none = await build(pageOf(), { command: false });
      expect(await readdir(none.bundle!)).not.toContain('dist');
    });

    it('says which program is missing', async () => {
      const { outcome, bundle } = await build(
        pageOf({ scripts: { build: 'vite build' } }),
      );
      expect(outcome).toMatchObject({
        ok: false,
        problem: {
          code: 'build-step-failed',
          what: 'Cannot build: "npm run build" ended with 127',
          why: expect.stringMatching(/^the program "vite" is not there; /),
          next: 'Add the package that brings "vite" to devDependencies, commit the lockfile, and push again',
        },
      });
      expect(bundle).toBeUndefined();
    });

    it('needs a program or a page afterwards', async () => {
      const { outcome } = await build({
        'package.json': JSON.stringify({ scripts: { build: 'true' } }),
      });
      expect(outcome).toMatchObject({
        ok: false,
        problem: { code: 'no-start-command' },
      });
    });
  });

  describeOnline('with packages from a registry', () => {
    it('compiles TypeScript with what is there for development only', async () => {
      const { outcome, bundle, lines } = await build({
        'package.json': JSON.stringify({
          name: 'shop',
          main: 'dist/server.js',
          scripts: { build: 'tsc' },
          dependencies: { 'is-number': '7.0.0' },
          devDependencies: { typescript: '5.8.3' },
        }),
        'tsconfig.json': JSON.stringify({
          compilerOptions: { outDir: 'dist', module: 'commonjs', types: [] },
          include: ['src'],
        }),
        'src/server.ts':
          "declare const require: any;\nconst n: number = 41;\nconsole.log(require('is-number')(n + 1));\n",
      });
      expect(outcome).toMatchObject({ ok: true });
      expect(lines).toContain('$ npm run build');
      expect(findStartCommand(await readStartHints(bundle!))).toEqual({
        kind: 'node',
        script: 'dist/server.js',
      });
      expect(
        (await readdir(join(bundle!, 'node_modules'))).filter(
          name => !name.startsWith('.'),
        ),
      ).toEqual(['is-number']);
      const { stdout } = spawnSync('node', ['dist/server.js'], {
        cwd: bundle,
        encoding: 'utf8',
      });
      expect(stdout).toBe('true\n');
    });

    it('builds a page with Vite and serves what it made', async () => {
      const { outcome, bundle } = await build({
        'package.json': JSON.stringify({
          name: 'shop',
          type: 'module',
          scripts: {
            dev: 'vite',
            build: 'vite build',
            preview: 'vite preview',
          },
          devDependencies: { vite: '6.3.5' },
        }),
        'index.html':
          '<!doctype html><body><script type="module" src="/src/main.ts"></script></body>',
        'src/main.ts':
          'const text: string = "sold out";\ndocument.body.append(text);\n',
      });
      expect(outcome).toMatchObject({ ok: true });
      expect(findStartCommand(await readStartHints(bundle!))).toEqual({
        kind: 'static',
        folder: 'dist',
      });
      const [script] = await readdir(join(bundle!, 'dist/assets'));
      expect(
        await readFile(join(bundle!, 'dist/assets', script), 'utf8'),
      ).toContain('sold out');
      expect(await readdir(bundle!)).not.toContain('node_modules');
    });

    const dependencies = { 'is-odd': '^3.0.1' };
    const manifest = (more: object = {}) =>
      JSON.stringify({ name: 'shop', private: true, dependencies, ...more });

    it.each([
      {
        manager: 'npm',
        program: 'npm',
        files: () => ({
          'package.json': manifest(),
          '.npmrc': 'git=./evil.sh\nscript-shell=./evil.sh\n',
          'evil.sh': `#!/usr/bin/env node\n${evil()}`,
        }),
      },
      {
        manager: 'pnpm',
        program: 'pnpm',
        files: () => ({
          'package.json': manifest({ packageManager: 'pnpm@10.20.0' }),
          '.pnpmfile.cjs': evil(),
          '.npmrc': 'pnpmfile=.pnpmfile.cjs\n',
          'pnpm-workspace.yaml': 'pnpmfile: .pnpmfile.cjs\n',
        }),
      },
      {
        manager: 'yarn',
        program: 'yarn',
        files: () => ({
          'package.json': manifest({ packageManager: 'yarn@4.18.1' }),
          '.yarnrc.yml': 'yarnPath: ./evil.cjs\nplugins:\n  - ./evil.cjs\n',
          'evil.cjs': evil(),
        }),
      },
      {
        manager: 'yarn-classic',
        program: 'yarn',
        files: () => ({
          'package.json': manifest({ packageManager: 'yarn@1.22.22' }),
          '.yarnrc': 'yarn-path "./evil.cjs"\n',
          'evil.cjs': evil(),
        }),
      },
    ])(
      'installs by $manager without a lockfile, warns, keeps the one it made, and runs nothing of the revision',
      async ({ program, files }) => {
        const { outcome, bundle } = await build({
          'server.js': '0;\n',
          ...files(),
        });
        expect(outcome).toMatchObject({
          ok: true,
          value: {
            lockfile: {
              isPushed: false,
              digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
            },
          },
        });
        const { warnings, lockfile } = outcome.ok
          ? outcome.value
          : ({} as never);
        expect(warnings?.[0]).toBe(
          `No lockfile: this build chose the versions of dependencies. Run "${program} install" and commit ${
            lockfile!.path
          }`,
        );
        expect(warnings?.[1]).toMatch(
          /is read for registries only; not used: /,
        );
        expect(await readFile(join(bundle!, lockfile!.path), 'utf8')).toContain(
          'is-number',
        );
        expect(
          await readFile(
            join(bundle!, 'node_modules/is-odd/package.json'),
            'utf8',
          ),
        ).toContain('"version": "3');
        expect(calls).toEqual([]);
      },
    );

    it('installs workspaces of npm, each with what it depends on', async () => {
      const { outcome, bundle } = await build({
        'server.js': 'require("@shop/prices");\n',
        'package.json': JSON.stringify({
          name: 'shop',
          workspaces: ['packages/*'],
          dependencies: { '@shop/prices': '*', 'is-number': '^7.0.0' },
        }),
        'packages/prices/package.json': JSON.stringify({
          name: '@shop/prices',
          version: '1.0.0',
          main: 'index.js',
          dependencies: { 'is-number': '^6.0.0' },
        }),
        'packages/prices/index.js':
          'console.log(require("is-number/package.json").version);\n',
      });
      expect(outcome).toMatchObject({ ok: true });
      const { stdout } = spawnSync('node', ['server.js'], {
        cwd: bundle,
        encoding: 'utf8',
      });
      expect(stdout).toBe('6.0.0\n');
    });
  });
});
