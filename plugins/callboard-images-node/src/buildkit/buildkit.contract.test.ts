import { randomUUID } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import {
  BuildPlace,
  DEFAULT_BUILD_LIMITS,
  RunArea,
} from '@callboard/plugin-callboard-sandbox-node';
import { extract } from 'tar-stream';
import { ensureOwnBaseImage } from '../base';
import { ImageBuilder } from '../build/ImageBuilder';
import { parseImageReference } from '../oci/ImageReference';
import {
  type RegistryCredentials,
  RegistrySession,
  readBlob,
  readPlatformManifest,
} from '../registry';
import {
  type TestBuildkitd,
  findBuildkitds,
} from '../__testUtils__/startBuildkitd';
import {
  type TestRegistry,
  findRegistries,
} from '../__testUtils__/startRegistry';
import { BuildkitClient } from './BuildkitClient';

jest.setTimeout(120_000);

const REVISION = 'b'.repeat(40);
const ACCOUNT = { username: 'callboard', password: 'only for pushing' };
const { signal } = new AbortController();
const registries = findRegistries();
const workload: ScoreWorkload = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'shop' },
  containers: { web: { image: '.' } },
};

(registries.length > 0 ? describe : describe.skip).each(findBuildkitds())(
  'a Dockerfile, built by $name',
  ({ start }) => {
    let registry: TestRegistry;
    let guarded: { address: string; close(): void };
    let daemon: TestBuildkitd;
    let folder: string;
    let base: string;

    beforeAll(async () => {
      registry = await registries[0].start();
      guarded = await guard(registry);
      daemon = await start([registry.address, guarded.address]);
      folder = await mkdtemp(join(tmpdir(), 'dockerfiles-'));
      const own = await ensureOwnBaseImage(sessionTo(registry.address), {
        repository: 'callboard-base',
        node: process.execPath,
        architecture: 'amd64',
        folder,
        newId: randomUUID,
        signal,
      });
      if (!own.ok) throw new Error(own.problem.what);
      base = `${registry.address}/callboard-base:node-${process.versions.node}-amd64-2`;
    });
    afterAll(async () => {
      await daemon.stop();
      guarded.close();
      await registry.stop();
      await rm(folder, { recursive: true, force: true });
    });

    async function checkout(files: Record<string, string>): Promise<string> {
      const place = join(folder, randomUUID());
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(place, path)), { recursive: true });
        await writeFile(join(place, path), text);
      }
      return place;
    }

    async function build(
      place: string,
      {
        url = daemon.url,
        host = registry.address,
        credentials,
        stop = signal,
        onLine = () => undefined,
        silenceMs,
      }: {
        url?: string;
        host?: string;
        credentials?: RegistryCredentials;
        stop?: AbortSignal;
        onLine?: (line: string) => unknown;
        silenceMs?: number;
      } = {},
    ) {
      const lines: string[] = [];
      const area = await RunArea.open({ dataDir: folder, isRoot: false });
      const builder = new ImageBuilder({
        registry: `${host}/apps`,
        insecure: true,
        ...(credentials && { credentials: () => credentials }),
        buildkit: new BuildkitClient({ url }, { silenceMs }),
        node: process.execPath,
        architecture: 'amd64',
        place: new BuildPlace({
          area,
          newId: randomUUID,
          portalEnv: {},
          limits: DEFAULT_BUILD_LIMITS,
        }),
        folder: join(folder, 'cache'),
        newId: randomUUID,
        clock: { now: () => new Date() },
        pause: async () => undefined,
        random: () => 0,
      });
      const built = await builder.build({
        app: 'shop',
        revision: REVISION,
        folder: place,
        workloads: [workload],
        signal: stop,
        onOutput: line => {
          lines.push(line);
          onLine(line);
        },
      });
      return { builder, built, lines };
    }

    it('holds what the Dockerfile copies, without what .dockerignore names', async () => {
      const place = await checkout({
        Dockerfile: 'FROM scratch\nCOPY . /app\n',
        '.dockerignore':
          '# secrets\n.env\ndocs/**\n*.md\n!keep.md\nDockerfile\n',
        'server.js': 'listen',
        '.env': 'TOKEN=1',
        'docs/guide.txt': 'left out',
        'read.md': 'left out',
        'keep.md': 'kept',
        'src/a-b.js': '1',
        'src/a/b.js': '2',
        'src/empty': '',
        'start.sh': '#!/bin/sh',
        'node_modules/left-pad/package.json':
          '{"name":"left-pad","version":"1.3.0","license":"WTFPL"}',
      });
      await chmod(join(place, 'start.sh'), 0o755);
      await symlink('server.js', join(place, 'link.js'));
      const { built, lines } = await build(place);
      if (!built.ok)
        throw new Error(`${built.problem.why}\n${lines.join('\n')}`);
      const image = built.value.images.shop.web;
      expect(await listFiles(image)).toEqual(
        [
          '755 file app/start.sh',
          '644 file app/.dockerignore',
          '644 file app/keep.md',
          '777 symlink app/link.js -> server.js',
          '644 file app/node_modules/left-pad/package.json',
          '644 file app/server.js',
          '644 file app/src/a-b.js',
          '644 file app/src/a/b.js',
          '644 file app/src/empty',
        ].sort(),
      );
      const [evidence] = built.value.evidence!;
      expect(evidence.provenance.builder).toBe(
        'https://callboard.dev/builders/buildkit',
      );
      expect(evidence.sbom.components).toBe(1);
      const { config } = await inspect(image);
      expect(config.config.Labels).toMatchObject({
        'org.opencontainers.image.title': 'shop',
        'org.opencontainers.image.revision': REVISION,
      });
    });

    it('has the same digest when nothing changed', async () => {
      const files = { Dockerfile: 'FROM scratch\nCOPY . /\n', 'a.txt': 'a' };
      const digests = [];
      for (const place of [await checkout(files), await checkout(files)]) {
        const { built } = await build(place);
        digests.push(built.ok && built.value.images.shop.web);
      }
      expect(digests[0]).toMatch(/@sha256:/);
      expect(digests[1]).toBe(digests[0]);
    });

    it('says which step failed, with what it printed', async () => {
      const { built, lines } = await build(
        await checkout({
          Dockerfile: `FROM ${base}\nRUN echo hammer; exit 3\n`,
        }),
      );
      expect(built).toMatchObject({
        ok: false,
        problem: {
          code: 'dockerfile-build-failed',
          why: expect.stringMatching(/echo hammer.*exit code: 3$/),
        },
      });
      expect(lines).toContain('hammer');
    });

    it('says which base image there is not', async () => {
      const missing = `${registry.address}/nothing:here`;
      const { built } = await build(
        await checkout({ Dockerfile: `FROM ${missing}\n` }),
      );
      expect(built).toMatchObject({
        ok: false,
        problem: { why: expect.stringContaining(`${missing}: not found`) },
      });
    });

    it('signs in to the registry of the images with our account', async () => {
      const place = await checkout({ Dockerfile: 'FROM scratch\nCOPY . /\n' });
      const host = guarded.address;
      const { built } = await build(place, { host, credentials: ACCOUNT });
      expect(built.ok).toBe(true);
      const refused = await build(place, { host });
      expect(refused.built.ok).toBe(false);
      expect(JSON.stringify([built, refused.lines])).not.toContain(
        ACCOUNT.password,
      );
    });

    it('ends when its time is over', async () => {
      const stop = new AbortController();
      const place = await checkout({
        Dockerfile: `FROM ${base}\nRUN sleep 100\n`,
      });
      const { built } = await build(place, {
        stop: stop.signal,
        onLine: line => line.includes('sleep') && stop.abort(),
      });
      expect(built).toMatchObject({
        ok: false,
        problem: { code: 'build-ended' },
      });
    });

    it('ends when the daemon says nothing of it for too long', async () => {
      const place = await checkout({
        Dockerfile: `FROM ${base}\nRUN sleep 100\n`,
      });
      const { built } = await build(place, { silenceMs: 3_000 });
      expect(built).toMatchObject({
        ok: false,
        problem: {
          code: 'build-over-silence-limit',
          next: expect.stringContaining('silentSeconds'),
        },
      });
    });

    it('says when no daemon answers', async () => {
      const place = await checkout({ Dockerfile: 'FROM scratch\n' });
      const url = `unix://${join(folder, 'nobody.sock')}`;
      const { built } = await build(place, { url });
      expect(built).toMatchObject({
        ok: false,
        problem: { code: 'buildkit-unreachable', transient: true },
      });
    });

    async function inspect(image: string) {
      const parsed = parseImageReference(image);
      if (!parsed.ok) throw new Error(parsed.problem.why);
      const { repository, digest } = parsed.value;
      const session = sessionTo(parsed.value.registry);
      const found = await readPlatformManifest(session, {
        repository,
        reference: digest!,
        architecture: 'amd64',
        signal,
      });
      if (!found.ok) throw new Error(found.problem.what);
      const { manifest } = found.value;
      const read = async (descriptor: typeof manifest.config) => {
        const bytes = await readBlob(session, {
          repository,
          descriptor,
          maxBytes: 1e8,
          signal,
        });
        if (!bytes.ok) throw new Error(bytes.problem.what);
        return bytes.value;
      };
      return {
        config: JSON.parse((await read(manifest.config)).toString()),
        layers: await Promise.all(manifest.layers.map(read)),
      };
    }

    async function listFiles(image: string): Promise<string[]> {
      const { layers } = await inspect(image);
      const found: string[] = [];
      for (const layer of layers) {
        const tar = Readable.from([layer]).pipe(createGunzip()).pipe(extract());
        for await (const entry of tar) {
          const { name, type, mode, linkname } = entry.header;
          if (type !== 'directory')
            found.push(
              `${(mode ?? 0).toString(8)} ${type} ${name}${
                linkname ? ` -> ${linkname}` : ''
              }`,
            );
          entry.resume();
        }
      }
      return found.sort();
    }
  },
);

function sessionTo(registry: string): RegistrySession {
  return new RegistrySession({
    registry,
    insecure: true,
    credentials: ACCOUNT,
    pause: async () => undefined,
    random: () => 0,
  });
}

/** The registry behind a door that asks for the account. */
async function guard({ address }: TestRegistry) {
  const wanted = `Basic ${Buffer.from(
    `${ACCOUNT.username}:${ACCOUNT.password}`,
  ).toString('base64')}`;
  const [host, port] = address.split(':');
  const server = createServer((req, res) => {
    if (req.headers.authorization !== wanted) {
      res.writeHead(401, { 'www-authenticate': 'Basic realm="images"' }).end();
      return;
    }
    const { url, method, headers } = req;
    const inner = request(
      { host, port, path: url, method, headers },
      answer => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    inner.on('error', () => res.destroy());
    req.pipe(inner);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
