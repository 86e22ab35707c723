import {
  AGENT_NAMESPACE,
  AgentEvents,
  type AgentLink,
  hashJoinToken,
  openHttpsTransport,
  renderAgentInstall,
} from '@callboard/plugin-callboard-clusters-node';
import { API_VERSION, type Cluster } from '@callboard/plugin-callboard-common';
import type {
  ClusterSource,
  ClusterTransport,
} from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import type { AgentDeps } from '../AgentDeps';
import { KnexAgentRegistry } from '../store';
import type { ControlPlane } from '../usecases/ControlPlane';

jest.setTimeout(60_000);

const ANA = 'user:default/ana';
const KEEPING = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    volumes:
      /data: { source: '\${resources.orders}' }
resources:
  orders: { type: volume }
`;

/**
 * The agents' end of one process: who is connected to it, without sockets. What a
 * request does there is what the simulated cluster of that name does.
 */
class FakeHub {
  readonly events = new AgentEvents();
  readonly links = new Map<string, AgentLink>();
  /** Images that were applied to the agents' Deployments, by cluster. */
  readonly upgrades: string[] = [];

  connect(cluster: string, agentVersion: string): void {
    this.links.set(cluster, {
      session: undefined as never,
      agentKey: `key-of-${cluster}`,
      agentVersion,
      runsInCluster: true,
      since: new Date(),
    });
    this.events.notify({ kind: 'connected', cluster, agentVersion });
  }

  disconnect(cluster: string): void {
    this.links.delete(cluster);
    this.events.notify({ kind: 'disconnected', cluster, why: 'test' });
  }

  linkOf(cluster: string): AgentLink | undefined {
    return this.links.get(cluster);
  }

  connected(): string[] {
    return [...this.links.keys()].sort();
  }

  revoke(cluster: string): void {
    if (this.links.has(cluster)) this.disconnect(cluster);
  }
}

describe('clusters that dial out', () => {
  let fleet: TestFleet;
  const others: ControlPlane[] = [];
  afterEach(async () => {
    for (const other of others.splice(0)) await other.stop();
    await fleet?.close();
  });

  /** What a process needs to take agents of simulated clusters. */
  function process(
    hub: FakeHub,
    { version = '0.1.0', upgradeDeadlineMs = 60_000 } = {},
  ): { agents: AgentDeps; clusterSources: ClusterSource[] } {
    const registry = new KnexAgentRegistry(fleet.knex);
    return {
      agents: {
        hub,
        registry,
        events: hub.events,
        version,
        upgradeDeadlineMs,
        address: {
          ok: true,
          value: {
            hubUrl: 'wss://portal.example/connect',
            hubKey: 'key',
            manifestUrlOf: (cluster, token) =>
              `https://portal.example/${cluster}?token=${token}`,
          },
        },
        findImage: async () => ({
          ok: true,
          value: { image: `registry.example/agent:${version}`, version },
        }),
      },
      clusterSources: [
        {
          name: 'agents',
          listClusters: async () =>
            (await registry.list())
              .filter(({ state }) => state !== 'revoked')
              .map(({ file }) => ({
                file,
                connectionKind: 'agent',
                livenessDeadlineMs: 3_000,
                openTransport: () => openTunnel(hub, file.metadata.name),
              })),
        },
      ],
    };
  }

  async function openTunnel(
    hub: FakeHub,
    cluster: string,
  ): Promise<ClusterTransport> {
    const inner = await openHttpsTransport(cluster, {
      url: fleet.sims.urlOf(cluster),
      token: `token-of-${cluster}`,
      allowPlainHttp: true,
    });
    return {
      send: async request => {
        if (!hub.links.has(cluster)) throw new Error('its agent is away');
        const isUpgrade =
          request.method === 'PATCH' &&
          request.path.includes('/deployments/callboard-agent');
        if (isUpgrade) hub.upgrades.push(cluster);
        return inner.send(request);
      },
      close: () => inner.close(),
    };
  }

  /** Registers and joins as an agent would, then connects. */
  async function join(hub: FakeHub, name: string, version = '0.1.0') {
    await letIn(hub, name, { token: await register(name), version });
  }

  /** Registers a cluster. @returns its token */
  async function register(name: string): Promise<string> {
    const registered = await fleet.controlPlane.registerCluster({
      name,
      labels: { env: 'dev' },
      actor: ANA,
    });
    if (!registered.ok) throw new Error(JSON.stringify(registered.problem));
    return (
      new URL(registered.value.join.manifestUrl).searchParams.get('token') ?? ''
    );
  }

  async function letIn(
    hub: FakeHub,
    name: string,
    { token, version = '0.1.0' }: { token: string; version?: string },
  ) {
    const registry = new KnexAgentRegistry(fleet.knex);
    await registry.join(
      {
        cluster: name,
        tokenHash: hashJoinToken(token),
        agentKey: `key-of-${name}`,
      },
      new Date(),
    );
    hub.connect(name, version);
  }

  const cluster = async (
    name: string,
    of: ControlPlane = fleet.controlPlane,
  ): Promise<Cluster> => {
    const page = await of.getCluster(name);
    if (!page.ok) throw new Error(page.problem.code);
    return page.value;
  };

  const ready = (name: string) =>
    eventually(async () => {
      const { join: joined, freshness } = await cluster(name);
      expect([freshness, joined?.steps.at(-1)?.state]).toEqual([
        'live',
        'done',
      ]);
    });

  async function start(hub: FakeHub, clusters = ['eu-1', 'us-1', 'ap-1']) {
    fleet = await TestFleet.create({ clusters });
    fleet.platform = { ...fleet.platform, clusterFiles: [] }; // their registrations alone describe them
    await fleet.controlPlane.stop();
    await fleet.startControlPlane(process(hub));
  }

  /** Puts into the cluster what the manifest would: there is something to upgrade. */
  async function install(name: string) {
    const objects = renderAgentInstall({
      cluster: name,
      hubUrl: 'wss://portal.example/connect',
      hubKey: 'key',
      joinToken: 'used',
      image: 'registry.example/agent:0.1.0',
      blueprintObjects: [],
    });
    for (const { kind, path } of [
      { kind: 'Namespace', path: '/api/v1/namespaces' },
      {
        kind: 'Deployment',
        path: `/apis/apps/v1/namespaces/${AGENT_NAMESPACE}/deployments`,
      },
    ]) {
      // By somebody else than Callboard, as by kubectl.
      const created = await fetch(`${fleet.sims.urlOf(name)}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer token-of-${name}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(objects.find(each => each.kind === kind)),
      });
      expect(created.status).toBe(201);
    }
  }

  const imageAt = async (name: string) => {
    const read = await fleet.connect(name).read({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: AGENT_NAMESPACE,
      name: 'callboard-agent',
    });
    return read.ok && JSON.stringify(read.value?.spec);
  };

  it('are not lost before they were ever there, and show each step', async () => {
    const hub = new FakeHub();
    await start(hub);
    await fleet.controlPlane.registerCluster({ name: 'eu-1', actor: ANA });
    expect(await cluster('eu-1')).toMatchObject({
      freshness: 'stale',
      sentence: expect.stringContaining('never seen'),
    });
    await fleet.controlPlane.removeCluster({ cluster: 'eu-1', actor: ANA });
    await join(hub, 'eu-1');
    await ready('eu-1');
    const actions = (
      await fleet.controlPlane.listJournal({ cluster: 'eu-1' })
    ).map(({ action }) => action);
    expect(actions).not.toContain('cluster.unreachable');
    expect(actions).toContain('cluster.joined');
  });

  it('need no blueprint: from the registration to a healthy app', async () => {
    const hub = new FakeHub();
    await start(hub);
    fleet.platform = { ...fleet.platform, blueprints: [] };
    const named = await fleet.controlPlane.registerCluster({
      name: 'eu-1',
      blueprint: 'golden',
      actor: ANA,
    });
    expect(named).toMatchObject({
      ok: false,
      problem: {
        code: 'blueprint-unknown',
        next: 'Leave it out, or describe one in the platform files',
      },
    });
    const token = await register('eu-1');
    const manifest = await fleet.controlPlane.readInstallManifest({
      cluster: 'eu-1',
      token,
    });
    expect(manifest.ok || manifest.problem).toBe(true);
    await letIn(hub, 'eu-1', { token });
    await ready('eu-1');
    expect((await cluster('eu-1')).blueprint).toBeNull();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    expect((await cluster('eu-1')).sentence).toContain('runs no blueprint');
    expect((await fleet.environment('shop', 'dev')).clusters).toEqual([
      expect.not.objectContaining({ blueprint: expect.anything() }),
    ]);
    await fleet.push(
      'bank',
      { does: 'serve' },
      {
        'app.yaml': `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: bank }
spec: { requires: { blueprint: pci } }
`,
      },
    );
    const decided = await fleet.controlPlane.getPlacement('bank', 'dev');
    expect(decided.ok && decided.value.verdicts).toMatchObject([
      {
        cluster: 'eu-1',
        verdict: 'refused',
        reasons: [{ message: 'It runs no blueprint; the app requires pci' }],
      },
    ]);
  });

  it('are refused a blueprint that is not active, with those that are', async () => {
    await start(new FakeHub());
    const ask = (blueprint: string) =>
      fleet.controlPlane.registerCluster({
        name: 'eu-1',
        blueprint,
        actor: ANA,
      });
    expect(await ask('gold')).toMatchObject({
      problem: { next: 'Choose one of edge, golden, pci' },
    });
    fleet.platform = {
      ...fleet.platform,
      blueprints: fleet.platform.blueprints.map(file =>
        file.metadata.name === 'edge'
          ? { ...file, spec: { ...file.spec, state: 'draft' } }
          : file,
      ),
    };
    expect(await ask('edge')).toMatchObject({
      problem: { code: 'blueprint-not-active' },
    });
    expect(await ask('gold')).toMatchObject({
      problem: { next: 'Choose one of golden, pci' },
    });
  });

  it('show on pages what their agent tells afterwards, at once', async () => {
    const hub = new FakeHub();
    await start(hub);
    const reported: unknown[] = [];
    const stop = fleet.controlPlane.onChanges(changes =>
      reported.push(...changes),
    );
    hub.events.notify({ kind: 'reported', cluster: 'lost-1', entries: 2 }); // a name that nobody else speaks of
    await eventually(async () =>
      expect(reported).toEqual(
        expect.arrayContaining([
          { kind: 'cluster', name: 'lost-1' },
          { kind: 'journal' },
        ]),
      ),
    );
    stop();
  });

  it('show in the past what was known then', async () => {
    const hub = new FakeHub();
    await start(hub);
    await fleet.controlPlane.registerCluster({ name: 'eu-1', actor: ANA });
    const registered = new Date();
    await fleet.controlPlane.renewRegistration({ cluster: 'eu-1', actor: ANA });
    await fleet.controlPlane.removeCluster({ cluster: 'eu-1', actor: ANA });
    await join(hub, 'eu-1');
    await ready('eu-1');
    const then = await fleet.controlPlane.getCluster('eu-1', {
      at: registered,
    });
    expect(then.ok && then.value.join?.steps[1].state).toBe('waiting');
    expect(then.ok && then.value.connection).not.toHaveProperty('agentVersion');
  });

  it('take their apps away when they are removed, and leave them to placement', async () => {
    const hub = new FakeHub();
    await start(hub);
    await join(hub, 'eu-1');
    await ready('eu-1');
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    await join(hub, 'us-1');
    await ready('us-1');
    const removed = await fleet.controlPlane.removeCluster({
      cluster: 'eu-1',
      actor: ANA,
    });
    expect(removed).toMatchObject({
      ok: true,
      value: { name: 'eu-1', apps: [{ app: 'shop', environment: 'dev' }] },
    });
    await eventually(async () =>
      expect(await fleet.healthOf('shop', 'dev')).toEqual({
        'us-1': 'Healthy',
      }),
    );
  });

  it('are told to keep data when they are removed', async () => {
    const hub = new FakeHub();
    await start(hub);
    await join(hub, 'eu-1');
    await ready('eu-1');
    await fleet.push('shop', { does: 'serve' }, { 'score.yaml': KEEPING });
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(
      await fleet.controlPlane.removeCluster({ cluster: 'eu-1', actor: ANA }),
    ).toMatchObject({
      value: {
        data: [
          {
            app: 'shop',
            cluster: 'eu-1',
            resources: [{ name: 'orders', type: 'volume' }],
          },
        ],
      },
    });
    const journal = await fleet.controlPlane.listJournal({ cluster: 'eu-1' });
    expect(
      journal.find(({ action }) => action === 'cluster.revoked')?.why,
    ).toMatch(
      /^shop in .* ran there; data stays there of shop in .* \(orders\)$/,
    );
  });

  it('are worked on by the process that their agent is connected to', async () => {
    const [first, second] = [new FakeHub(), new FakeHub()];
    await start(first);
    await fleet.controlPlane.stop();
    const one = await fleet.startControlPlane({
      ...process(first),
      holderId: 'one',
      intervals: { tailMs: 100, leaseTtlMs: 1_500 },
    });
    others.push(one);
    await join(first, 'eu-1');
    await ready('eu-1');
    const two = await fleet.startControlPlane({
      ...process(second),
      holderId: 'two',
      intervals: { tailMs: 100, leaseTtlMs: 1_500 },
    });
    first.disconnect('eu-1');
    second.connect('eu-1', '0.1.0'); // its agent came back elsewhere
    await eventually(async () => {
      const holder = await fleet
        .knex('leases')
        .where({ name: 'cluster/eu-1' })
        .first('holder');
      expect(holder).toEqual({ holder: 'two' });
      expect((await cluster('eu-1', two)).freshness).toBe('live');
      expect((await cluster('eu-1', one)).freshness).toBe('live');
    });
    await one.stop();
    others.splice(others.indexOf(one), 1);
    expect((await cluster('eu-1', two)).freshness).toBe('live');
  });

  it('are asked by any process, through the one that has the link', async () => {
    const [first, second] = [new FakeHub(), new FakeHub()];
    const intervals = { tailMs: 100, leaseTtlMs: 1_500 };
    await start(first);
    await fleet.controlPlane.stop();
    others.push(
      await fleet.startControlPlane({
        ...process(first),
        holderId: 'one',
        intervals,
      }),
    );
    await join(first, 'eu-1');
    await ready('eu-1');
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const two = await fleet.startControlPlane({
      ...process(second),
      holderId: 'two',
      intervals,
    });
    const of = { app: 'shop', environment: 'dev', cluster: 'eu-1' };
    const [here, there] = [
      await others[0].readKubernetesView(of),
      await two.readKubernetesView(of),
    ];
    expect(there.ok && there.value.objects.map(({ kind }) => kind)).toEqual(
      here.ok && here.value.objects.map(({ kind }) => kind),
    );
    expect(there.ok && there.value.objects.length).toBeGreaterThan(0);
    const output = { ...of, filter: { tail: 10 } };
    expect(await two.readLogs(output)).toEqual(
      await others[0].readLogs(output),
    );
    expect(await fleet.knex('questions')).toEqual([]); // nothing stays

    first.disconnect('eu-1');
    await others.splice(0)[0].stop();
    await fleet.knex('leases').delete(); // as after its time is over
    expect(await two.readLogs(output)).toMatchObject({
      ok: false,
      problem: { code: 'cluster-unreachable' },
    });
  });

  describe('and their agents are older than the portal', () => {
    const upgraded = async () => {
      const clusters = await fleet.controlPlane.listClusters();
      return clusters
        .flatMap(({ name, connection: { upgrade } }) =>
          upgrade ? [`${name} ${upgrade.state} ${upgrade.version}`] : [],
        )
        .sort();
    };

    async function startOld(hub: FakeHub, upgradeDeadlineMs?: number) {
      await start(hub);
      for (const name of ['ap-1', 'eu-1', 'us-1']) {
        await join(hub, name);
        await ready(name);
        await install(name);
      }
      await fleet.controlPlane.stop();
      await fleet.startControlPlane(
        process(hub, { version: '0.2.0', upgradeDeadlineMs }),
      );
    }

    /** What the cluster does with a newer image: the pod goes, another comes. */
    function comeBack(hub: FakeHub, name: string) {
      hub.disconnect(name);
      hub.connect(name, '0.2.0');
    }

    it('are upgraded one, then some, then all', async () => {
      const hub = new FakeHub();
      await startOld(hub);
      for (const [name, left] of [
        ['ap-1', 2],
        ['eu-1', 1],
        ['us-1', 0],
      ] as const) {
        await eventually(async () => {
          expect(hub.upgrades).toContain(name);
          expect(await upgraded()).toHaveLength(left + 1);
        });
        expect(await imageAt(name)).toContain('registry.example/agent:0.2.0');
        expect([...new Set(hub.upgrades)]).toHaveLength(3 - left); // nobody else yet
        comeBack(hub, name);
      }
      await eventually(async () => expect(await upgraded()).toEqual([]));
      const { connection } = await cluster('us-1');
      expect(connection.agentVersion).toBe('0.2.0');
    });

    it('halt where one does not come back, say which, and go on when it does', async () => {
      const hub = new FakeHub();
      await startOld(hub, 500);
      await eventually(
        async () =>
          expect(await upgraded()).toEqual([
            'ap-1 halted 0.2.0',
            'eu-1 waiting 0.2.0',
            'us-1 waiting 0.2.0',
          ]),
        { timeoutMs: 30_000 },
      );
      expect((await cluster('ap-1')).connection.upgrade?.problem?.next).toMatch(
        /kubectl/,
      );
      await eventually(async () =>
        expect([...new Set(hub.upgrades)]).toEqual(['ap-1']),
      );
      comeBack(hub, 'ap-1');
      await eventually(async () => expect(hub.upgrades).toContain('eu-1'));
    });
  });

  it('are described as files of the platform are', async () => {
    const hub = new FakeHub();
    await start(hub);
    await fleet.controlPlane.registerCluster({
      name: 'eu-1',
      labels: { env: 'dev' },
      blueprint: 'edge',
      actor: ANA,
    });
    const [record] = await new KnexAgentRegistry(fleet.knex).list();
    expect(record.file).toEqual({
      apiVersion: API_VERSION,
      kind: 'Cluster',
      metadata: { name: 'eu-1', labels: { env: 'dev' } },
      spec: { blueprint: 'edge' },
    });
  });
});
