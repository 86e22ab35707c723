import { readFileSync, writeFileSync } from 'node:fs';
import { kubeconfigSource } from '@callboard/plugin-callboard-clusters-node';
import { API_VERSION } from '@callboard/plugin-callboard-common';
import type { ClusterSource } from '@callboard/plugin-callboard-node';
import { SimFleet } from '@callboard/sim';
import { CuttableLink } from './__testUtils__/CuttableLink';
import { TestPortal } from './__testUtils__/TestPortal';
import { eventually } from '@callboard/testing';
import {
  type Mode,
  type StartedCluster,
  findObstacle,
  startCluster,
} from './__testUtils__/startCluster';

const LIVENESS_MS = 6_000;
const TOKEN = 'of-the-simulated-cluster';

/** How a container is made to crash, and what its findings must tell. Played ones say nothing. */
const WAYS: Array<{
  mode: Mode;
  crash: { args?: string[]; outcome?: string };
  exitCode: string;
  lastLine: string;
}> = [
  { mode: 'played', crash: { outcome: 'crash' }, exitCode: '1', lastLine: '' },
  {
    mode: 'real',
    crash: { args: ['crash', '3'] },
    exitCode: '3',
    lastLine: 'cannot connect to database',
  },
];

/** A push story on a Kubernetes that is one, beside a simulated cluster, in one portal. */
for (const { mode, crash, exitCode, lastLine } of WAYS) {
  const obstacle = findObstacle(mode);
  const describeHere = obstacle === undefined ? describe : describe.skip;
  describeHere(
    `a push on ${mode} nodes${
      obstacle === undefined ? '' : ` (skipped: ${obstacle})`
    }`,
    () => {
      let cluster: StartedCluster;
      let link: { cut(): void; mend(): void; close(): Promise<void> };
      let fleet: SimFleet;
      let portal: TestPortal;

      beforeAll(async () => {
        cluster = await startCluster(mode);
        fleet = await SimFleet.listen();
        fleet.addCluster({
          name: 'eu-1',
          token: TOKEN,
          nodes: [{ name: 'node-0', cpu: '8', memory: '16Gi' }],
        });
        const reached = await reach(cluster);
        link = reached.link;
        portal = await TestPortal.start([sourceOf(reached.kubeconfig, fleet)]);
      }, 180_000);

      afterAll(async () => {
        await portal?.stop();
        await link?.close();
        await fleet?.close();
        await cluster?.stop();
      }, 30_000);

      const score = (options: { args?: string[]; outcome?: string } = {}) => ({
        'score.yaml': JSON.stringify({
          apiVersion: 'score.dev/v1b1',
          metadata: {
            name: 'web',
            ...(options.outcome && {
              annotations: { 'trial/outcome': options.outcome },
            }),
          },
          containers: {
            web: {
              image: `${cluster.registry ?? 'registry.example'}/trial:1`,
              ...(options.args && { args: options.args }),
              variables: { MESSAGE: 'hello from a real node' },
              readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
            },
          },
          service: { ports: { web: { port: 80, targetPort: 8080 } } },
        }),
      });

      it('turns Healthy, and the page shows its instances', async () => {
        const lines = await portal.push('shop', score());
        expect(lines.join('\n')).toMatch(/Healthy/);
        const dev = await portal.environment('shop', 'dev');
        expect(dev.health.status).toBe('Healthy');
        expect(dev.clusters).toMatchObject([
          {
            cluster: 'real-1',
            release: 1,
            sync: 'Synced',
            health: { status: 'Healthy' },
            freshness: 'live',
            instances: { ready: 1, wanted: 1 },
          },
        ]);
      }, 90_000);

      it('runs beside a simulated cluster in the same portal', async () => {
        await portal.promote('shop', 'prod', 1);
        await eventually(
          'it is Healthy in prod on the simulated cluster',
          async () => {
            const prod = await portal.environment('shop', 'prod');
            expect(
              prod.clusters.map(
                each => `${each.cluster} ${each.health.status}`,
              ),
            ).toEqual(['eu-1 Healthy']);
          },
          30_000,
        );
      }, 60_000);

      it('gives both clusters their blueprint', async () => {
        await eventually(
          'golden is applied everywhere',
          async () => {
            const clusters = await portal.controlPlane.listClusters();
            expect(
              clusters.map(
                each =>
                  `${each.name} ${each.blueprint?.name} ${each.blueprint?.state}`,
              ),
            ).toEqual(['eu-1 golden applied', 'real-1 golden applied']);
            expect(clusters.flatMap(each => each.blueprint?.drift)).toEqual([]);
          },
          30_000,
        );
      }, 60_000);

      it('turns Degraded when the next release crashes, and says how', async () => {
        await portal.push('shop', score(crash));
        const dev = await eventually(
          'it is Degraded',
          async () => {
            const environment = await portal.environment('shop', 'dev');
            expect(environment.health.status).toBe('Degraded');
            expect(environment.findings[0]).toBeDefined();
            expect(environment.findings[0].logTail.join('\n')).toContain(
              lastLine,
            );
            return environment;
          },
          60_000,
        );
        const [finding] = dev.findings;
        expect(finding.next).not.toBe('');
        expect(JSON.stringify(finding.evidence)).toContain(exitCode);
        await eventually(
          'production keeps what it has, once its wave was watched',
          async () => {
            const prod = await portal.environment('shop', 'prod');
            expect(prod.release?.number).toBe(1);
            expect(prod.health.status).toBe('Healthy');
          },
          30_000,
        );
      }, 120_000);

      // Nodes that are played say nothing of how a task ended.
      if (mode === 'real')
        it('holds a release until its task has succeeded, and says how one failed', async () => {
          const push = (task: string[]) =>
            portal.push('bank', {
              ...score(),
              'migrate/score.yaml': JSON.stringify({
                apiVersion: 'score.dev/v1b1',
                metadata: { name: 'migrate' },
                containers: {
                  main: { image: `${cluster.registry}/trial:1`, args: task },
                },
              }),
              'app.yaml': JSON.stringify({
                apiVersion: API_VERSION,
                kind: 'App',
                metadata: { name: 'bank' },
                spec: {
                  deploy: {
                    migrate: {
                      kind: 'Job',
                      runs: 'before-release',
                      retries: 0,
                    },
                  },
                },
              }),
            });
          const lines = await push(['done', '0']);
          expect(lines.join('\n')).toMatch(/Healthy/);
          const succeeded = async () =>
            (await portal.controlPlane.listJournal({ app: 'bank' }))
              .filter(({ action }) => action === 'release.task-succeeded')
              .map(({ release }) => release);
          expect(await succeeded()).toEqual([1]);

          await push(['crash', '3']);
          const dev = await eventually(
            'the task that failed is told',
            async () => {
              const environment = await portal.environment('bank', 'dev');
              expect(environment.health.status).toBe('Degraded');
              expect(environment.findings[0]?.logTail.join('\n')).toContain(
                lastLine,
              );
              return environment;
            },
            60_000,
          );
          expect(dev.findings[0]).toMatchObject({
            workload: 'migrate',
            code: 'crashed-at-start',
          });
          expect(JSON.stringify(dev.findings[0].evidence)).toContain(exitCode);
          const view = await portal.controlPlane.readKubernetesView({
            app: 'bank',
            environment: 'dev',
            cluster: 'real-1',
          });
          const web = view.ok
            ? view.value.objects.find(
                each => each.kind === 'Deployment' && each.name === 'web',
              )
            : undefined;
          expect(web?.yaml).toContain('callboard.dev/release: "1"');
          expect(await succeeded()).toEqual([1]);
        }, 120_000);

      it('turns Unknown within the deadline when the link is cut, and converges after mending', async () => {
        link.cut();
        const cutAt = Date.now();
        await eventually(
          'all that runs there is Unknown',
          async () => {
            const dev = await portal.environment('shop', 'dev');
            expect(dev.health.status).toBe('Unknown');
            expect(dev.clusters[0].freshness).not.toBe('live');
            expect(dev.clusters[0].health.message).toMatch(/last seen/i);
          },
          LIVENESS_MS * 3,
        );
        const noticedMs = Date.now() - cutAt;
        expect(noticedMs).toBeLessThan(LIVENESS_MS + 2_000);
        const prod = await portal.environment('shop', 'prod');
        expect(prod.health.status).toBe('Healthy'); // one sick cluster harms nobody else

        await portal.pushAndLeave('shop', score()); // nobody there hears it
        link.mend();
        await eventually(
          'the release that was pushed meanwhile runs',
          async () => {
            const dev = await portal.environment('shop', 'dev');
            expect(dev.clusters).toMatchObject([
              {
                release: 3,
                sync: 'Synced',
                health: { status: 'Healthy' },
                freshness: 'live',
              },
            ]);
          },
          60_000,
        );
      }, 180_000);
    },
  );
}

/** The real cluster for `dev`, the simulated one for `prod`. */
function sourceOf(kubeconfig: string, fleet: SimFleet): ClusterSource {
  const shared = {
    blueprint: 'golden',
    livenessDeadlineMs: LIVENESS_MS,
    exposure: { type: 'ClusterIP' } as const,
  };
  return kubeconfigSource([
    {
      name: 'real-1',
      labels: { env: 'dev', region: 'lab' },
      kubeconfig: { file: kubeconfig },
      ...shared,
    },
    {
      name: 'eu-1',
      labels: { env: 'prod', region: 'eu' },
      url: fleet.urlOf('eu-1'),
      token: TOKEN,
      ...shared,
    },
  ]);
}

/** How the cluster is reached: by its own link where that can be cut, else by one of ours. */
async function reach(cluster: StartedCluster) {
  const { cut, mend } = cluster;
  if (cut && mend)
    return {
      kubeconfig: cluster.kubeconfig,
      link: { cut, mend, close: async () => undefined },
    };
  const { hostname, port } = new URL(cluster.server);
  const link = await CuttableLink.open({ host: hostname, port: Number(port) });
  const kubeconfig = `${cluster.kubeconfig}-by-link`;
  const text = readFileSync(cluster.kubeconfig, 'utf8').replace(
    cluster.server,
    `https://127.0.0.1:${link.port}`,
  );
  writeFileSync(kubeconfig, text, { mode: 0o600 });
  return { kubeconfig, link };
}
