import { describeBytes } from '@callboard/plugin-callboard-common';
import { execFile, spawnSync } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import {
  type BuildLimits,
  BuildPlace,
  DEFAULT_BUILD_LIMITS,
  RunArea,
} from '@callboard/plugin-callboard-sandbox-node';
import {
  listReferrers,
  readBlob,
  readManifest,
  readPlatformManifest,
  RegistrySession,
} from '../registry';
import {
  type TestRegistry,
  findRegistries,
} from '../__testUtils__/startRegistry';
import { ImageBuilder } from './ImageBuilder';

jest.setTimeout(120_000);

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const { signal } = new AbortController();
const REVISION = 'a'.repeat(40);
const SERVER = {
  'server.js':
    'require("node:http").createServer((_, r) => r.end("hi")).listen(8080);\n',
};

const workload: ScoreWorkload = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'shop' },
  containers: { web: { image: '.' } },
};

function sessionOf({ address }: TestRegistry): RegistrySession {
  return new RegistrySession({
    registry: address,
    insecure: true,
    pause: async () => {},
    random: () => 0,
  });
}

/** `127.0.0.1:5000/apps/shop@sha256:…` is `apps/shop`. */
function repositoryOf(image: string): string {
  return image.slice(image.indexOf('/') + 1).split('@')[0];
}

const registries = findRegistries();
/** Whether packages can be fetched from here. */
const isOnline =
  spawnSync('npm', ['view', 'is-odd', 'version'], { timeout: 20_000 })
    .status === 0;
const describeOnline = isOnline ? describe : describe.skip;
const describeReal = registries.length > 0 ? describe : describe.skip;

describeReal('ImageBuilder', () => {
  let registry: TestRegistry;
  let folder: string;
  let area: RunArea;
  let ids = 0;
  const newId = () => `i${(ids += 1)}`;

  beforeAll(async () => {
    registry = await registries[0].start();
    folder = await mkdtemp(join(tmpdir(), 'images-'));
    area = await RunArea.open({
      dataDir: folder,
      isRoot,
    });
  });
  afterAll(async () => {
    await registry.stop();
    await rm(area.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  /** A portal of its own: nothing is shared but the registry. */
  function builder(
    name: string,
    options: {
      allowScripts?: boolean;
      area?: RunArea;
      limits?: Partial<BuildLimits>;
    } = {},
  ): ImageBuilder {
    const { allowScripts, limits } = options;
    return new ImageBuilder({
      registry: `${registry.address}/apps`,
      insecure: true,
      ...(allowScripts && { allowScripts }),
      node: process.execPath,
      architecture: 'amd64',
      place: new BuildPlace({
        area: options.area ?? area,
        newId,
        portalEnv: process.env,
        limits: { ...DEFAULT_BUILD_LIMITS, ...limits },
      }),
      folder: join(folder, `layers-${name}`),
      newId,
      clock: { now: () => new Date() },
      pause: async () => {},
      random: () => 0,
    });
  }

  const fixture = (file: string) =>
    readFile(join(__dirname, '__fixtures__', file), 'utf8');

  /** Entries of a layer of an image: `mode name`. */
  async function listLayer(image: string, index: number): Promise<string[]> {
    const { manifest } = await inspect(image);
    const layer = await readBlob(sessionOf(registry), {
      repository: repositoryOf(image),
      descriptor: manifest.layers.at(index)!,
      maxBytes: 1e8,
      signal,
    });
    if (!layer.ok) throw new Error(layer.problem.what);
    const file = join(folder, newId());
    await writeFile(file, layer.value);
    const { stdout } = await run('tar', ['-tvzf', file, '--numeric-owner']);
    return stdout
      .trim()
      .split('\n')
      .map(line => {
        const [mode, owner, , date, , ...path] = line.split(/\s+/);
        expect(`${owner} ${date}`).toBe('0/0 1970-01-01');
        return `${mode} ${path.join(' ')}`;
      });
  }

  async function checkout(files: Record<string, string>): Promise<string> {
    const place = join(folder, newId());
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(place, path, '..'), { recursive: true });
      await writeFile(join(place, path), text);
      await utimes(join(place, path), new Date(ids * 1_000_000), new Date());
    }
    return place;
  }

  async function build(
    by: ImageBuilder,
    files: Record<string, string>,
    options: { app?: string; revision?: string } = {},
  ) {
    const { app = 'shop', revision = REVISION } = options;
    const lines: string[] = [];
    const outcome = await by.build({
      app,
      revision,
      folder: await checkout(files),
      workloads: [workload],
      signal,
      onOutput: line => lines.push(line),
    });
    return {
      outcome,
      lines,
      image: outcome.ok ? outcome.value.images.shop.web : undefined,
    };
  }

  async function inspect(image: string) {
    const session = sessionOf(registry);
    const path = repositoryOf(image);
    const digest = image.split('@')[1];
    const read = await readPlatformManifest(session, {
      repository: path,
      reference: digest,
      architecture: 'amd64',
      signal,
    });
    if (!read.ok) throw new Error(read.problem.what);
    const { manifest, descriptor } = read.value;
    const config = await readBlob(session, {
      repository: path,
      descriptor: manifest.config,
      maxBytes: 1e6,
      signal,
    });
    const referrers = await listReferrers(session, {
      repository: path,
      digest: descriptor.digest,
      signal,
    });
    if (!config.ok || !referrers.ok) throw new Error('unreadable image');
    const attached = await Promise.all(
      referrers.value.map(async ({ digest: referrer }) => {
        const own = await readPlatformManifest(session, {
          repository: path,
          reference: referrer,
          architecture: 'amd64',
          signal,
        });
        if (!own.ok) throw new Error(own.problem.what);
        const [layer] = own.value.manifest.layers;
        const blob = await readBlob(session, {
          repository: path,
          descriptor: layer,
          maxBytes: 1e6,
          signal,
        });
        return {
          type: own.value.manifest.artifactType,
          document: blob.ok ? JSON.parse(blob.value.toString()) : undefined,
        };
      }),
    );
    return { manifest, config: JSON.parse(config.value.toString()), attached };
  }

  it('runs the build step once, and makes the image of what it left', async () => {
    const files = {
      'package.json': JSON.stringify({
        name: 'shop',
        scripts: { build: 'node make.js' },
      }),
      'make.js':
        "const fs = require('node:fs'); fs.mkdirSync('dist'); fs.writeFileSync('dist/index.html', String(Math.random()));\n",
    };
    const by = builder('step');
    const first = await build(by, files, { app: 'page' });
    expect(first.outcome).toMatchObject({ ok: true });
    expect(await listLayer(first.image!, -1)).toEqual([
      'drwxr-xr-x workspace/',
      'drwxr-xr-x workspace/dist/',
      '-rw-r--r-- workspace/dist/index.html',
      '-rw-r--r-- workspace/make.js',
      '-rw-r--r-- workspace/package.json',
    ]);
    const { config } = await inspect(first.image!);
    expect(config.config?.Entrypoint?.slice(-2)).toEqual([
      '/usr/local/lib/callboard/staticServer.cjs',
      'dist',
    ]);
    expect(first.lines).toContain('$ npm run build');
    const second = await build(by, files, { app: 'page' });
    expect(second.image).toBe(first.image);
    expect(second.lines).not.toContain('$ npm run build');
  });

  it('makes the same image of the same revision in two folders, at two times, by two portals', async () => {
    const [one, other] = [
      await build(builder('one'), SERVER),
      await build(builder('other'), SERVER),
    ];
    expect(one.image).toMatch(
      /^127\.0\.0\.1:\d+\/apps\/shop@sha256:[0-9a-f]{64}$/,
    );
    expect(other.image).toBe(one.image);
  });

  it('makes an image of a program of our own, the same by two portals, pushed once', async () => {
    const program = {
      name: 'callboard-agent',
      version: '1.2.3+local',
      title: 'Agent',
      main: 'bin/agent',
      files: {
        'bin/agent': Buffer.from('require("../dist/agent.cjs")\n'),
        'dist/agent.cjs': Buffer.from('console.log(process.getuid());\n'),
      },
    };
    const first = await builder('program-1').pushProgram(program, signal);
    const again = await builder('program-2').pushProgram(program, signal);
    expect(first).toMatchObject({
      ok: true,
      value: expect.stringMatching(
        /\/apps\/callboard-agent@sha256:[0-9a-f]{64}$/,
      ),
    });
    expect(again).toEqual(first);
    const other = await builder('program-1').pushProgram(
      { ...program, files: { 'bin/agent': Buffer.from('0;\n') } },
      signal,
    );
    expect(other.ok && other.value).not.toBe(first.ok && first.value);
    const { config } = await inspect(first.ok ? first.value : '');
    expect(config.config).toMatchObject({
      User: '65532:65532',
      Entrypoint: [
        '/usr/local/bin/node',
        '/usr/local/lib/callboard-agent/bin/agent',
      ],
      Labels: { 'org.opencontainers.image.version': '1.2.3+local' },
    });
  });

  it('runs as nobody in particular, from /workspace, with signals handed on, and says what it is', async () => {
    const { image } = await build(builder('one'), {
      ...SERVER,
      Procfile: 'web: node server.js --fast',
    });
    const { config } = await inspect(image!);
    expect(config.config).toMatchObject({
      User: '65532:65532',
      WorkingDir: '/workspace',
      Entrypoint: [
        '/usr/local/bin/node',
        '/usr/local/lib/callboard/entrypoint.cjs',
        'sh',
        '-c',
        'exec node server.js --fast "$@"',
        'sh',
      ],
      Labels: {
        'org.opencontainers.image.title': 'shop',
        'org.opencontainers.image.revision': REVISION,
      },
    });
    expect(config.rootfs.diff_ids).toHaveLength(3);
  });

  describeOnline('with dependencies', () => {
    it('keeps nothing of a build but layers that others may need', async () => {
      const by = builder('tidy');
      await build(by, {
        ...SERVER,
        'package.json': await fixture('manifest.json'),
        'package-lock.json': await fixture('npm.package-lock.json'),
      });
      expect(await readdir(join(folder, 'layers-tidy', 'builds'))).toEqual([]);
      expect(await readdir(join(folder, 'layers-tidy', 'layers'))).toEqual([
        expect.stringMatching(/^[0-9a-f]{64}$/),
        expect.stringMatching(/^dependencies-[0-9a-f]{64}\.json$/),
      ]);
    });

    it('sends only the layer that a one-line change made', async () => {
      const by = builder('lines');
      const big = Array.from({ length: 200 }, (_, n) => [
        `data/${n}.txt`,
        `${n}`.repeat(2_000),
      ]);
      const files = {
        ...SERVER,
        ...Object.fromEntries(big),
        'package.json': await fixture('manifest.json'),
        'package-lock.json': await fixture('npm.package-lock.json'),
      };
      const first = await build(by, files, { app: 'lines' });
      const second = await build(
        by,
        { ...files, 'server.js': `${SERVER['server.js']}// more\n` },
        { app: 'lines', revision: 'b'.repeat(40) },
      );
      const [before, after] = [
        (await inspect(first.image!)).manifest,
        (await inspect(second.image!)).manifest,
      ];
      expect(after.layers).toHaveLength(4);
      expect(after.layers.slice(0, -1)).toEqual(before.layers.slice(0, -1));
      const own = after.layers.at(-1)!;
      expect(own).not.toEqual(before.layers.at(-1));
      expect(second.lines.at(-1)).toBe(
        `image pushed, ${describeBytes(own.size + after.config.size)} sent`,
      );
    });

    it('runs install scripts where the platform allows them', async () => {
      const { image } = await build(
        builder('scripts', { allowScripts: true }),
        {
          ...SERVER,
          'package.json': await fixture('manifest.json'),
          'package-lock.json': await fixture('npm.package-lock.json'),
        },
        { app: 'scripts' },
      );
      expect(await listLayer(image!, -2)).toContain(
        '-rw-r--r-- workspace/node_modules/ran.txt',
      );
    });

    it('says which limit an install went over', async () => {
      const { outcome } = await build(
        builder('limits', { limits: { timeMs: 50 } }),
        {
          ...SERVER,
          'package.json': await fixture('manifest.json'),
          'package-lock.json': await fixture('npm.package-lock.json'),
        },
      );
      expect(outcome).toMatchObject({
        ok: false,
        problem: {
          code: 'build-over-time-limit',
          next: expect.stringContaining('callboard.builder.limits.seconds'),
        },
      });
    });
  });

  describeOnline.each([
    { manager: 'npm', lockfile: 'package-lock.json' },
    { manager: 'yarn-classic', lockfile: 'yarn.lock' },
    { manager: 'yarn', lockfile: 'yarn.lock' },
    { manager: 'pnpm', lockfile: 'pnpm-lock.yaml' },
  ])('dependencies by $manager', ({ manager, lockfile }) => {
    const files = async () => ({
      ...SERVER,
      'package.json': await fixture('manifest.json'),
      [lockfile]: await fixture(`${manager}.${lockfile}`),
    });

    it('are those of production, without install scripts, the same for two users', async () => {
      const otherArea = await RunArea.open({
        dataDir: join(folder, `as-portal-${manager}`),
        isRoot: false, // builds run as anyone who runs this test, not as a user of their own
      });
      const app = `by-${manager}`;
      const one = await build(builder(`${manager}-1`), await files(), { app });
      const other = await build(
        builder(`${manager}-2`, { area: otherArea }),
        await files(),
        { app },
      );
      expect(one.outcome).toMatchObject({ ok: true });
      expect(other.image).toBe(one.image);

      const entries = await listLayer(one.image!, -2);
      const at = (path: string) =>
        entries.find(entry => entry.split(' ')[1] === path)?.split(' ')[0];
      const modules = 'workspace/node_modules';
      expect(at(`${modules}/is-odd/package.json`)).toBe('-rw-r--r--');
      expect(at(`${modules}/is-number/package.json`)).toBe('-rw-r--r--'); // a dependency of a dependency
      expect(at(`${modules}/semver/bin/semver.js`)).toBe('-rwxr-xr-x');
      expect(at(`${modules}/.bin/semver`)).toMatch(/^lrwxrwxrwx$/);
      expect(at(`${modules}/is-even/package.json`)).toBeUndefined();
      expect(at(`${modules}/ran.txt`)).toBeUndefined();
    });

    it('are refused where the lockfile does not hold them', async () => {
      const given = await files();
      const manifest = JSON.parse(given['package.json']);
      manifest.dependencies['is-number'] = '^7.0.0';
      const { outcome } = await build(builder(`${manager}-stale`), {
        ...given,
        'package.json': JSON.stringify(manifest),
      });
      expect(outcome).toMatchObject({
        ok: false,
        problem: {
          code: 'dependencies-not-installed',
          next: expect.stringContaining('commit the lockfile'),
        },
      });
    });
  });

  it('attaches what is inside and where it came from', async () => {
    const { image, outcome } = await build(builder('one'), SERVER, {
      app: 'told',
    });
    const { attached } = await inspect(image!);
    const [evidence] = outcome.ok ? outcome.value.evidence! : [];
    expect(evidence).toMatchObject({
      image,
      sbom: { components: 2, mediaType: 'application/vnd.cyclonedx+json' },
      provenance: { builder: 'https://callboard.dev/builders/image' },
    });
    for (const { digest, mediaType } of [evidence.sbom, evidence.provenance]) {
      const read = await builder('reader').readEvidence(
        { image: image!, digest },
        signal,
      );
      expect(
        JSON.parse(Buffer.concat(read.ok ? read.value : []).toString()),
      ).toEqual(attached.find(({ type }) => type === mediaType)!.document);
    }
    expect(attached.map(({ type }) => type).sort()).toEqual([
      'application/vnd.cyclonedx+json',
      'application/vnd.in-toto+json',
    ]);
    const statement = attached.find(
      ({ type }) => type === 'application/vnd.in-toto+json',
    )!.document;
    expect(statement.subject[0].digest.sha256).toBe(image!.split('sha256:')[1]);
    expect(
      statement.predicate.buildDefinition.resolvedDependencies[0].digest
        .gitCommit,
    ).toBe(REVISION);
  });

  it('makes an image of a revision that depends on something only in development', async () => {
    const devDependencies = { 'is-number': '7.0.0' };
    const { outcome } = await build(builder('one'), {
      ...SERVER,
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
    expect(outcome).toMatchObject({ ok: true });
  });

  describeOnline('dependencies without a lockfile', () => {
    it('are resolved by the build, which warns and keeps the lockfile in the image and its provenance', async () => {
      const files = {
        ...SERVER,
        'package.json': JSON.stringify({
          name: 'shop',
          scripts: { start: 'node server.js' },
          dependencies: { 'is-number': '^7.0.0' },
        }),
      };
      const by = builder('unlocked');
      const app = 'unlocked';
      const { image, outcome } = await build(by, files, { app });
      const value = outcome.ok ? outcome.value : undefined;
      expect(value).toMatchObject({
        warnings: [
          'No lockfile: this build chose the versions of dependencies. Run "npm install" and commit package-lock.json',
        ],
        lockfile: { path: 'package-lock.json', isPushed: false },
      });
      expect(await listLayer(image!, -2)).toEqual(
        expect.arrayContaining([
          '-rw-r--r-- workspace/node_modules/is-number/package.json',
          '-rw-r--r-- workspace/package-lock.json',
        ]),
      );
      const { attached } = await inspect(image!);
      const provenance = attached.find(
        ({ type }) => type === 'application/vnd.in-toto+json',
      )!.document;
      expect(
        provenance.predicate.buildDefinition.resolvedDependencies.at(-1),
      ).toEqual({
        uri: 'file:package-lock.json',
        digest: { sha256: value!.lockfile!.digest.split(':')[1] },
      });
      const again = await build(by, files, { app });
      expect(again.outcome).toEqual(outcome);
    });

    it('of workspaces are those of all packages', async () => {
      const { image } = await build(
        builder('workspaces'),
        {
          ...SERVER,
          'package.json':
            '{"name":"shop","workspaces":["lib/*"],"dependencies":{"a":"*"}}',
          'lib/a/package.json':
            '{"name":"a","version":"1.0.0","dependencies":{"is-number":"7.0.0"}}',
        },
        { app: 'workspaces' },
      );
      const paths = (await listLayer(image!, -2)).map(entry =>
        entry.split(' ').slice(1).join(' '),
      );
      expect(paths).toEqual(
        expect.arrayContaining([
          'workspace/node_modules/is-number/package.json',
          'workspace/node_modules/a -> ../lib/a',
        ]),
      );
    });
  });

  it('removes an image with what is attached to it, and leaves what another one needs', async () => {
    const by = builder('removing');
    const images: string[] = [];
    for (const greeting of ['first', 'second']) {
      const { outcome } = await build(
        by,
        { 'server.js': `console.log('${greeting}');\n` },
        { app: 'removed', revision: greeting.padEnd(40, '0') },
      );
      if (!outcome.ok) throw new Error(outcome.problem.why);
      images.push(outcome.value.images.shop.web);
    }
    const [old, kept] = images;
    expect(by.storage.holds(old)).toBe(true);
    expect(by.storage.holds(old.replace('/apps/', '/others/'))).toBe(false);
    const alone = await by.storage.measure([old], [], signal);
    const measured = await by.storage.measure([old], [kept], signal);
    if (!alone.ok || !measured.ok) throw new Error('not measured');
    expect(measured.value.get(old)).toBeGreaterThan(0);
    expect(measured.value.get(old)).toBeLessThan(alone.value.get(old)! / 100);

    const attached = await listReferrers(sessionOf(registry), {
      repository: repositoryOf(old),
      digest: old.split('@')[1],
      signal,
    });
    if (!attached.ok) throw new Error(attached.problem.why);
    expect(attached.value).toHaveLength(2);
    expect(await by.storage.remove(old, signal)).toEqual({
      ok: true,
      value: undefined,
    });
    for (const { digest } of attached.value)
      expect(
        await readManifest(sessionOf(registry), {
          repository: repositoryOf(old),
          reference: digest,
          signal,
        }),
      ).toEqual({ ok: true, value: undefined });
    expect(await by.storage.measure([old], [kept], signal)).toEqual({
      ok: true,
      value: new Map(),
    });
    expect((await inspect(kept)).manifest.layers.length).toBeGreaterThan(0);
    expect((await by.storage.remove(old, signal)).ok).toBe(true);
  });

  it('refuses a Dockerfile with a next step', () => {
    expect(
      builder('one').check({
        app: 'shop',
        actor: 'user:default/ana',
        workloads: [workload],
        paths: ['Dockerfile', 'server.js'],
      }),
    ).toMatchObject({
      ok: false,
      problem: { code: 'dockerfile-needs-buildkit' },
    });
  });
});
