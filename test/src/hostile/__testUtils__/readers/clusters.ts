import { setImmediate } from 'node:timers/promises';
import {
  openConnection,
  readKubeObject,
} from '@callboard/plugin-callboard-clusters-node';
import {
  type KubeObject,
  type Result,
  API_VERSION,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';
import {
  assessHealth,
  assessObjects,
  diagnose,
} from '@callboard/plugin-callboard-core';
import type { ClusterResponse } from '@callboard/plugin-callboard-node';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { followCollection } from '../../../../../packages/agent/src/restore/followCollection';
import { isWithin } from '../../../../../packages/agent/src/restore/compareObjects';
import {
  readLive,
  sendDesired,
} from '../../../../../packages/agent/src/restore/sendDesired';
import type { ApiServer } from '../../../../../packages/agent/src/api/ApiServer';
import { hideCredentials } from '../../../../../packages/tunnel/src/credentials/hideCredentials';
import { digestOf } from '../../../../../plugins/callboard-control-plane/src/reconcile/observing/digestOf';
import { NodeTally } from '../../../../../plugins/callboard-control-plane/src/reconcile/fleet/NodeTally';
import { PodTally } from '../../../../../plugins/callboard-control-plane/src/reconcile/fleet/PodTally';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { writtenOf } from './documents';
import {
  NOW,
  type Outcome,
  type Reader,
  inPieces,
  isRecord,
  jsonIn,
} from './Reader';

const FILE = { file: 'hostile.yaml' };
const MOST_YAML = 8_000; // the portal is given JSON; YAML is how objects were recorded
const PLATFORM_KINDS = ['undefined', 'Environment', 'Blueprint', 'App'];
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
const REF = { ...DEPLOYMENT, namespace: 'shop--dev', name: 'web' };
const OBJECT = {
  ...DEPLOYMENT,
  metadata: {
    name: 'web',
    namespace: 'shop--dev',
    uid: 'u-1',
    resourceVersion: '7',
    labels: {
      'callboard.dev/app': 'shop',
      'callboard.dev/environment': 'dev',
      'callboard.dev/release': '3',
    },
    managedFields: [{ manager: 'kubectl', operation: 'Update' }],
  },
  spec: { replicas: 2 },
  status: { readyReplicas: 1 },
};
const AUTOSCALER = {
  apiVersion: 'autoscaling/v1',
  kind: 'HorizontalPodAutoscaler',
  metadata: {
    name: 'web',
    annotations: {
      'autoscaling.alpha.kubernetes.io/conditions':
        '[{"type":"AbleToScale","status":"False","reason":"x","message":"y"}]',
    },
  },
  status: {},
};
const RESOURCES = {
  kind: 'APIResourceList',
  groupVersion: 'apps/v1',
  resources: [
    {
      name: 'deployments',
      kind: 'Deployment',
      namespaced: true,
      verbs: ['get'],
    },
  ],
};
const STATUS = {
  kind: 'Status',
  status: 'Failure',
  reason: 'Conflict',
  message: 'Apply failed with 1 conflict',
  code: 409,
  details: {
    name: 'web',
    kind: 'deployments',
    causes: [
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "kubectl"',
        field: '.spec.replicas',
      },
    ],
  },
};
const ANSWERS = [
  OBJECT,
  STATUS,
  RESOURCES,
  {
    kind: 'DeploymentList',
    metadata: { resourceVersion: '9' },
    items: [OBJECT],
  },
  { major: '1', minor: '34', gitVersion: 'v1.34.0' },
  {
    kind: 'APIGroupList',
    groups: [
      {
        name: 'apps',
        versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
        preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
      },
    ],
  },
  `${JSON.stringify({ type: 'ADDED', object: OBJECT })}\n${JSON.stringify({
    type: 'BOOKMARK',
    object: { metadata: { resourceVersion: '11' } },
  })}\n${JSON.stringify({
    type: 'ERROR',
    object: { ...STATUS, code: 410 },
  })}\n`,
  { status: 429, headers: { 'retry-after': '1' }, body: STATUS },
  { status: 503, headers: {}, body: 'no upstream' },
];

/** What a cluster answers to everything, once its kinds are known. */
export const CLUSTERS: readonly Reader[] = [
  {
    name: 'objects of a cluster, as far as health and findings',
    seeds: [
      OBJECT,
      AUTOSCALER,
      ...writtenOf(kind => !PLATFORM_KINDS.includes(kind)),
    ],
    read(text) {
      const objects = objectsIn(text);
      objects.forEach(object => assessHealth(object));
      assessObjects(objects, NOW);
      diagnose(
        {
          app: 'shop',
          environment: 'dev',
          cluster: 'eu-1',
          objects,
          events: objects,
          logs: Object.fromEntries(
            objects.map(({ metadata }) => [metadata.name, text]),
          ),
        },
        NOW,
      );
    },
  },
  {
    name: 'objects of a cluster, as far as what is kept of them',
    seeds: [OBJECT, ...writtenOf(kind => !PLATFORM_KINDS.includes(kind))],
    read(text) {
      const nodes = new NodeTally();
      const pods = new PodTally();
      for (const object of objectsIn(text)) {
        const of = { cluster: 'eu-1', desired: OBJECT as KubeObject };
        digestOf(object, { ...of, health: assessHealth(object) }, NOW);
        nodes.see(object);
        pods.see(object);
        isWithin(OBJECT, object);
      }
      nodes.sum();
      pods.sum();
    },
  },
  {
    name: 'answers of a cluster, to every kind of request',
    seeds: ANSWERS,
    async read(text, bytes) {
      const answer = answerIn(text, bytes);
      const problems: Outcome[] = [];
      for (const isFirst of [false, true]) {
        const connection = openConnection(
          {
            file: {
              apiVersion: API_VERSION,
              kind: 'Cluster',
              metadata: { name: 'eu-1' },
              spec: {},
            },
            connectionKind: 'kubeconfig',
            livenessDeadlineMs: 1_000,
            openTransport: async () => ({
              send: async ({ path }) => {
                await setImmediate(); // as from a network
                return !isFirst && path === '/apis/apps/v1'
                  ? known()
                  : answer();
              },
              close: async () => undefined,
            }),
          },
          { limits: { failuresToOpen: 100, listPages: 3 } },
        );
        const call = { deadlineMs: 20 };
        const results: Array<Result<unknown>> = isFirst
          ? [
              await connection.readVersion(call),
              await connection.discover(call),
            ]
          : [
              await connection.read(REF, call),
              await connection.list(DEPLOYMENT, call),
              await connection.apply(OBJECT as KubeObject, call),
              await connection.remove(REF, call),
              await connection.review(DEPLOYMENT, {}, call),
              await connection.readLogs(REF, call),
            ];
        if (!isFirst) {
          const { signal } = new AbortController();
          for await (const event of connection.watch(DEPLOYMENT, {
            resourceVersion: '1',
            signal,
            silenceMs: 20,
          }))
            results.push(event);
        }
        await connection.close();
        for (const each of results) if (!each.ok) problems.push(each.problem);
      }
      return problems.at(-1);
    },
  },
  {
    name: 'answers of the API server that an agent is at',
    seeds: ANSWERS,
    async read(text, bytes) {
      const answer = answerIn(text, bytes);
      const api = { send: async () => answer() } as unknown as ApiServer;
      const wanted = OBJECT as Parameters<typeof sendDesired>[1]['wanted'];
      await sendDesired(api, { path: '/x', wanted }).catch(explained);
      await readLive(api, '/x').catch(explained);
      const done = new AbortController();
      let lists = 0;
      await followCollection(
        api,
        {
          collection: '/apis/apps/v1/deployments',
          onList: () => {
            lists += 1;
            if (lists > 1) done.abort();
          },
          onEvent: () => undefined,
          onBlind: () => done.abort(),
        },
        done.signal,
      );
    },
  },
  {
    name: 'an answer that quotes credentials',
    seeds: [
      'unauthorized: Bearer token-of-callboard, Y2FsbGJvYXJkOnNlY3JldA==',
    ],
    async read(_, bytes) {
      const secrets = {
        token: 'token-of-callboard',
        basic: { username: 'callboard', password: 'secret' },
      };
      let said = '';
      for await (const part of hideCredentials(inPieces(bytes), secrets))
        said += Buffer.from(part).toString();
      if (said.includes(secrets.token)) throw new Error('It tells the token');
    },
  },
];

/** An answer is a document with `status`, `headers` and `body`, or is its body. */
export function answerIn(
  text: string,
  bytes: Uint8Array,
): () => ClusterResponse {
  const value = jsonIn(text);
  if (!isRecord(value) || typeof value.status !== 'number')
    return () => ({ status: 200, headers: {}, body: inPieces(bytes) });
  const { status, headers, body } = value;
  const kept = Buffer.from(
    typeof body === 'string' ? body : JSON.stringify(body) ?? '',
  );
  return () => ({
    status: Math.trunc(status),
    headers: Object.fromEntries(
      Object.entries(isRecord(headers) ? headers : {}).map(([name, each]) => [
        name.toLowerCase(),
        String(each),
      ]),
    ),
    body: inPieces(kept),
  });
}

function known(): ClusterResponse {
  const bytes = Buffer.from(JSON.stringify(RESOURCES));
  return { status: 200, headers: {}, body: inPieces(bytes) };
}

/** The agent's loops take any failure of a request as one; a mistake of ours is none. */
function explained(error: unknown): void {
  if (error instanceof TypeError || error instanceof RangeError) throw error;
}

/** Clusters answer JSON; what was recorded of them is YAML. */
function objectsIn(text: string): KubeObject[] {
  const json = jsonIn(text);
  if (json !== undefined)
    return (Array.isArray(json) ? json : [json]).flatMap(
      each => readKubeObject(each) ?? [],
    );
  const documents = parseYamlDocuments(text.slice(0, MOST_YAML), FILE);
  return documents.ok
    ? documents.value.flatMap(({ value }) => readKubeObject(value) ?? [])
    : [];
}
