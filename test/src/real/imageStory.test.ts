import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { kubeconfigSource } from '@callboard/plugin-callboard-clusters-node';
import type { PullCredentials } from '@callboard/plugin-callboard-control-plane';
import { ImageBuilder } from '@callboard/plugin-callboard-images-node';
import { BuildPlace, RunArea } from '@callboard/plugin-callboard-sandbox-node';
import { TestPortal } from './__testUtils__/TestPortal';
import { eventually } from '@callboard/testing';
import {
  type StartedCluster,
  findObstacle,
  startCluster,
} from './__testUtils__/startCluster';

const FIXTURES = join(
  __dirname,
  '../../../plugins/callboard-images-node/src/build/__fixtures__',
);

const SERVER = `
const isOdd = require('is-odd');
const kept = [];
require('node:http')
  .createServer((request, response) => {
    if (request.url === '/eat') setInterval(() => kept.push(Buffer.alloc(8e6, 1)), 20);
    response.end('7 is odd: ' + isOdd(7) + ', as user ' + process.getuid());
  })
  .listen(8080, () => console.log('listening on 8080'));
`;

const score = (options: { memory?: string } = {}) =>
  JSON.stringify({
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    containers: {
      web: {
        image: '.',
        readinessProbe: { httpGet: { path: '/', port: 8080 } },
        ...(options.memory && {
          resources: {
            requests: { memory: options.memory },
            limits: { memory: options.memory },
          },
        }),
      },
    },
    service: { ports: { web: { port: 80, targetPort: 8080 } } },
  });

const files = (over: Record<string, string> = {}) => ({
  'score.yaml': score(),
  'server.js': SERVER,
  'package.json': readFileSync(join(FIXTURES, 'manifest.json'), 'utf8'),
  'package-lock.json': readFileSync(
    join(FIXTURES, 'npm.package-lock.json'),
    'utf8',
  ),
  ...over,
});

const obstacle = findObstacle('real');
const describeHere = obstacle === undefined ? describe : describe.skip;

/** Pushed code becomes images that run on a node, without a container engine anywhere but there. */
describeHere(
  `images on a real node${
    obstacle === undefined ? '' : ` (skipped: ${obstacle})`
  }`,
  () => {
    let cluster: StartedCluster;
    let folder: string;
    let area: RunArea;
    const portals: TestPortal[] = [];

    beforeAll(async () => {
      cluster = await startCluster('real');
      folder = mkdtempSync(join(tmpdir(), 'callboard-images-'));
      area = await RunArea.open({ dataDir: folder, isRoot: true });
    }, 180_000);

    afterAll(async () => {
      for (const portal of portals) await portal.stop();
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
      rmSync(area.folder, { recursive: true, force: true });
    }, 30_000);

    function builderTo(
      repository: string,
      credentials?: { username: string; password: string },
    ): ImageBuilder {
      return new ImageBuilder({
        registry: `${cluster.registry}/${repository}`,
        insecure: true,
        ...(credentials && { credentials: () => credentials }),
        node: process.execPath,
        architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
        place: new BuildPlace({
          area,
          newId: randomUUID,
          portalEnv: process.env,
        }),
        folder: join(folder, repository),
        newId: randomUUID,
        clock: { now: () => new Date() },
        pause: ms => wait(ms),
        random: Math.random,
      });
    }

    async function start(
      builder: ImageBuilder,
      pullCredentials?: () => readonly PullCredentials[],
    ): Promise<TestPortal> {
      const source = kubeconfigSource([
        {
          name: 'real-1',
          labels: { env: 'dev', region: 'lab' },
          kubeconfig: { file: cluster.kubeconfig },
          exposure: { type: 'NodePort', host: cluster.node! },
        },
      ]);
      const portal = await TestPortal.start([source], {
        builders: [builder],
        ...(pullCredentials && { pullCredentials }),
      });
      portals.push(portal);
      return portal;
    }

    async function answerOf(portal: TestPortal, path = '/'): Promise<string> {
      const dev = await portal.environment('shop', 'dev');
      const [url] = dev.clusters[0].urls;
      const response = await fetch(`${url}${path}`, {
        signal: AbortSignal.timeout(5_000),
      });
      return response.text();
    }

    describe('from a registry for everybody', () => {
      let portal: TestPortal;

      beforeAll(async () => {
        portal = await start(builderTo('apps'));
      }, 60_000);

      it('run pushed code with its dependencies, not as root, and answer over the Service', async () => {
        const lines = await portal.push('shop', files());
        expect(lines.join('\n')).toMatch(/Healthy/);
        await eventually(
          'it answers',
          async () =>
            expect(await answerOf(portal)).toBe(
              '7 is odd: true, as user 65532',
            ),
          10_000,
        );
        const logs = await portal.controlPlane.readLogs({
          app: 'shop',
          environment: 'dev',
          cluster: 'real-1',
          filter: { tail: 10 },
        });
        expect(logs).toMatchObject({
          ok: true,
          value: [{ text: 'listening on 8080' }],
        });
      }, 120_000);

      it('say what is inside and where it came from', async () => {
        const releases = await portal.controlPlane.listReleases('shop');
        const [release] = releases.ok ? releases.value : [];
        const [evidence] = release.evidence!;
        expect(evidence.image).toBe(release.workloads[0].images.web);
        const sbom = await portal.controlPlane.readReleaseEvidence({
          app: 'shop',
          release: 1,
          kind: 'sbom',
        });
        expect(
          JSON.parse(Buffer.concat(sbom.ok ? sbom.value : []).toString()),
        ).toMatchObject({
          bomFormat: 'CycloneDX',
          components: expect.arrayContaining([
            expect.objectContaining({ name: 'is-odd', version: '3.0.1' }),
          ]),
        });
      });

      it('follow a second push of one line', async () => {
        const changed = SERVER.replace('is odd:', 'is surely odd:');
        const lines = await portal.push(
          'shop',
          files({ 'server.js': changed }),
        );
        expect(lines.join('\n')).toMatch(/Healthy/);
        await eventually(
          'the new line answers',
          async () => expect(await answerOf(portal)).toContain('is surely odd'),
          10_000,
        );
      }, 120_000);

      it('are killed when they eat memory, and the page says the limit', async () => {
        await portal.push(
          'shop',
          files({ 'score.yaml': score({ memory: '96Mi' }) }),
        );
        await eventually(
          'it is killed, and the reason is told',
          async () => {
            await answerOf(portal, '/eat').catch(() => undefined); // it may be down just now
            const { findings } = await portal.environment('shop', 'dev');
            expect(findings[0]?.code).toBe('out-of-memory');
            expect(JSON.stringify(findings[0])).toMatch(/96 ?Mi/);
          },
          90_000,
        );
      }, 180_000);
    });

    describe('from a registry that asks who pulls', () => {
      const trial = { username: 'trial', password: 'secret' };
      let mayPull = false;
      let portal: TestPortal;

      beforeAll(async () => {
        portal = await start(builderTo('private', trial), () =>
          mayPull
            ? [{ registry: `${cluster.registry}/private`, ...trial }]
            : [],
        );
      }, 60_000);

      it('are not run without the right to pull, and the page says so', async () => {
        await portal.pushAndLeave('shop', files());
        await eventually(
          'it says that the right is missing',
          async () => {
            const { findings } = await portal.environment('shop', 'dev');
            expect(findings[0]?.code).toBe('registry-credentials');
            expect(findings[0].next).not.toBe('');
          },
          90_000,
        );
      }, 120_000);

      it('are run once the platform has it, and the secret is not told', async () => {
        mayPull = true;
        await portal.push('shop', files({ 'README.md': 'again' }));
        const dev = await portal.environment('shop', 'dev');
        expect(dev.health.status).toBe('Healthy');
        const view = await portal.controlPlane.readKubernetesView({
          app: 'shop',
          environment: 'dev',
          cluster: 'real-1',
        });
        expect(JSON.stringify(view)).toContain('callboard-registry');
        expect(JSON.stringify(view)).not.toContain(
          Buffer.from('trial:secret').toString('base64'),
        );
      }, 120_000);
    });

    it('are refused by the registry in words: which repository, what is missing', async () => {
      const wrong = { username: 'trial', password: 'guessed' };
      const portal = await start(builderTo('private', wrong));
      const lines = await portal.push('bank', files());
      expect(lines.join('\n')).toMatch(/private\//);
      expect(lines.join('\n')).not.toContain('guessed');
    }, 90_000);
  },
);
