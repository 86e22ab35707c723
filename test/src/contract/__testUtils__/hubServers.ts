import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import type { ClusterAccess } from '@callboard/plugin-callboard-clusters-node';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { KindRef } from '@callboard/plugin-callboard-node';
import { parse } from 'yaml';
import { ApiClient } from '../../support/ApiClient';
import { startApiServer } from '../../support/startApiServer';

/** A hub that clusters are described on. */
export interface HubServer {
  access: ClusterAccess;
  /** Access of the ServiceAccount among the objects, with the rights that they give; all rights where there is no authorization. */
  signIn(objects: readonly KubeObject[]): Promise<ClusterAccess>;
  url: string;
  token: string;
  /** Who signed its certificate, as a kubeconfig writes it. */
  caData?: string;
  /** Makes or changes an object, with its status. */
  put(object: KubeObject): Promise<void>;
  remove(object: KubeObject): Promise<void>;
  /** Objects of a kind in a namespace, by name. */
  list(kind: KindRef, namespace: string): Promise<KubeObject[]>;
  stop(): Promise<void>;
}

export const MANAGED_CLUSTER = {
  apiVersion: 'cluster.open-cluster-management.io/v1',
  kind: 'ManagedCluster',
} as const;
export const CLUSTER_PROFILE = {
  apiVersion: 'multicluster.x-k8s.io/v1alpha1',
  kind: 'ClusterProfile',
} as const;

export const PLACEMENT_DECISION = {
  apiVersion: 'cluster.open-cluster-management.io/v1beta1',
  kind: 'PlacementDecision',
} as const;

interface Served {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

const SERVED: readonly Served[] = [
  { ...MANAGED_CLUSTER, plural: 'managedclusters', namespaced: false },
  { ...CLUSTER_PROFILE, plural: 'clusterprofiles', namespaced: true },
  { ...PLACEMENT_DECISION, plural: 'placementdecisions', namespaced: true },
  { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true },
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    plural: 'namespaces',
    namespaced: false,
  },
];

const assets = process.env.KUBEBUILDER_ASSETS;
const definitions = process.env.CALLBOARD_HUB_CRDS;

/**
 * A hub of a hundred lines always, and a real API server where KUBEBUILDER_ASSETS names one: with the definitions
 * that CALLBOARD_HUB_CRDS holds, with minimal ones of the kinds that it lacks.
 */
export const HUB_SERVERS: ReadonlyArray<{
  name: string;
  start(): Promise<HubServer>;
}> = [
  { name: 'simulated', start: startFakeHub },
  ...(assets === undefined
    ? []
    : [
        {
          name: definitions === undefined ? 'real' : 'real, own definitions',
          start: () => startRealHub(assets),
        },
      ]),
];

function servedOf({ apiVersion, kind }: KindRef): Served {
  const found = SERVED.find(
    each => each.apiVersion === apiVersion && each.kind === kind,
  );
  if (!found) throw new Error(`${kind} is not served`);
  return found;
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
}

function collectionOf({ apiVersion, plural }: Served, namespace?: string) {
  return `${rootOf(apiVersion)}${
    namespace === undefined ? '' : `/namespaces/${namespace}`
  }/${plural}`;
}

function pathOf(object: KubeObject): string {
  const { name, namespace } = object.metadata;
  return `${collectionOf(servedOf(object), namespace)}/${name}`;
}

/** Answers discovery, lists, reads, apply (as a merge) and deletes, to who has its token. */
async function startFakeHub(): Promise<HubServer> {
  const token = randomBytes(16).toString('hex');
  const objects = new Map<string, KubeObject>();
  const server = http.createServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const answer = (status: number, value: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(value));
    if (request.headers.authorization !== `Bearer ${token}`) {
      answer(401, { kind: 'Status', code: 401, reason: 'Unauthorized' });
      return;
    }
    if (path === '/version') {
      answer(200, { major: '1', minor: '36', gitVersion: 'v1.36.3' });
      return;
    }
    if (request.method === 'DELETE') {
      objects.delete(path);
      answer(200, { kind: 'Status', status: 'Success' });
      return;
    }
    if (request.method === 'PATCH') {
      const sent = JSON.parse(await text(request)) as KubeObject;
      const at = path.replace(/\/status$/, '');
      const merged = { metadata: { uid: at }, ...objects.get(at) };
      const { metadata, status } = sent;
      const applied = (
        at === path
          ? {
              ...merged,
              ...sent,
              metadata: { ...merged.metadata, ...metadata },
            }
          : { ...merged, status }
      ) as KubeObject;
      objects.set(at, applied);
      answer(200, applied);
      return;
    }
    const known = objects.get(path);
    const version = SERVED.find(each => rootOf(each.apiVersion) === path);
    const listed = SERVED.find(each => path.endsWith(`/${each.plural}`));
    if (known) answer(200, known);
    else if (version)
      answer(200, {
        kind: 'APIResourceList',
        groupVersion: version.apiVersion,
        resources: SERVED.filter(
          ({ apiVersion }) => apiVersion === version.apiVersion,
        ).map(({ kind, plural, namespaced }) => ({
          name: plural,
          kind,
          namespaced,
          verbs: ['get', 'list', 'patch', 'delete'],
        })),
      });
    else if (listed) {
      const { apiVersion, kind } = listed;
      const folder = path.slice(0, -listed.plural.length);
      answer(200, {
        apiVersion,
        kind: `${kind}List`,
        metadata: { resourceVersion: '1' },
        items: [...objects.entries()]
          .filter(
            ([at, object]) =>
              object.kind === kind &&
              (at.startsWith(`${folder}namespaces/`) || at.startsWith(path)),
          )
          .map(([, object]) => object),
      });
    } else
      answer(404, {
        kind: 'Status',
        code: 404,
        reason: 'NotFound',
        details: { name: path.split('/').at(-1) },
      });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    access: { url, token },
    signIn: async () => ({ url, token }),
    url,
    token,
    put: async object => {
      objects.set(pathOf(object), object);
    },
    remove: async object => {
      const { finalizers } = object.metadata as { finalizers?: string[] };
      const known = objects.get(pathOf(object));
      if (!known || !finalizers) objects.delete(pathOf(object));
      else
        objects.set(pathOf(object), {
          ...known,
          metadata: {
            ...known.metadata,
            deletionTimestamp: '2026-11-21T12:00:00Z',
          },
        });
    },
    list: async (kind, namespace) =>
      [...objects.entries()]
        .filter(([at]) =>
          at.startsWith(`${collectionOf(servedOf(kind), namespace)}/`),
        )
        .map(([, object]) => object)
        .sort(byName),
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function byName({ metadata: a }: KubeObject, { metadata: b }: KubeObject) {
  return a.name < b.name ? -1 : 1;
}

interface Definition {
  metadata: { name: string; annotations?: Record<string, string> };
  [field: string]: unknown;
}

/** Definitions as their project publishes them, by name: `placements.cluster.open-cluster-management.io`. */
function readDefinitions(folder: string): Map<string, Definition> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter(file => /\.crd\.ya?ml$/.test(file))
      .map(file => parse(readFileSync(join(folder, file), 'utf8')))
      .map((definition: Definition) => [definition.metadata.name, definition]),
  );
}

function minimalDefinition({
  apiVersion,
  kind,
  plural,
  namespaced,
}: Served): Definition {
  const [group, version] = apiVersion.split('/');
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      annotations: {
        'api-approved.kubernetes.io': 'https://example.com/of-a-test',
      },
    },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
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
}

async function startRealHub(folder: string): Promise<HubServer> {
  const { url, token, kubeconfig, stop } = await startApiServer(folder);
  const client = new ApiClient({ url, token });
  const apply = (path: string, body: object) =>
    client.send({
      method: 'PATCH',
      path: `${path}?fieldManager=test&force=true`,
      body,
      type: 'application/apply-patch+yaml',
    });
  const must = async (path: string, body: object): Promise<void> => {
    const { status, text: said } = await apply(path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${said}`);
  };
  const published =
    definitions === undefined ? new Map() : readDefinitions(definitions);
  for (const served of SERVED.slice(0, 3)) {
    const minimal = minimalDefinition(served);
    const definition = published.get(minimal.metadata.name) ?? minimal;
    await must(
      `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definition.metadata.name}`,
      definition,
    );
    for (;;) {
      const { status } = await client.get(collectionOf(served));
      if (status === 200) break;
    }
  }
  const ca = await readCa(new URL(url));
  return {
    access: { kubeconfig: { file: kubeconfig } },
    signIn: async objects => {
      for (const object of objects) await must(rbacPathOf(object), object);
      const account = objects.find(({ kind }) => kind === 'ServiceAccount');
      if (!account) throw new Error('No ServiceAccount among the objects');
      const { text: body } = await client.send({
        method: 'POST',
        path: `${rbacPathOf(account)}/token`,
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' },
      });
      return {
        url,
        token: JSON.parse(body).status.token,
        ...(ca && { caData: ca }),
      };
    },
    url,
    token,
    caData: ca,
    put: async object => {
      const { namespace } = object.metadata;
      if (namespace !== undefined)
        await must(`/api/v1/namespaces/${namespace}`, {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespace },
        });
      const { status, ...rest } = object;
      await must(pathOf(object), rest);
      if (status !== undefined)
        await must(`${pathOf(object)}/status`, {
          apiVersion: object.apiVersion,
          kind: object.kind,
          metadata: {
            name: object.metadata.name,
            ...(namespace !== undefined && { namespace }),
          },
          status,
        });
    },
    remove: async object => {
      await client.send({ method: 'DELETE', path: pathOf(object) });
    },
    list: async (kind, namespace) => {
      const { text: body } = await client.get(
        collectionOf(servedOf(kind), namespace),
      );
      return (JSON.parse(body).items as KubeObject[]).sort(byName);
    },
    stop,
  };
}

function rbacPathOf({ apiVersion, kind, metadata }: KubeObject): string {
  const { name, namespace } = metadata;
  const folder = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${rootOf(apiVersion)}${folder}/${kind.toLowerCase()}s/${name}`;
}

/** Who signed the certificate of a server that was started just now. */
async function readCa({ hostname, port }: URL): Promise<string> {
  const socket = tls.connect({
    host: hostname,
    port: Number(port),
    rejectUnauthorized: false,
  });
  await new Promise((resolve, reject) =>
    socket.once('secureConnect', resolve).once('error', reject),
  );
  const shown = socket.getPeerCertificate(true);
  const { raw } = shown.issuerCertificate ?? shown;
  socket.destroy();
  const pem = [
    '-----BEGIN CERTIFICATE-----',
    raw.toString('base64'),
    '-----END CERTIFICATE-----',
    '',
  ].join('\n');
  return Buffer.from(pem).toString('base64');
}
