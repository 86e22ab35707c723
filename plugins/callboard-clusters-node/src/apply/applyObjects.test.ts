import {
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
  type Result,
  refOf,
} from '@callboard/plugin-callboard-common';
import type {
  ClusterConnection,
  ClusterRequest,
  ClusterTransport,
} from '@callboard/plugin-callboard-node';
import {
  type StartedApiServer,
  listApiServers,
} from '../__testUtils__/apiServers';
import { openConnection } from '../openConnection';
import { applyObjects } from './applyObjects';
import type { ChangeSet } from '@callboard/plugin-callboard-node';
import { removeObjects } from './removeObjects';
import type { DesiredObjects } from '@callboard/plugin-callboard-node';

/** `created ConfigMap/settings`, `refused Deployment/web (object-conflict)`. */
function listActions(result: Result<ChangeSet>): string[] {
  if (!result.ok)
    return [`failed ${result.problem.code}: ${result.problem.why}`];
  return result.value.changes.map(change => {
    const why = change.action === 'refused' ? ` (${change.problem.code})` : '';
    return `${change.action} ${change.ref.kind}/${change.ref.name}${why}`;
  });
}

function configMap(
  namespace: string,
  name: string,
  data: Record<string, string> = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data,
  };
}

function deployment(namespace: string, replicas: number): KubeObject {
  const labels = { [LABELS.app]: 'shop' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'web', image: 'registry.example/web:1' }],
        },
      },
    },
  };
}

/** A cluster whose link dies for good after some requests. */
function dyingAfter(
  server: StartedApiServer,
  requests: number,
): StartedApiServer['cluster'] {
  let left = requests;
  return {
    ...server.cluster,
    openTransport: async () => {
      const transport = await server.cluster.openTransport();
      return {
        close: () => transport.close(),
        send: request =>
          left-- > 0
            ? transport.send(request)
            : Promise.reject(new Error('the link is cut')),
      };
    },
  };
}

for (const {
  kind: apiServer,
  describeOn,
  definesKinds,
  start,
} of listApiServers()) {
  describeOn(`applying to the ${apiServer} API server`, () => {
    let server: StartedApiServer;
    let connection: ClusterConnection;
    let namespace: string;
    let count = 0;

    beforeAll(async () => {
      server = await start();
    }, 70_000);
    afterAll(() => server?.stop());
    beforeEach(() => {
      connection = openConnection(server.cluster);
      namespace = `shop--dev${++count}`;
    });
    afterEach(() => connection.close());

    const home = (): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    const wanted = (...objects: KubeObject[]): DesiredObjects => ({
      deployment: 'shop',
      namespace,
      objects,
    });
    const apply = (...objects: KubeObject[]) =>
      applyObjects(connection, wanted(home(), ...objects));

    /** Writes as somebody else would: not through the connection, and as another field manager. */
    async function writeAs(
      manager: string,
      object: KubeObject,
      options: { apply: boolean },
    ): Promise<void> {
      const transport = await server.cluster.openTransport();
      const { apiVersion, kind, metadata } = object;
      const root = apiVersion.includes('/')
        ? `/apis/${apiVersion}`
        : `/api/${apiVersion}`;
      const collection = metadata.namespace
        ? `${root}/namespaces/${metadata.namespace}`
        : root;
      const path = `${collection}/${kind.toLowerCase()}s/${metadata.name}`;
      await sendAndDrain(transport, {
        method: 'PATCH',
        path: `${path}?fieldManager=${manager}${
          options.apply ? '&force=true' : ''
        }`,
        headers: {
          'content-type': options.apply
            ? 'application/apply-patch+yaml'
            : 'application/merge-patch+json',
        },
        body: JSON.stringify(object),
        signal: AbortSignal.timeout(5_000),
      });
      await transport.close();
    }

    async function sendAndDrain(
      transport: ClusterTransport,
      request: ClusterRequest,
    ): Promise<void> {
      const response = await transport.send(request);
      let text = '';
      for await (const chunk of response.body)
        text += Buffer.from(chunk).toString();
      if (response.status >= 300)
        throw new Error(`HTTP ${response.status} ${text}`);
    }

    async function live(object: KubeObject): Promise<KubeObject | undefined> {
      const read = await connection.read(refOf(object));
      if (!read.ok) throw new Error(read.problem.why);
      return read.value;
    }

    it('leaves the number of instances to an autoscaler, from what it is, and takes it back', async () => {
      const fixed = deployment(namespace, 3);
      const { replicas: _replicas, ...spec } = fixed.spec as {
        replicas: number;
      };
      const scaled: KubeObject = { ...fixed, spec };
      const replicasOf = async () =>
        ((await live(fixed))?.spec as { replicas: number }).replicas;
      await apply(fixed);
      await apply(scaled);
      expect(await replicasOf()).toBe(3);
      const autoscaler: KubeObject = {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web', namespace },
        spec: {
          minReplicas: 1,
          maxReplicas: 10,
          scaleTargetRef: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'web',
          },
        },
      };
      await apply(scaled, autoscaler);
      const transport = await server.cluster.openTransport();
      await sendAndDrain(transport, {
        method: 'PATCH',
        path: `/apis/apps/v1/namespaces/${namespace}/deployments/web/scale?fieldManager=autoscaler`,
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({ spec: { replicas: 6 } }),
        signal: AbortSignal.timeout(5_000),
      });
      await transport.close();
      expect(listActions(await apply(scaled, autoscaler))).toContain(
        'unchanged Deployment/web',
      );
      expect(await replicasOf()).toBe(6);

      expect(listActions(await apply(fixed))).toContain(
        'configured Deployment/web',
      );
      expect(await replicasOf()).toBe(3);
      expect(await live(autoscaler)).toBeUndefined();
    });

    it('takes the account of its own from pods again: they have the default one', async () => {
      const account = {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'web', namespace },
      };
      const plain = deployment(namespace, 1);
      const { template } = plain.spec as {
        template: { spec: Record<string, unknown> };
      };
      const withAccount = {
        ...plain,
        spec: {
          ...(plain.spec as object),
          template: {
            ...template,
            spec: { ...template.spec, serviceAccountName: 'web' },
          },
        },
      };
      const accountOf = async () =>
        (
          (await live(plain))?.spec as {
            template: { spec: { serviceAccountName?: string } };
          }
        ).template.spec.serviceAccountName;
      expect(listActions(await apply(account, withAccount))).toEqual([
        `created Namespace/${namespace}`,
        'created ServiceAccount/web',
        'created Deployment/web',
      ]);
      expect(await accountOf()).toBe('web');
      await apply(plain);
      expect(await accountOf()).toBe('default');
      await apply({
        ...plain,
        metadata: { ...plain.metadata, annotations: { again: 'yes' } },
      });
      expect(await accountOf()).toBe('default');
    });

    it('creates in the order of need, and changes nothing the second time', async () => {
      const objects = [
        deployment(namespace, 1),
        configMap(namespace, 'settings', { a: '1' }),
      ];
      const first = await apply(...objects);
      expect(listActions(first)).toEqual([
        `created Namespace/${namespace}`,
        'created ConfigMap/settings',
        'created Deployment/web',
      ]);
      expect(first.ok && first.value.complete).toBe(true);
      expect(listActions(await apply(...objects))).toEqual([
        `unchanged Namespace/${namespace}`,
        'unchanged ConfigMap/settings',
        'unchanged Deployment/web',
      ]);
      expect(
        (await live(deployment(namespace, 1)))?.metadata.labels,
      ).toMatchObject({
        [LABELS.managedBy]: FIELD_MANAGER,
        [LABELS.app]: 'shop',
      });
    });

    it('sends nothing when the fingerprints say that all is in place', async () => {
      const first = await apply(configMap(namespace, 'settings'));
      const appliedFingerprints = first.ok ? first.value.fingerprints : {};
      await connection.close(); // whatever is sent now fails
      const again = await applyObjects(connection, {
        ...wanted(home(), configMap(namespace, 'settings')),
        appliedFingerprints,
      });
      expect(listActions(again)).toEqual([
        `unchanged Namespace/${namespace}`,
        'unchanged ConfigMap/settings',
      ]);
    });

    it('prunes what is no longer wanted, and nothing else', async () => {
      await apply(
        configMap(namespace, 'old'),
        configMap(namespace, 'settings'),
        deployment(namespace, 1),
      );
      await writeAs('kubectl', configMap(namespace, 'theirs'), { apply: true });
      expect(
        listActions(await apply(configMap(namespace, 'settings', { a: '2' }))),
      ).toEqual([
        `unchanged Namespace/${namespace}`,
        'configured ConfigMap/settings',
        'pruned Deployment/web',
        'pruned ConfigMap/old',
      ]);
      expect(await live(configMap(namespace, 'old'))).toBeUndefined();
      expect(await live(configMap(namespace, 'theirs'))).toBeDefined();
    });

    it('leaves what an operator made of an object, whose labels it copied', async () => {
      const resource = configMap(namespace, 'kafka');
      await apply(resource);
      const made = await live(resource);
      const copied = configMap(namespace, 'kafka-brokers');
      const { uid, labels } = made?.metadata ?? {};
      await writeAs(
        'operator',
        {
          ...copied,
          metadata: {
            ...copied.metadata,
            labels,
            ownerReferences: [
              // as Strimzi writes it: it is not their controller
              {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                name: 'kafka',
                uid: uid!,
                controller: false,
              },
            ],
          },
        },
        { apply: true },
      );
      expect(listActions(await apply(resource))).toEqual([
        `unchanged Namespace/${namespace}`,
        'unchanged ConfigMap/kafka',
      ]);
      expect(await live(copied)).toBeDefined();
    });

    it('tells of one refused object and applies the others, but prunes nothing', async () => {
      await apply(configMap(namespace, 'old'));
      const broken = { ...deployment(namespace, 1), spec: { replicas: -1 } };
      const result = await apply(broken, configMap(namespace, 'settings'));
      expect(listActions(result)).toEqual([
        `unchanged Namespace/${namespace}`,
        'created ConfigMap/settings',
        'refused Deployment/web (object-invalid)',
      ]);
      expect(result.ok && result.value.complete).toBe(false);
      expect(await live(configMap(namespace, 'old'))).toBeDefined();
    });

    it('refuses a field that the cluster does not know, instead of dropping it', async () => {
      const typo = { ...configMap(namespace, 'settings'), dataa: { a: '1' } };
      const result = await apply(typo);
      expect(listActions(result)[1]).toBe(
        'refused ConfigMap/settings (object-invalid)',
      );
    });

    it("writes each number of replicas that is a cluster's share", async () => {
      for (const [replicas, tells] of [
        [3, 'created'],
        [5, 'configured'],
        [2, 'configured'],
        [2, 'unchanged'],
      ] as const) {
        const result = await apply(deployment(namespace, replicas));
        expect(listActions(result)[1]).toBe(`${tells} Deployment/web`);
        expect(
          (await live(deployment(namespace, replicas)))?.spec,
        ).toMatchObject({ replicas: replicas });
      }
      expect(listActions(await apply())).toContain('pruned Deployment/web');
    });

    it('takes back what was changed by hand', async () => {
      await apply(deployment(namespace, 1));
      await writeAs(
        'kubectl-edit',
        { ...deployment(namespace, 1), spec: { replicas: 7 } },
        { apply: false },
      );
      const result = await apply(deployment(namespace, 1));
      expect(listActions(result)[1]).toBe('configured Deployment/web');
      expect(result.ok && result.value.changes[1]).toMatchObject({
        tookOver: [{ field: '.spec.replicas', manager: 'kubectl-edit' }],
      });
      expect((await live(deployment(namespace, 1)))?.spec).toMatchObject({
        replicas: 1,
      });
    });

    it('leaves it and reports it where drift is only to be reported', async () => {
      await apply(deployment(namespace, 1));
      await writeAs(
        'kubectl-edit',
        { ...deployment(namespace, 1), spec: { replicas: 7 } },
        { apply: false },
      );
      const result = await applyObjects(
        connection,
        wanted(home(), deployment(namespace, 1)),
        { drift: 'report' },
      );
      expect(listActions(result)[1]).toBe(
        'refused Deployment/web (object-conflict)',
      );
      expect((await live(deployment(namespace, 1)))?.spec).toMatchObject({
        replicas: 7,
      });
    });

    it('does not fight with another tool that declares the field', async () => {
      await apply(deployment(namespace, 1));
      await writeAs(
        'other-gitops',
        { ...deployment(namespace, 1), spec: { replicas: 7 } },
        { apply: true },
      );
      const result = await apply(deployment(namespace, 1));
      expect(listActions(result)[1]).toBe(
        'refused Deployment/web (object-conflict)',
      );
      expect(result.ok && result.value.changes[1]).toMatchObject({
        problem: { why: '.spec.replicas (written by "other-gitops")' },
      });
      expect((await live(deployment(namespace, 1)))?.spec).toMatchObject({
        replicas: 7,
      });
    });

    it('never touches what somebody else made', async () => {
      await apply();
      await writeAs(
        'kubectl',
        configMap(namespace, 'settings', { theirs: '1' }),
        { apply: true },
      );
      expect(
        listActions(
          await apply(configMap(namespace, 'settings', { ours: '1' })),
        )[1],
      ).toBe('refused ConfigMap/settings (object-not-ours)');
      expect((await live(configMap(namespace, 'settings')))?.data).toEqual({
        theirs: '1',
      });
    });

    it('keeps two deployments of one namespace apart', async () => {
      await apply(configMap(namespace, 'settings'));
      const other = (...objects: KubeObject[]) =>
        applyObjects(connection, { deployment: 'other', namespace, objects });
      expect(
        listActions(
          await other(
            configMap(namespace, 'settings'),
            configMap(namespace, 'mine'),
          ),
        ),
      ).toEqual([
        'created ConfigMap/mine',
        'refused ConfigMap/settings (object-not-ours)',
      ]);
      expect(listActions(await other())).toEqual(['pruned ConfigMap/mine']);
      expect(await live(configMap(namespace, 'settings'))).toBeDefined();
    });

    if (definesKinds) {
      it('applies objects of a kind that is defined in the same run', async () => {
        const group = `shop${count}.example.com`;
        const definition: KubeObject = {
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
          metadata: { name: `widgets.${group}` },
          spec: {
            group,
            scope: 'Namespaced',
            names: {
              kind: 'Widget',
              plural: 'widgets',
              singular: 'widget',
              listKind: 'WidgetList',
            },
            versions: [
              {
                name: 'v1',
                served: true,
                storage: true,
                schema: {
                  openAPIV3Schema: {
                    type: 'object',
                    'x-kubernetes-preserve-unknown-fields': true,
                  },
                },
              },
            ],
          },
        };
        const widget: KubeObject = {
          apiVersion: `${group}/v1`,
          kind: 'Widget',
          metadata: { name: 'one', namespace },
        };
        expect(listActions(await apply(widget, definition))).toEqual([
          `created Namespace/${namespace}`,
          `created CustomResourceDefinition/widgets.${group}`,
          'created Widget/one',
        ]);
        expect(listActions(await apply(definition))).toContain(
          'pruned Widget/one',
        );
      }, 20_000);
    }

    it('keeps inventories without a namespace in its own', async () => {
      const role: KubeObject = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: `reader-${count}` },
        rules: [],
      };
      const blueprint = (...objects: KubeObject[]) =>
        applyObjects(connection, { deployment: `blueprint-${count}`, objects });
      expect(listActions(await blueprint(role, home()))).toEqual([
        `created Namespace/${namespace}`,
        `created ClusterRole/reader-${count}`,
      ]);
      expect(listActions(await blueprint(home()))).toContain(
        `pruned ClusterRole/reader-${count}`,
      );
      const removed = await removeObjects(connection, {
        deployment: `blueprint-${count}`,
      });
      expect(listActions(removed)).toEqual([`pruned Namespace/${namespace}`]);
    });

    it('ends the same wherever it was killed', async () => {
      const objects = [
        configMap(namespace, 'settings'),
        deployment(namespace, 1),
      ];
      const next = [configMap(namespace, 'other')];
      for (const [wantedNow, expected] of [
        [objects, ['Deployment/web', 'ConfigMap/settings']],
        [next, ['ConfigMap/other']],
        [[], []],
      ] as const) {
        // Dies after 1, 2, 3, ... requests, until it gets through.
        for (let requests = 1, isDone = false; !isDone; requests++) {
          const dying = openConnection(dyingAfter(server, requests));
          const result = await applyObjects(
            dying,
            wanted(home(), ...wantedNow),
            { deadlineMs: 2_000 },
          );
          isDone = result.ok && result.value.complete;
          await dying.close();
          expect(requests).toBeLessThan(40);
        }
        expect(await ourObjects()).toEqual(expected);
      }
    }, 60_000);

    async function ourObjects(): Promise<string[]> {
      const kinds = [
        { apiVersion: 'apps/v1', kind: 'Deployment' },
        { apiVersion: 'v1', kind: 'ConfigMap' },
      ];
      const lists = await Promise.all(
        kinds.map(kind =>
          connection.list(kind, {
            namespace,
            labelSelector: LABELS.applySetPartOf,
          }),
        ),
      );
      return lists.flatMap(list =>
        list.ok
          ? list.value.items.map(each => `${each.kind}/${each.metadata.name}`)
          : [],
      );
    }

    it('removes a deployment whole, and its namespace last', async () => {
      await apply(configMap(namespace, 'settings'), deployment(namespace, 1));
      const removed = await removeObjects(connection, {
        deployment: 'shop',
        namespace,
      });
      expect(listActions(removed)).toEqual([
        'pruned Deployment/web',
        'pruned ConfigMap/settings',
        `pruned Namespace/${namespace}`,
      ]);
      const namespaceThen = await live(home());
      expect(namespaceThen?.metadata.deletionTimestamp ?? 'gone').toBeTruthy();
    });

    it('leaves data, and what it needs, until that is to be deleted too', async () => {
      const claim: KubeObject = {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name: 'data-db-0',
          namespace,
          labels: { [LABELS.resource]: 'web-db-1a2b3c4d' },
        },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
        },
      };
      await apply(configMap(namespace, 'settings'));
      await writeAs('statefulset', claim, { apply: true });
      const of = { deployment: 'shop', namespace };
      expect(listActions(await removeObjects(connection, of))).toEqual([
        'pruned ConfigMap/settings',
      ]);
      const rest = await removeObjects(connection, of);
      expect(rest.ok && rest.value).toMatchObject({
        changes: [],
        complete: true,
        kept: ['web-db-1a2b3c4d'],
      });
      expect(await live(claim)).toBeDefined();
      const removed = await removeObjects(connection, {
        ...of,
        deletesData: true,
      });
      expect(listActions(removed)).toEqual([`pruned Namespace/${namespace}`]);
      expect(removed.ok && removed.value.kept).toBeFalsy();
    });

    it('deletes no data in a namespace that is not its own', async () => {
      await writeAs('kubectl', home(), { apply: true });
      expect(
        listActions(
          await removeObjects(connection, {
            deployment: 'shop',
            namespace,
            deletesData: true,
          }),
        ),
      ).toEqual([expect.stringMatching(/^failed object-not-ours: /)]);
      expect(await live(home())).toBeDefined();
    });

    it('waits for what is being deleted, and says so', async () => {
      const held = configMap(namespace, 'settings');
      held.metadata.finalizers = ['example.com/hold'];
      await apply(held);
      expect(listActions(await apply())).toContain('pruned ConfigMap/settings');
      expect(
        listActions(await apply(configMap(namespace, 'settings')))[1],
      ).toBe('refused ConfigMap/settings (object-terminating)');
    });

    it('removes what is not there', async () => {
      const removed = await removeObjects(connection, {
        deployment: 'shop',
        namespace,
      });
      expect(removed.ok && removed.value).toMatchObject({
        changes: [],
        complete: true,
      });
    });
  });
}
