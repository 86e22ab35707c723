import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { SimFleet } from '@callboard/sim';
import { freePort } from '@callboard/testing';
import { BarePortal } from '../../src/support/BarePortal';
import { PostgresServer } from '../../src/support/PostgresServer';
import { SiteAgent } from '../../src/support/SiteAgent';
import { ClusterWitness } from './ClusterWitness';
import type { Ledger } from './Ledger';

const CLUSTER_TOKEN = 'of-the-simulated-clusters';
/** Reached directly; `prod-3` joins through an agent. */
const CONFIGURED = ['dev-1', 'dev-2', 'prod-1', 'prod-2'];
const JOINED = 'prod-3';
/** Of PostgreSQL, where the next process waits until they have run out; 15 s in a company. */
const LEASE_MS = 1_500;
const AGAIN_MS = 50;

/** A portal with its clusters, its agent and its database: all that can be killed. */
export class Company {
  readonly folder: string;
  readonly portal: BarePortal;
  readonly clusters: SimFleet;
  readonly witness: ClusterWitness;
  readonly postgres: PostgresServer | undefined;
  readonly ledger: Ledger;
  /** When the process that runs was told to begin. */
  startedAt = 0;
  #agent: SiteAgent | undefined;
  /** Process that was killed last. */
  #killed = 0;
  #isClosing = false;
  #isBack: Promise<void> = Promise.resolve();

  static async open(
    database: 'sqlite' | 'postgres',
    ledger: Ledger,
  ): Promise<Company> {
    const clusters = await SimFleet.listen({ seed: 1 });
    const company = new Company(clusters, ledger, {
      port: await freePort(),
      postgres: database === 'postgres' ? PostgresServer.start() : undefined,
    });
    try {
      company.start();
      await company.whenBack();
      company.#agent = await company.join(JOINED, { env: 'prod' });
      return company;
    } catch (error) {
      await company.close();
      throw error;
    }
  }

  private constructor(
    clusters: SimFleet,
    ledger: Ledger,
    { port, postgres }: { port: number; postgres?: PostgresServer },
  ) {
    this.ledger = ledger;
    this.clusters = clusters;
    this.postgres = postgres;
    this.witness = new ClusterWitness(clusters, what => ledger.violate(what));
    [...CONFIGURED, JOINED].forEach(name => this.#addCluster(name));
    this.folder = mkdtempSync(join(tmpdir(), 'callboard-kills-'));
    writePlatform(join(this.folder, 'platform/environments'));
    this.portal = new BarePortal({
      folder: this.folder,
      port,
      intervals: { leaseTtlMs: LEASE_MS, tailMs: 200, backOffMaxMs: 2_000 },
      ...(postgres && { database: postgres.database }),
      callboard: {
        platform: [join(this.folder, 'platform')],
        agentUrl: `http://127.0.0.1:${port}`,
        agent: { image: 'registry.example/callboard-agent:1' },
        clusters: CONFIGURED.map(name => ({
          name,
          labels: { env: name.split('-')[0] },
          url: clusters.urlOf(name),
          token: CLUSTER_TOKEN,
          allowPlainHttp: true,
        })),
      },
    });
  }

  /** Begins the next life of the portal. */
  start(): void {
    const startedAt = performance.now();
    this.startedAt = startedAt;
    const { ready, ended, pid } = this.portal.start();
    let isReady = false;
    ended.then(() => this.#afterEnd(pid, isReady));
    this.#isBack = ready.then(
      async () => {
        isReady = true;
        while (this.portal.pid === pid && !(await this.#answers()))
          await rest(10);
        this.ledger.backAfterMs.push(performance.now() - startedAt);
      },
      () => {}, // it ended before
    );
  }

  /** What a service manager does: starts again what ended. By itself only a start may end, where there is no database. */
  #afterEnd(pid: number, wasReady: boolean): void {
    if (this.#isClosing) return;
    if (pid !== this.#killed) {
      this.ledger.noteAnswer('start without a database');
      if (wasReady || !this.postgres)
        this.ledger.violate(
          `the portal ended by itself: ${this.portal.output.slice(-2_000)}`,
        );
    }
    this.start();
  }

  /** Resolves when a portal answers, however often it is killed meanwhile. */
  async whenBack(): Promise<void> {
    for (;;) {
      const back = this.#isBack;
      await back;
      if (back === this.#isBack && (await this.#answers())) return;
      await rest(AGAIN_MS);
    }
  }

  async killPortal(): Promise<void> {
    this.#killed = this.portal.pid;
    this.portal.signal('SIGKILL');
    await this.portal.ended();
  }

  killAgent(): Promise<void> {
    return this.#agent!.killAndRestart();
  }

  /** kill -9 of the server and all its processes, and its next start. */
  async killDatabase(): Promise<void> {
    await this.postgres!.kill();
    this.postgres!.begin();
  }

  /** Registers a cluster and starts its agent there. */
  async join(name: string, labels: Record<string, string>): Promise<SiteAgent> {
    if (!this.clusters.clusters().some(each => each.name === name))
      this.#addCluster(name);
    let path = '/clusters';
    for (;;) {
      await this.whenBack();
      const registered = await this.ask<{ join?: { manifestUrl: string } }>(
        path,
        {
          method: 'POST',
          body: path === '/clusters' ? { name, labels } : {},
        },
      );
      // Nobody heard the answer to the first one: the token in it is lost.
      if (registered?.status === 409) path = `/clusters/${name}/join`;
      const url = registered?.body.join?.manifestUrl;
      const agent =
        url &&
        (await SiteAgent.start(url, {
          server: this.clusters.urlOf(name),
          token: CLUSTER_TOKEN,
        }).catch(() => undefined)); // the portal was killed before the manifest was read
      if (agent) return agent;
      await rest(AGAIN_MS);
    }
  }

  /** Asks the portal. @returns nothing where nobody answered */
  async ask<T>(
    path: string,
    init: { method?: string; body?: unknown } = {},
  ): Promise<{ status: number; body: T } | undefined> {
    try {
      const answer = await this.portal.api<T>(path, init);
      const { code } = answer.body as { code?: string };
      this.ledger.noteAnswer(`${answer.status}${code ? ` ${code}` : ''}`);
      if (answer.status === 500)
        this.ledger.violate(
          `${init.method ?? 'GET'} ${path}: ${JSON.stringify(answer.body)}`,
        );
      return answer;
    } catch {
      this.ledger.noteAnswer('none');
      return undefined;
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#agent?.stop();
    await this.portal.close();
    this.postgres?.remove();
    await this.clusters.close();
  }

  /** Of what was written, too. */
  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    return (await this.ask('/fleet'))?.status === 200;
  }

  #addCluster(name: string): void {
    const cluster = this.clusters.addCluster({
      name,
      nodes: [{ name: `${name}-a`, cpu: '8', memory: '16Gi', pods: 100 }],
      token: CLUSTER_TOKEN,
      timing: { syncMs: 50, warmUpMs: 100 },
    });
    this.witness.watch(cluster);
  }
}

function writePlatform(folder: string): void {
  const select = (env: string) => ({
    predicates: [
      {
        requiredClusterSelector: {
          labelSelector: { matchLabels: { env } },
        },
      },
    ],
  });
  const environments = [
    {
      name: 'dev',
      spec: { order: 1, placement: { numberOfClusters: 1, ...select('dev') } },
    },
    {
      name: 'prod',
      spec: {
        order: 2,
        promotion: { from: 'dev' },
        placement: { numberOfClusters: 2, ...select('prod') },
        rollout: {
          type: 'Progressive',
          progressive: { maxConcurrency: 1, minSuccessTime: '1s' },
        },
      },
    },
  ];
  mkdirSync(folder, { recursive: true });
  for (const { name, spec } of environments)
    writeFileSync(
      join(folder, `${name}.yaml`),
      JSON.stringify({
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'Environment',
        metadata: { name },
        spec,
      }),
    );
}
