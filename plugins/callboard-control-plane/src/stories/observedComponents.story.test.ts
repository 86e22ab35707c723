import { openConnection } from '@callboard/plugin-callboard-clusters-node';
import {
  type KubeObject,
  type ObservedApp,
  failed,
} from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const REF = 'component:default/billing';
const BILLING = { entityRef: REF, label: 'billing' };
const LABELS = { 'backstage.io/kubernetes-id': 'billing', app: 'billing' };

function deployment(
  image: string,
  metadata: Partial<KubeObject['metadata']> = {},
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'billing',
      ...metadata,
      labels: { ...LABELS, ...metadata.labels },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'billing' } },
      template: {
        metadata: { labels: LABELS },
        spec: {
          containers: [
            {
              name: 'web',
              image,
              env: [{ name: 'PASSWORD', value: 'hunter2' }],
            },
          ],
        },
      },
    },
  };
}

const HELM = {
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'billing-prod' },
};

describe('what others deployed', () => {
  let fleet: TestFleet;
  beforeEach(async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1'],
      livenessDeadlineMs: 2_000,
      deps: { intervals: { observeMs: 100 } },
    });
  });
  afterEach(() => fleet?.close());

  const apply = async (cluster: string, object: KubeObject) => {
    const connection = fleet.connect(cluster);
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: object.metadata.namespace ?? '' },
    };
    for (const each of [namespace, object]) {
      const applied = await connection.apply(each);
      if (!applied.ok) throw new Error(JSON.stringify(applied.problem));
    }
  };
  const read = async (at?: Date): Promise<ObservedApp> => {
    const app = await fleet.controlPlane.getObservedApp(REF, { at });
    if (!app) throw new Error('It is not observed');
    return app;
  };
  const healthOn = async (cluster: string) =>
    (await read()).placements.find(each => each.cluster === cluster)?.health
      .status;

  it('is found on every cluster, judged, and marked by what deployed it', async () => {
    await apply('eu-1', deployment('registry.example/billing:1.0', HELM));
    await apply(
      'dev-1',
      deployment('registry.example/billing:1.1', {
        labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      }),
    );
    await fleet.controlPlane.syncObservedApps([BILLING]);

    await eventually('it is so', async () => {
      expect(await healthOn('eu-1')).toBe('Healthy');
      expect(await healthOn('dev-1')).toBe('Healthy');
    });

    const app = await read();
    expect(app.sentence).toBe('It runs on 2 clusters.');
    expect(
      app.placements.flatMap(({ cluster, workloads }) =>
        workloads.map(({ kind, name, images, instances, deployer }) => ({
          cluster,
          kind,
          name,
          images,
          instances,
          deployer,
        })),
      ),
    ).toEqual([
      {
        cluster: 'dev-1',
        kind: 'Deployment',
        name: 'web',
        images: ['registry.example/billing:1.1'],
        instances: { ready: 2, wanted: 2 },
        deployer: { tool: 'Flux', name: 'apps' },
      },
      {
        cluster: 'eu-1',
        kind: 'Deployment',
        name: 'web',
        images: ['registry.example/billing:1.0'],
        instances: { ready: 2, wanted: 2 },
        deployer: { tool: 'Helm', name: 'billing-prod' },
      },
    ]);
    expect(
      JSON.stringify(await fleet.knex('observed_placements').select()),
    ).not.toContain('hunter2');
    expect(await fleet.controlPlane.listApps()).toEqual([]); // it counts as no app
  });

  it('keeps its history from the day on which it was connected', async () => {
    await apply('eu-1', deployment('registry.example/billing:1.0', HELM));
    await fleet.controlPlane.syncObservedApps([BILLING]);
    await eventually('it is so', async () =>
      expect(await healthOn('eu-1')).toBe('Healthy'),
    );
    const before = new Date();

    await apply('eu-1', deployment('registry.example/billing:2.0', HELM));
    await eventually('it is so', async () =>
      expect((await read()).changes.map(each => each.sentence)).toContain(
        'web runs registry.example/billing:2.0 instead of registry.example/billing:1.0 on eu-1',
      ),
    );
    const [{ workloads }] = (await read(before)).placements;
    expect(workloads[0].images).toEqual(['registry.example/billing:1.0']);

    await fleet.controlPlane.syncObservedApps([]);
    expect(await fleet.controlPlane.getObservedApp(REF)).toBeUndefined();
    expect((await read(before)).placements).toHaveLength(1);
  });

  it('goes on after a restart, and notices what went away meanwhile', async () => {
    const object = deployment('registry.example/billing:1.0', HELM);
    await apply('eu-1', object);
    await fleet.controlPlane.syncObservedApps([BILLING]);
    await eventually('it is so', async () =>
      expect(await healthOn('eu-1')).toBe('Healthy'),
    );

    await fleet.controlPlane.stop();
    await fleet.connect('eu-1').remove({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'billing',
      name: 'web',
    });
    await fleet.startControlPlane();
    await eventually('it is so', async () => {
      const { placements, changes } = await read();
      expect(placements).toEqual([]);
      expect(changes[0].sentence).toBe('Nothing of it is on eu-1 any more');
    });
  });

  it('is Unknown, never green, while its cluster is silent', async () => {
    await apply('eu-1', deployment('registry.example/billing:1.0', HELM));
    await fleet.controlPlane.syncObservedApps([BILLING]);
    await eventually('it is so', async () =>
      expect(await healthOn('eu-1')).toBe('Healthy'),
    );

    fleet.cluster('eu-1').setPower(false);
    await eventually('it is so', async () => {
      const { health, placements } = await read();
      expect(health.status).toBe('Unknown');
      expect(placements[0].health.message).toContain('was healthy then');
    });
  });

  it('counts objects of the chosen namespace alone, and none that Callboard delivered', async () => {
    await apply('eu-1', deployment('registry.example/billing:1.0', HELM));
    await apply(
      'eu-1',
      deployment('registry.example/billing:9', {
        name: 'ours',
        labels: { 'app.kubernetes.io/managed-by': 'callboard' },
      }),
    );
    await apply(
      'dev-1',
      deployment('registry.example/billing:1.0', { namespace: 'elsewhere' }),
    );
    await fleet.controlPlane.syncObservedApps([
      { ...BILLING, namespace: 'billing' },
    ]);
    await eventually('it is so', async () =>
      expect(await healthOn('eu-1')).toBe('Healthy'),
    );
    const { placements } = await read();
    expect(placements.map(({ cluster }) => cluster)).toEqual(['eu-1']);
    expect(placements[0].workloads.map(({ name }) => name)).toEqual(['web']);
  });

  it('says in words which cluster refuses, and is not green for it', async () => {
    await apply('dev-1', deployment('registry.example/billing:1.0', HELM));
    await fleet.controlPlane.stop();
    await fleet.startControlPlane({
      connect: registered => {
        const connection = openConnection(registered);
        return connection.cluster === 'eu-1'
          ? refusing(connection, 'StatefulSet')
          : connection;
      },
    });
    await fleet.controlPlane.syncObservedApps([BILLING]);
    await eventually('it is so', async () => {
      const { unread, health } = await read();
      expect(unread).toEqual([
        expect.objectContaining({
          cluster: 'eu-1',
          why: 'The cluster does not let Callboard read StatefulSet',
        }),
      ]);
      expect(health.status).toBe('Unknown');
      expect(await healthOn('dev-1')).toBe('Healthy');
    });
  });

  it('is out of reach of every use case that changes something', async () => {
    await apply('eu-1', deployment('registry.example/billing:1.0', HELM));
    await fleet.controlPlane.syncObservedApps([BILLING]);
    await eventually('it is so', async () =>
      expect(await healthOn('eu-1')).toBe('Healthy'),
    );
    const before = fleet.object('eu-1', 'Deployment', 'billing/web').metadata;
    const { controlPlane } = fleet;
    const actor = 'user:default/ana';
    for (const app of ['billing', 'web', REF]) {
      const tries = [
        controlPlane.promote({ app, environment: 'prod', release: 1, actor }),
        controlPlane.steerRollout({
          app,
          environment: 'prod',
          action: 'abort',
          actor,
        }),
        controlPlane.operateEnvironment({
          app,
          environment: 'prod',
          action: { kind: 'stop' },
          actor,
        }),
        controlPlane.removeApp({ app, actor }),
      ];
      for (const answer of await Promise.all(tries))
        expect(answer.ok).toBe(false);
    }
    await fleet.settles();
    expect(fleet.object('eu-1', 'Deployment', 'billing/web').metadata).toEqual(
      before,
    );
  });
});

/** A cluster whose account may not read a kind. */
function refusing(
  connection: ClusterConnection,
  kind: string,
): ClusterConnection {
  const list: ClusterConnection['list'] = async (of, options) =>
    of.kind === kind
      ? failed({
          code: 'cluster-refused',
          what: `Cannot list ${kind}`,
          why: 'forbidden',
          next: 'Grant it',
          transient: false,
        })
      : connection.list(of, options);
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === 'list') return list;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
