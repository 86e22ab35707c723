import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import { BuildPlace, RunArea } from '../../sandbox';
import {
  listReferrers,
  readBlob,
  readPlatformManifest,
  RegistrySession,
} from '../registry';
import { type TestRegistry, findRegistries } from '../testing/startRegistry';
import { ImageBuilder } from './ImageBuilder';

jest.setTimeout(60_000);

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

const registries = findRegistries();
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
      isRoot: process.getuid?.() === 0,
    });
  });
  afterAll(async () => {
    await registry.stop();
    await rm(area.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  /** A portal of its own: nothing is shared but the registry. */
  function builder(name: string): ImageBuilder {
    return new ImageBuilder({
      registry: `${registry.address}/apps`,
      insecure: true,
      node: process.execPath,
      architecture: 'amd64',
      place: new BuildPlace({ area, newId, portalEnv: process.env }),
      folder: join(folder, `layers-${name}`),
      newId,
      pause: async () => {},
      random: () => 0,
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
    const session = new RegistrySession({
      registry: registry.address,
      insecure: true,
      pause: async () => {},
      random: () => 0,
    });
    const [path, digest] = image.slice(registry.address.length + 1).split('@');
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

  it('sends only the layer that a one-line change made', async () => {
    const by = builder('one');
    const first = await build(by, SERVER, { app: 'lines' });
    const second = await build(
      by,
      { 'server.js': `${SERVER['server.js']}// more\n` },
      { app: 'lines', revision: 'b'.repeat(40) },
    );
    const [before, after] = [
      await inspect(first.image!),
      await inspect(second.image!),
    ];
    expect(after.manifest.layers.slice(0, -1)).toEqual(
      before.manifest.layers.slice(0, -1),
    );
    expect(after.manifest.layers.at(-1)).not.toEqual(
      before.manifest.layers.at(-1),
    );
    expect(second.lines.at(-1)).toMatch(/^image pushed, \d kB sent$/);
  });

  it('attaches what is inside and where it came from', async () => {
    const { image } = await build(builder('one'), SERVER, { app: 'told' });
    const { attached } = await inspect(image!);
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

  it('refuses dependencies that no lockfile pins', async () => {
    const packageJson = JSON.stringify({
      name: 'shop',
      scripts: { start: 'node server.js' },
      dependencies: { 'is-number': '*' },
    });
    const { outcome } = await build(builder('one'), {
      ...SERVER,
      'package.json': packageJson,
    });
    expect(outcome).toMatchObject({
      ok: false,
      problem: {
        code: 'lockfile-missing',
        next: expect.stringContaining('commit the lockfile'),
      },
    });
  });

  it('refuses a Dockerfile with a next step', () => {
    expect(
      builder('one').check({
        workloads: [workload],
        paths: ['Dockerfile', 'server.js'],
      }),
    ).toMatchObject({
      ok: false,
      problem: { code: 'dockerfile-needs-buildkit' },
    });
  });
});
