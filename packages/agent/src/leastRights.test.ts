import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import {
  AGENT_NAMESPACE,
  PULL_SECRET_NAME,
  applyObjects,
  kubeconfigSource,
  openConnection,
  removeObjects,
  renderAgentInstall,
} from '@callboard/plugin-callboard-clusters-node';
import {
  GENERATED_SECRET_NAME,
  type KubeObject,
  type KubeRef,
  SETTINGS_SECRET_NAME,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { parseAllDocuments } from 'yaml';
import { ApiServer } from './api/ApiServer';
import { readKubeconfigAccess } from './api/readKubeconfigAccess';
import { readJson } from './api/readJson';
import { SecretKeyStore } from './keys/SecretKeyStore';
import { loadKey } from './keys/loadKey';
import { CLUSTER, TunnelStory } from './__testUtils__/TunnelStory';
import { readChanges } from './__testUtils__/readChanges';
import { SecretStateStore } from './state/SecretStateStore';
import { eventually } from '@callboard/testing';

const PROGRAM = process.env.CALLBOARD_K8S_START;
const describeHere = PROGRAM === undefined ? describe.skip : describe;
const BLUEPRINTS = join(__dirname, '../../../catalog/blueprints');
const RENDERED = join(
  __dirname,
  '../../../plugins/callboard-core/src/render/__fixtures__',
);
const SHOP = { deployment: 'shop', namespace: 'shop--prod' };

/** The rights of the install manifest on an API server that enforces them. */
describeHere(
  `with just the rights it is installed with${
    PROGRAM ? '' : ' (skipped: CALLBOARD_K8S_START is not set)'
  }`,
  () => {
    let kubeconfig: string;
    let stop: () => Promise<void>;
    let story: TunnelStory;
    let admin: ClusterConnection;
    let agentApi: ApiServer;
    let rendered: KubeObject[];

    beforeAll(async () => {
      // Before there is a tunnel: it takes longer than the story's heartbeats wait.
      rendered = renderedApp(SHOP.namespace);
      const child = spawn(
        process.execPath,
        [PROGRAM ?? '', '--bare', '--with-parent'],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      const exited = new Promise<void>(resolve =>
        child.once('exit', () => resolve()),
      );
      stop = async () => {
        child.kill('SIGTERM');
        await exited;
      };
      const line = await new Promise<string>(resolve =>
        createInterface(child.stdout).once('line', resolve),
      );
      ({ kubeconfig } = JSON.parse(line) as { kubeconfig: string });
      const [registered] = await kubeconfigSource([
        { name: 'admin', kubeconfig: { file: kubeconfig } },
      ]).listClusters();
      admin = openConnection(registered);
      story = await TunnelStory.open();
    }, 90_000);

    afterAll(async () => {
      await story?.close();
      await admin?.close();
      agentApi?.close();
      await stop?.();
    }, 20_000);

    it('is installed and connects', async () => {
      const joinToken = story.register();
      for (const object of renderAgentInstall({
        cluster: CLUSTER,
        hubUrl: story.hubUrl,
        hubKey: story.identity.publicKey,
        joinToken,
        image: 'registry.example/agent:1',
        blueprintObjects: readBlueprint('golden'),
      })) {
        expect(await admin.apply(object)).toMatchObject({ ok: true });
      }
      agentApi = await apiOfAccount(kubeconfig);
      const keys = await loadKey(
        new SecretKeyStore(agentApi, {
          namespace: AGENT_NAMESPACE,
          name: 'callboard-agent-key',
        }),
      );
      const secrets = {
        namespace: AGENT_NAMESPACE,
        name: 'callboard-agent-state',
      };
      story.startAgent(joinToken, {
        api: agentApi,
        keys,
        store: new SecretStateStore(agentApi, secrets),
      });
      await eventually('the agent is connected', () =>
        expect(story.hub.linkOf(CLUSTER)).toBeDefined(),
      );
    }, 20_000);

    it('reads, applies, prunes and removes every kind that an app is made of', async () => {
      const connection = await story.connect();
      const wanted = SHOP;
      const objects = rendered;
      expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual([
        'ConfigMap',
        'CronJob',
        'DaemonSet',
        'Deployment',
        'HorizontalPodAutoscaler',
        'Ingress',
        'Job',
        'Namespace',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'Secret',
        'Service',
        'ServiceAccount',
        'StatefulSet',
      ]);
      expect(
        whatFailed(await applyObjects(connection, { ...wanted, objects })),
      ).toEqual([]);
      for (const object of objects) {
        const ref = refOf(object);
        expect([refKey(ref), await connection.read(ref)]).toMatchObject([
          refKey(ref),
          { ok: true, value: { metadata: { name: ref.name } } },
        ]);
      }
      const [first] = objects; // the namespace
      expect(
        whatFailed(
          await applyObjects(connection, { ...wanted, objects: [first] }),
        ),
      ).toEqual([]);
      const left: string[] = [];
      for (const ref of objects.map(refOf)) {
        const read = await admin.read(ref);
        if (!read.ok || read.value) left.push(`${ref.kind} ${ref.name}`);
      }
      expect(left).toEqual([
        `Namespace ${wanted.namespace}`,
        `Secret ${GENERATED_SECRET_NAME}`, // with the passwords of data that stays
      ]);
      expect(whatFailed(await removeObjects(connection, wanted))).toEqual([]);
      // Claims come from stateful sets: they are watched, and never taken away.
      const claims = await connection.list({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
      });
      expect(claims).toMatchObject({ ok: true });
    });

    it('keeps the app as it is wanted while the hub is away, and tells it in order', async () => {
      const connection = await story.connect();
      const wanted = { deployment: 'kept', namespace: 'kept--dev' };
      const objects = app('kept--dev');
      expect(
        whatFailed(await applyObjects(connection, { ...wanted, objects })),
      ).toEqual([]);
      const reported = story.registry.reported.length;
      story.cutLink();
      await eventually(
        'the agent acts alone',
        () => expect(story.lines.join('\n')).toContain('The hub is away'),
        10_000,
      );
      const [web, pull] = ['Deployment', 'Secret'].map(kind =>
        refOf(objects.find(object => object.kind === kind)!),
      );
      await loseAndRegain(admin, web);
      await loseAndRegain(admin, pull);
      story.mendLink();
      await eventually(
        'the hub is told',
        () =>
          expect(readChanges(story.registry.reported.slice(reported))).toEqual([
            'hub-lost',
            'object-deleted Deployment kept--dev/web',
            'object-restored Deployment kept--dev/web',
            `object-deleted Secret kept--dev/${PULL_SECRET_NAME}`,
            `object-restored Secret kept--dev/${PULL_SECRET_NAME}`,
            'hub-back',
          ]),
        20_000,
      );
    }, 90_000);

    it('applies the whole blueprint, with the roles that it hands out', async () => {
      const connection = await story.connect();
      const objects = readBlueprint('golden');
      expect(
        whatFailed(
          await applyObjects(connection, {
            deployment: 'blueprint-golden',
            objects,
          }),
        ),
      ).toEqual([]);
    });

    it('reads no secret of anybody, and gives itself no rights', async () => {
      const connection = await story.connect();
      const secrets = await connection.list({
        apiVersion: 'v1',
        kind: 'Secret',
      });
      expect(secrets.ok || secrets.problem.code).toBe('cluster-refused');
      const power = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'more', namespace: 'default' },
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
      };
      const given = await connection.apply(power);
      expect(given.ok || given.problem.code).toBe('cluster-refused');
    });
  },
);

/** Deletes an object as somebody else and waits until it is there again. */
async function loseAndRegain(
  admin: ClusterConnection,
  ref: KubeRef,
): Promise<void> {
  expect(await admin.remove(ref)).toEqual({ ok: true, value: undefined });
  await eventually(
    `${ref.kind} is back`,
    async () =>
      expect(await admin.read(ref)).toMatchObject({
        ok: true,
        value: { metadata: { name: ref.name } },
      }),
    40_000, // a Secret cannot be watched with these rights: it is looked at
  );
}

/** The API server as the agent's service account. */
async function apiOfAccount(kubeconfig: string): Promise<ApiServer> {
  const access = readKubeconfigAccess(kubeconfig);
  const asAdmin = new ApiServer(access);
  const answer = await readJson(
    asAdmin,
    {
      method: 'POST',
      path: `/api/v1/namespaces/${AGENT_NAMESPACE}/serviceaccounts/callboard-agent/token`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {},
      }),
    },
    AbortSignal.timeout(10_000),
  );
  asAdmin.close();
  const { token } = (answer as { status: { token: string } }).status;
  return new ApiServer({ ...access, readToken: async () => token });
}

function readBlueprint(name: string): KubeObject[] {
  const file =
    readdirSync(BLUEPRINTS).find(each => each.startsWith(name)) ?? '';
  const [document] = parseAllDocuments(
    readFileSync(join(BLUEPRINTS, file), 'utf8'),
  );
  const { spec } = document.toJS() as {
    spec: { addons: Array<{ objects: KubeObject[] }> };
  };
  return spec.addons.flatMap(addon => addon.objects);
}

/** One object of each kind and name that the renderer's goldens hold, with the Secrets of an app, in one namespace. */
function renderedApp(namespace: string): KubeObject[] {
  const objects = new Map<string, KubeObject>();
  for (const file of readdirSync(RENDERED)) {
    if (!file.endsWith('.output.yaml') || file.includes('.refused.')) continue;
    const text = readFileSync(join(RENDERED, file), 'utf8');
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS() as KubeObject;
      const { kind, metadata } = object;
      objects.set(`${kind}/${metadata.name}`, {
        ...object,
        metadata: { ...metadata, namespace },
      });
    }
  }
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...[PULL_SECRET_NAME, GENERATED_SECRET_NAME, SETTINGS_SECRET_NAME].map(
      name => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name, namespace },
        data: { a: '' },
      }),
    ),
    ...objects.values(),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace },
      spec: {
        defaultBackend: { service: { name: 'web', port: { number: 80 } } },
      },
    },
  ];
}

function app(namespace: string): KubeObject[] {
  const labels = { 'callboard.dev/app': 'shop' };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'web', image: 'registry.example/web:1' }] },
  };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web', namespace },
      data: { a: '1' },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: PULL_SECRET_NAME, namespace },
      data: { a: '' },
    },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'web', namespace },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace },
      spec: { podSelector: { matchLabels: labels } },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace },
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace },
      spec: { selector: labels, ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace, labels },
      spec: { selector: { matchLabels: labels }, template },
    },
  ];
}

/** What was refused and why; empty when all went well. */
function whatFailed(
  result: Awaited<ReturnType<typeof applyObjects>>,
): string[] {
  if (!result.ok) return [`${result.problem.code}: ${result.problem.why}`];
  return result.value.changes
    .filter(change => change.action === 'refused')
    .map(change => `${refOfChange(change.ref)}: ${change.problem.why}`);
}

function refOfChange(ref: ReturnType<typeof refOf>): string {
  return `${ref.kind}/${ref.name}`;
}
