import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  kubeconfigSource,
  openConnection,
} from '@callboard/plugin-callboard-clusters-node';
import {
  type App,
  type AppEnvironment,
  type ClusterFile,
  type EnvironmentFile,
  type HealthStatus,
  type KubeObject,
  ProblemError,
  type Result,
  type RolloutActionName,
  type RolloutAnswer,
  type RolloutSpec,
} from '@callboard/plugin-callboard-common';
import {
  type ClusterConnection,
  type JudgedPush,
  type PushedFiles,
  type RegisteredCluster,
  SecretCipher,
} from '@callboard/plugin-callboard-node';
import { type SimCluster, SimFleet } from '@callboard/sim';
import createKnex, { type Knex } from 'knex';
import type { ControlPlaneDeps } from '../ControlPlaneDeps';
import type { Platform } from '../Platform';
import { createControlPlane } from '../KnexControlPlane';
import { migrateStore } from '../store';
import type { ControlPlane, PushStep } from '../usecases/ControlPlane';
import { eventually } from '@callboard/testing';
import { MemoryRevisions } from './MemoryRevisions';
import { readCatalog } from './readCatalog';
import { type Behaviour, ScriptedApps } from './ScriptedApps';

export interface TestFleetOptions {
  /** Names of playground clusters; all eight when omitted. */
  clusters?: string[];
  /** More clusters than those of the playground. */
  also?: ClusterFile[];
  /** Clusters that have a metrics-server; none when omitted. */
  measured?: string[];
  /** Those that Callboard may only read. */
  observed?: string[];
  livenessDeadlineMs?: number;
  deps?: Partial<ControlPlaneDeps>;
  /** A migrated database; one in memory when omitted. Anyone who brings it ends it. */
  knex?: Knex;
  /** Wraps every connection: where a test cuts, slows or counts. */
  wrap?(connection: ClusterConnection): ClusterConnection;
  /** Wraps the database of every control plane. */
  wrapKnex?(knex: Knex): Knex;
}

export interface Pushed {
  app: string;
  commit: string;
  /** What the pusher reads, line by line. */
  lines: string[];
  /** The verdict: what stands before the address of the page. */
  last: PushStep | undefined;
}

const SCORE = `
apiVersion: score.dev/v1b1
metadata:
  name: web
containers:
  main:
    image: .
service:
  ports:
    http:
      port: 8080
`;

const ANA = 'user:default/ana';
const SERVE: Behaviour = { does: 'serve' };

/**
 * A platform to tell stories with: the playground's clusters simulated, its
 * files, and a control plane over a database in memory.
 */
export class TestFleet {
  readonly sims: SimFleet;
  readonly knex: Knex;
  readonly revisions = new MemoryRevisions();
  readonly apps = new ScriptedApps();
  /** May be changed by a test; the control plane looks at it again at its next turn. */
  platform: Required<Platform>;
  controlPlane!: ControlPlane;
  /** How often everything was looked at again. */
  looks = 0;
  readonly #options: TestFleetOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), 'callboard-fleet-'));
  readonly #clusters = new Map<string, RegisteredCluster>();
  /** No longer in the source of clusters; they run on. */
  readonly #removed = new Set<string>();
  readonly #connections = new Map<string, ClusterConnection>();

  private constructor(
    sims: SimFleet,
    knex: Knex,
    platform: Required<Platform>,
    options: TestFleetOptions,
  ) {
    this.sims = sims;
    this.knex = knex;
    this.platform = platform;
    this.#options = options;
  }

  static async create(options: TestFleetOptions = {}): Promise<TestFleet> {
    const knex = options.knex ?? (await openMemory());
    const sims = await SimFleet.listen({ seed: 7 });
    const playground = readCatalog();
    const also = options.also ?? [];
    const catalog = {
      ...playground,
      clusterFiles: [...playground.clusterFiles, ...also],
    };
    const fleet = new TestFleet(sims, knex, catalog, options);
    for (const { metadata } of catalog.clusterFiles) {
      const isAlso = also.some(each => each.metadata.name === metadata.name);
      if (
        options.clusters &&
        !isAlso &&
        !options.clusters.includes(metadata.name)
      )
        continue;
      sims.addCluster({
        name: metadata.name,
        nodes: [
          { name: `${metadata.name}-a`, cpu: '4', memory: '8Gi', pods: 50 },
        ],
        token: `token-of-${metadata.name}`,
        runtimes: [fleet.apps],
        hasMetrics: options.measured?.includes(metadata.name),
      });
    }
    const configured = sims.clusters().map(({ name, token }) => ({
      name,
      url: sims.urlOf(name),
      token,
      allowPlainHttp: true,
      livenessDeadlineMs: options.livenessDeadlineMs ?? 6_000,
    }));
    for (const cluster of await kubeconfigSource(configured).listClusters()) {
      fleet.#clusters.set(cluster.file.metadata.name, {
        ...cluster,
        connectionKind: 'playground',
        ...(options.observed?.includes(cluster.file.metadata.name) && {
          access: 'observe',
        }),
      });
    }
    await fleet.startControlPlane();
    return fleet;
  }

  /** Another control plane over the same record and clusters, as after a restart. */
  async startControlPlane(
    deps: Partial<ControlPlaneDeps> = {},
  ): Promise<ControlPlane> {
    this.controlPlane = createControlPlane({ ...this.#deps(), ...deps });
    await this.controlPlane.start();
    return this.controlPlane;
  }

  async restartControlPlane(): Promise<void> {
    await this.controlPlane.stop();
    await this.startControlPlane();
  }

  async close(): Promise<void> {
    await this.controlPlane.stop();
    await Promise.all(
      [...this.#connections.values()].map(connection => connection.close()),
    );
    await this.sims.close();
    if (!this.#options.knex) await this.knex.destroy();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  cluster(name: string): SimCluster {
    return this.sims.cluster(name);
  }

  /** Takes a cluster out of its source, or puts it back. */
  register(name: string, isRegistered: boolean): void {
    if (isRegistered) this.#removed.delete(name);
    else this.#removed.add(name);
  }

  /** A connection of the test's own: somebody else who works on the cluster. */
  connect(name: string): ClusterConnection {
    const known = this.#connections.get(name);
    if (known) return known;
    const connection = openConnection(this.#registered(name));
    this.#connections.set(name, connection);
    return connection;
  }

  /** A revision as git would hand it over. */
  revision(
    app: string,
    files: Record<string, string>,
    { by = ANA, message = 'Change it' } = {},
  ): PushedFiles {
    const commit = createHash('sha1')
      .update(JSON.stringify([app, files, message]))
      .digest('hex');
    const info = { commit, message, author: 'Ana <ana@example.com>' };
    this.revisions.add(app, info, files);
    return {
      app,
      actor: by,
      owner: by,
      ownershipRefs: [by],
      revision: info,
      paths: Object.keys(files),
      texts: files,
    };
  }

  /** Pushes and follows, as `git push` does. */
  async push(
    app: string,
    behaviour: Behaviour = SERVE,
    files: Record<string, string> = {},
  ): Promise<Pushed> {
    const pushed = await this.send(app, behaviour, files);
    const steps: PushStep[] = [];
    const patience = AbortSignal.timeout(30_000);
    for await (const step of this.controlPlane.followPush(
      app,
      pushed,
      patience,
    ))
      steps.push(step);
    return {
      app,
      commit: pushed,
      lines: steps.map(({ line }) => line),
      last: steps.filter(({ line }) => line !== pageOf(app)).at(-1),
    };
  }

  /** What a push would be told, before anything is recorded. */
  async judged(
    app: string,
    files: Record<string, string>,
    { behaviour = SERVE, by = ANA } = {},
  ): Promise<JudgedPush> {
    const all = {
      'score.yaml': SCORE,
      'behaviour.json': JSON.stringify(behaviour),
      ...files,
    };
    const message = `Let ${app} ${behaviour.does}`;
    const revision = this.revision(app, all, { by, message });
    return unwrap(await this.controlPlane.checkPush(revision));
  }

  /** Pushes and goes away. @returns the commit */
  async send(
    app: string,
    behaviour: Behaviour = SERVE,
    files: Record<string, string> = {},
    by = ANA,
  ): Promise<string> {
    const judged = await this.judged(app, files, { behaviour, by });
    unwrap(await this.controlPlane.recordPush(judged, { isHead: true }));
    return judged.revision.commit;
  }

  async promote(
    app: string,
    environment: string,
    release: number,
  ): Promise<void> {
    unwrap(
      await this.controlPlane.promote({
        app,
        environment,
        release,
        actor: ANA,
      }),
    );
  }

  /** From now on releases go over the clusters of an environment like this. */
  rollsOut(environment: string, rollout: RolloutSpec | undefined): void {
    this.refines(environment, { rollout });
  }

  /** From now on the platform says this of an environment. */
  refines(environment: string, spec: Partial<EnvironmentFile['spec']>): void {
    this.platform = {
      ...this.platform,
      environments: this.platform.environments.map(file =>
        file.metadata.name === environment
          ? { ...file, spec: { ...file.spec, ...spec } }
          : file,
      ),
    };
  }

  async rollout(
    app: string,
    environment: string,
    at?: Date,
  ): Promise<RolloutAnswer> {
    return unwrap(await this.controlPlane.getRollout(app, environment, { at }));
  }

  /** Pauses, resumes, aborts or rolls back. */
  async steer(
    app: string,
    environment: string,
    action: RolloutActionName,
    version?: string,
  ): Promise<void> {
    unwrap(
      await this.controlPlane.steerRollout({
        app,
        environment,
        action,
        actor: ANA,
        ...(version !== undefined && { version }),
      }),
    );
  }

  async app(name: string, at?: Date): Promise<App> {
    return unwrap(await this.controlPlane.getApp(name, { at }));
  }

  async environment(
    app: string,
    name: string,
    at?: Date,
  ): Promise<AppEnvironment> {
    const environment = (await this.app(app, at)).environments.find(
      each => each.name === name,
    );
    if (!environment) throw new Error(`"${app}" has no environment "${name}"`);
    return environment;
  }

  /** Health by cluster, as the page shows it. */
  async healthOf(
    app: string,
    environment: string,
    at?: Date,
  ): Promise<Record<string, HealthStatus>> {
    const { clusters } = await this.environment(app, environment, at);
    return Object.fromEntries(
      clusters.map(({ cluster, health }) => [cluster, health.status]),
    );
  }

  /** Waits until an environment is as a whole in this state. */
  async turns(
    app: string,
    environment: string,
    status: HealthStatus,
    timeoutMs = 40_000,
  ): Promise<AppEnvironment> {
    return eventually(
      async () => {
        const seen = await this.environment(app, environment);
        if (seen.health.status !== status) {
          throw new Error(
            `${app} in ${environment} is ${JSON.stringify(
              seen.health,
            )}, wanted: ${status}`,
          );
        }
        return seen;
      },
      { timeoutMs },
    );
  }

  /** Waits until every cluster is live and runs its blueprint; one that is observed has none. */
  async settles(timeoutMs = 20_000): Promise<void> {
    await eventually(
      async () => {
        for (const {
          name,
          freshness,
          blueprint,
          connection,
        } of await this.controlPlane.listClusters()) {
          const isObserved = this.#clusters.get(name)?.access === 'observe';
          const isSettled = isObserved || blueprint?.state === 'applied';
          if (freshness !== 'live' || !isSettled) {
            const why = connection.problem?.why ?? blueprint?.message;
            throw new Error(
              `${name} is ${freshness}, its blueprint ${blueprint?.state}: ${why}`,
            );
          }
        }
      },
      { timeoutMs },
    );
  }

  /** Objects of a kind that Callboard put on a cluster, as `namespace/name`. */
  objects(cluster: string, kind: string): string[] {
    return this.cluster(cluster)
      .dump()
      .filter(
        object =>
          object.kind === kind &&
          object.metadata.labels?.['app.kubernetes.io/managed-by'] ===
            'callboard',
      )
      .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)
      .sort();
  }

  /** One of them, as it is there. */
  object(cluster: string, kind: string, key: string): KubeObject {
    const found = this.cluster(cluster)
      .dump()
      .find(
        ({ kind: its, metadata }) =>
          its === kind &&
          `${metadata.namespace ?? ''}/${metadata.name}` === key,
      );
    if (!found) throw new Error(`There is no ${kind} ${key} on ${cluster}`);
    return found as unknown as KubeObject;
  }

  #deps(): ControlPlaneDeps {
    const { wrap, wrapKnex, deps } = this.#options;
    return {
      knex: wrapKnex ? wrapKnex(this.knex) : this.knex,
      clusterSources: [
        {
          name: 'playground',
          listClusters: async () => {
            this.looks += 1;
            return [...this.#clusters.values()].filter(
              ({ file }) => !this.#removed.has(file.metadata.name),
            );
          },
        },
      ],
      builders: [this.apps],
      defaultBuilder: 'scripted',
      platform: current(() => this.platform),
      secrets: new SecretCipher([Buffer.alloc(32, 7)]),
      revisions: this.revisions,
      connect: (cluster, guard) => {
        const connection = openConnection(cluster, guard);
        return wrap ? wrap(connection) : connection;
      },
      clock: { now: () => new Date() },
      newId: randomUUID,
      logger: silentLogger(),
      pageUrlOf: pageOf,
      cloneUrlOf: app => `http://localhost:7007/api/callboard/git/${app}.git`,
      workFolder: join(this.#folder, 'builds'),
      holderId: 'test',
      ...deps,
    };
  }

  #registered(name: string): RegisteredCluster {
    const registered = this.#clusters.get(name);
    if (!registered) throw new Error(`No cluster named "${name}"`);
    return registered;
  }
}

function pageOf(app: string): string {
  return `http://localhost:7007/callboard/apps/${app}`;
}

async function openMemory(): Promise<Knex> {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await migrateStore(knex);
  return knex;
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problem);
}

/** The platform as it is at each look. */
function current(read: () => Required<Platform>): Platform {
  return {
    get environments() {
      return read().environments;
    },
    get blueprints() {
      return read().blueprints;
    },
    get clusterFiles() {
      return read().clusterFiles;
    },
    get clusterSets() {
      return read().clusterSets;
    },
    get healthRules() {
      return read().healthRules;
    },
    get policies() {
      return read().policies;
    },
  };
}

function silentLogger(): LoggerService {
  const show = process.env.CALLBOARD_TEST_LOGS ? console.log : () => {};
  const logger: LoggerService = {
    error: show,
    warn: show,
    info: show,
    debug: () => {},
    child: () => logger,
  };
  return logger;
}
