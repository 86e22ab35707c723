import type { ApiRequest } from '../support/ApiClient';

/** A few requests in a namespace of their own; `{ns}` in them is its name. */
export interface Scenario {
  name: string;
  steps: ApiRequest[];
}

const APPLY = 'application/apply-patch+yaml';
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const core = (rest: string) => `/api/v1/namespaces/{ns}/${rest}`;
const apps = (rest: string) => `/apis/apps/v1/namespaces/{ns}/${rest}`;
const batch = (rest: string) => `/apis/batch/v1/namespaces/{ns}/${rest}`;

const post = (path: string, body: unknown): ApiRequest => ({
  method: 'POST',
  path,
  body,
});
const put = (path: string, body: unknown): ApiRequest => ({
  method: 'PUT',
  path,
  body,
});
const patch = (path: string, body: unknown, type: string): ApiRequest => ({
  method: 'PATCH',
  path,
  body,
  type,
});
const apply = (
  path: string,
  body: unknown,
  manager: string,
  more = '',
): ApiRequest => patch(`${path}?fieldManager=${manager}${more}`, body, APPLY);
const remove = (path: string, body?: unknown): ApiRequest => ({
  method: 'DELETE',
  path,
  body,
});
const get = (path: string): ApiRequest => ({ path });

const configMap = (
  name: string,
  data: Record<string, string>,
  metadata = {},
) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  data,
});
const container = { name: 'main', image: 'nginx:1.27' };
const deployment = (
  name: string,
  spec: Record<string, unknown> = {},
  containers: unknown[] = [container],
) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers } },
    ...spec,
  },
});
const service = (name: string, spec: Record<string, unknown>) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec,
});
const job = (
  name: string,
  spec: Record<string, unknown> = {},
  podSpec: Record<string, unknown> = { restartPolicy: 'Never' },
) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    template: { spec: { containers: [container], ...podSpec } },
    ...spec,
  },
});
const pod = (name: string, spec: Record<string, unknown> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [container], ...spec },
});

const CRUD: Scenario[] = [
  {
    name: 'a config map lives',
    steps: [
      post(
        core('configmaps'),
        configMap('a', { x: '1' }, { labels: { l: 'v' } }),
      ),
      get(core('configmaps/a')),
      put(core('configmaps/a'), configMap('a', { x: '2', y: '3' })),
      get(core('configmaps')),
      remove(core('configmaps/a')),
      get(core('configmaps/a')),
    ],
  },
  {
    name: 'what is there is not created again',
    steps: [
      post(core('configmaps'), configMap('a', {})),
      post(core('configmaps'), configMap('a', {})),
    ],
  },
  {
    name: 'nothing is created in a namespace that is not there',
    steps: [
      post('/api/v1/namespaces/nowhere/configmaps', configMap('a', {})),
      get('/api/v1/namespaces/nowhere/configmaps'),
    ],
  },
  {
    name: 'path and object must agree',
    steps: [
      post(core('configmaps'), configMap('a', {}, { namespace: 'default' })),
      post(core('configmaps'), configMap('a', {})),
      put(core('configmaps/a'), configMap('b', {})),
      post(core('configmaps'), pod('p')),
    ],
  },
  {
    name: 'a stale writer and a wrong uid are conflicts with different words',
    steps: [
      post(core('configmaps'), configMap('a', {})),
      put(core('configmaps/a'), configMap('a', {}, { resourceVersion: '1' })),
      put(
        core('configmaps/a'),
        configMap('a', {}, { uid: '00000000-0000-0000-0000-000000000000' }),
      ),
    ],
  },
  {
    name: 'status has a door of its own',
    steps: [
      post(apps('deployments'), {
        ...deployment('web'),
        status: { replicas: 7 },
      }),
      put(apps('deployments/web'), {
        ...deployment('web', { replicas: 2 }),
        status: { replicas: 7 },
      }),
      patch(
        apps('deployments/web/status'),
        {
          spec: { replicas: 9 },
          status: { observedGeneration: 2, replicas: 3 },
        },
        MERGE,
      ),
    ],
  },
  {
    name: 'replicas can be scaled',
    steps: [
      post(apps('deployments'), deployment('web')),
      get(apps('deployments/web/scale')),
      patch(apps('deployments/web/scale'), { spec: { replicas: 4 } }, MERGE),
      get(apps('deployments/web')),
    ],
  },
  {
    name: 'a dry run changes nothing',
    steps: [
      post(`${core('configmaps')}?dryRun=All`, configMap('a', { x: '1' })),
      get(core('configmaps/a')),
      post(core('configmaps'), configMap('a', { x: '1' })),
      patch(`${core('configmaps/a')}?dryRun=All`, { data: { x: '2' } }, MERGE),
      remove(`${core('configmaps/a')}?dryRun=All`),
      get(core('configmaps/a')),
    ],
  },
  {
    name: 'a write that changes nothing is no write',
    steps: [
      post(core('configmaps'), configMap('a', { x: '1' })),
      patch(core('configmaps/a'), { data: { x: '1' } }, MERGE),
    ],
  },
  {
    name: 'empty values are left out',
    steps: [
      post(core('configmaps'), {
        ...configMap('a', {}, { labels: {}, annotations: {} }),
        binaryData: {},
      }),
    ],
  },
];

const DEFAULTS: Scenario[] = [
  { name: 'deployment', steps: [post(apps('deployments'), deployment('web'))] },
  {
    name: 'deployment with everything',
    steps: [
      post(
        apps('deployments'),
        deployment('web', { replicas: 3, strategy: { type: 'Recreate' } }, [
          {
            name: 'main',
            image:
              'registry.local:5000/web@sha256:0000000000000000000000000000000000000000000000000000000000000000',
            ports: [{ containerPort: 8080, name: 'http' }],
            env: [
              { name: 'A', value: '' },
              {
                name: 'B',
                valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
              },
              {
                name: 'C',
                valueFrom: { secretKeyRef: { name: 's', key: 'k' } },
              },
            ],
            resources: {
              limits: { cpu: '500m', memory: '128Mi' },
              requests: { cpu: 0.25 },
            },
            livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
            readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5 },
            volumeMounts: [
              { name: 'config', mountPath: '/etc/web' },
              { name: 'scratch', mountPath: '/tmp' },
            ],
          },
        ]),
      ),
    ],
  },
  {
    name: 'volumes',
    steps: [
      post(
        core('pods'),
        pod('p', {
          volumes: [
            { name: 'a', configMap: { name: 'x' } },
            {
              name: 'b',
              secret: { secretName: 'y', items: [{ key: 'k', path: 'p' }] },
            },
            { name: 'c', emptyDir: {} },
            { name: 'd', hostPath: { path: '/var' } },
          ],
        }),
      ),
    ],
  },
  { name: 'pod', steps: [post(core('pods'), pod('p'))] },
  {
    name: 'pod that tolerates',
    steps: [
      post(
        core('pods'),
        pod('p', { tolerations: [{ key: 'a', operator: 'Exists' }] }),
      ),
    ],
  },
  {
    name: 'service',
    steps: [
      post(
        core('services'),
        service('web', { selector: { app: 'web' }, ports: [{ port: 80 }] }),
      ),
    ],
  },
  {
    name: 'node port service',
    steps: [
      post(
        core('services'),
        service('web', {
          type: 'NodePort',
          selector: { app: 'web' },
          ports: [
            { port: 80, targetPort: 'http', name: 'http' },
            { port: 443, name: 'https' },
          ],
        }),
      ),
      patch(core('services/web'), { spec: { type: 'ClusterIP' } }, MERGE),
    ],
  },
  {
    name: 'headless service',
    steps: [
      post(
        core('services'),
        service('web', {
          clusterIP: 'None',
          selector: { app: 'web' },
          ports: [{ port: 80 }],
        }),
      ),
    ],
  },
  {
    name: 'load balancer',
    steps: [
      post(
        core('services'),
        service('web', { type: 'LoadBalancer', ports: [{ port: 80 }] }),
      ),
    ],
  },
  {
    name: 'external name',
    steps: [
      post(
        core('services'),
        service('web', { type: 'ExternalName', externalName: 'example.com' }),
      ),
    ],
  },
  { name: 'job', steps: [post(batch('jobs'), job('once'))] },
  {
    name: 'secret',
    steps: [
      post(core('secrets'), {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's' },
        stringData: { a: 'b' },
      }),
    ],
  },
  {
    name: 'namespace',
    steps: [
      post('/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: '{ns}-more' },
      }),
    ],
  },
  {
    name: 'replica set',
    steps: [
      post(apps('replicasets'), { ...deployment('web'), kind: 'ReplicaSet' }),
    ],
  },
  {
    name: 'stateful set',
    steps: [
      post(apps('statefulsets'), {
        ...deployment('web', { serviceName: 'web' }),
        kind: 'StatefulSet',
      }),
    ],
  },
  {
    name: 'daemon set',
    steps: [
      post(apps('daemonsets'), { ...deployment('web'), kind: 'DaemonSet' }),
    ],
  },
  {
    name: 'network policy, quota, limits, budget, role',
    steps: [
      post('/apis/networking.k8s.io/v1/namespaces/{ns}/networkpolicies', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'deny' },
        spec: { podSelector: {}, policyTypes: ['Ingress'] },
      }),
      post(core('limitranges'), {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'l' },
        spec: { limits: [{ type: 'Container', max: { cpu: '2' } }] },
      }),
      post('/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'b' },
        spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
      }),
      post('/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/roles', {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'r' },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      }),
      post('/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/rolebindings', {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'r' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Role',
          name: 'r',
        },
        subjects: [
          { kind: 'ServiceAccount', name: 'default', namespace: '{ns}' },
        ],
      }),
      post(core('serviceaccounts'), {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'bot' },
      }),
      post(core('resourcequotas'), {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'q' },
        spec: { hard: { pods: '10' } },
      }),
    ],
  },
];

const APPLIES: Scenario[] = [
  {
    name: 'one manager applies, takes away, applies again',
    steps: [
      apply(
        core('configmaps/a'),
        configMap('a', { x: '1', y: '1' }, { labels: { l: 'v' } }),
        'one',
      ),
      apply(core('configmaps/a'), configMap('a', { x: '2' }), 'one'),
      apply(core('configmaps/a'), configMap('a', { x: '2' }), 'one'),
    ],
  },
  {
    name: 'two managers share what they agree on',
    steps: [
      apply(core('configmaps/a'), configMap('a', { x: '1', y: '1' }), 'one'),
      apply(core('configmaps/a'), configMap('a', { x: '1', z: '1' }), 'two'),
      apply(core('configmaps/a'), configMap('a', { y: '1' }), 'one'),
      apply(core('configmaps/a'), configMap('a', { z: '1' }), 'two'),
    ],
  },
  {
    name: 'one conflict',
    steps: [
      apply(core('configmaps/a'), configMap('a', { x: '1' }), 'one'),
      apply(core('configmaps/a'), configMap('a', { x: '2' }), 'two'),
      apply(
        core('configmaps/a'),
        configMap('a', { x: '2' }),
        'two',
        '&force=true',
      ),
    ],
  },
  {
    name: 'several conflicts with several managers',
    steps: [
      apply(core('configmaps/a'), configMap('a', { x: '1', y: '1' }), 'one'),
      patch(
        `${core('configmaps/a')}?fieldManager=kubectl-patch`,
        { data: { z: '1' } },
        MERGE,
      ),
      apply(
        core('configmaps/a'),
        configMap('a', { x: '2', y: '2', z: '2' }),
        'two',
      ),
    ],
  },
  {
    name: 'a conflict with an update names its version',
    steps: [
      post(
        `${apps('deployments')}?fieldManager=kubectl-create`,
        deployment('web'),
      ),
      apply(apps('deployments/web'), deployment('web', { replicas: 3 }), 'two'),
    ],
  },
  {
    name: 'a conflict with a subresource names it',
    steps: [
      apply(apps('deployments/web'), deployment('web', { replicas: 1 }), 'one'),
      patch(
        `${apps('deployments/web/scale')}?fieldManager=scaler`,
        { spec: { replicas: 5 } },
        MERGE,
      ),
      apply(apps('deployments/web'), deployment('web', { replicas: 1 }), 'one'),
    ],
  },
  {
    name: 'a field left by its last owner goes back to its default',
    steps: [
      apply(
        apps('deployments/web'),
        deployment('web', { replicas: 3, minReadySeconds: 5 }),
        'one',
      ),
      apply(apps('deployments/web'), deployment('web'), 'one'),
    ],
  },
  {
    name: 'list elements are owned by their keys',
    steps: [
      apply(
        apps('deployments/web'),
        deployment('web', {}, [
          {
            ...container,
            ports: [{ containerPort: 80 }],
            env: [{ name: 'A', value: '1' }],
          },
        ]),
        'one',
      ),
      apply(
        apps('deployments/web'),
        deployment('web', {}, [
          {
            name: 'main',
            image: 'nginx:1.27',
            env: [{ name: 'B', value: '1' }],
          },
          { name: 'side', image: 'busybox' },
        ]),
        'two',
      ),
      apply(
        apps('deployments/web'),
        deployment('web', {}, [
          { ...container, ports: [{ containerPort: 81 }] },
        ]),
        'one',
      ),
    ],
  },
  {
    name: 'an unknown field fails whatever the validation',
    steps: [
      apply(
        apps('deployments/web'),
        {
          ...deployment('web'),
          spec: { ...deployment('web').spec, surprise: 1 },
        },
        'one',
      ),
      apply(
        apps('deployments/web'),
        {
          ...deployment('web'),
          spec: { ...deployment('web').spec, replicas: 'many' },
        },
        'one',
        '&fieldValidation=Ignore',
      ),
    ],
  },
  {
    name: 'what an apply must bring',
    steps: [
      patch(core('configmaps/a'), configMap('a', {}), APPLY),
      apply(core('configmaps/a'), { metadata: { name: 'a' } }, 'one'),
      apply(core('configmaps/a'), configMap('b', {}), 'one'),
      apply(
        core('configmaps/a'),
        configMap('a', {}, { managedFields: [{ manager: 'x' }] }),
        'one',
      ),
      apply(
        core('configmaps/a'),
        configMap('a', {}, { uid: '00000000-0000-0000-0000-000000000000' }),
        'one',
      ),
      patch(`${core('configmaps/a')}?force=true`, { data: {} }, MERGE),
    ],
  },
  {
    name: 'a dry run of an apply',
    steps: [
      apply(
        core('configmaps/a'),
        configMap('a', { x: '1' }),
        'one',
        '&dryRun=All',
      ),
      get(core('configmaps/a')),
    ],
  },
  {
    name: 'an update takes ownership of what it changes',
    steps: [
      apply(core('configmaps/a'), configMap('a', { x: '1', y: '1' }), 'one'),
      patch(
        `${core('configmaps/a')}?fieldManager=editor`,
        { data: { x: '2' } },
        MERGE,
      ),
      put(
        `${core('configmaps/a')}?fieldManager=editor`,
        configMap('a', { x: '2' }),
      ),
    ],
  },
  {
    name: 'managed fields can be forgotten',
    steps: [
      apply(core('configmaps/a'), configMap('a', { x: '1' }), 'one'),
      patch(
        `${core('configmaps/a')}?fieldManager=editor`,
        { metadata: { managedFields: [{}] } },
        MERGE,
      ),
      apply(core('configmaps/a'), configMap('a', { x: '2' }), 'one'),
    ],
  },
  {
    name: 'status is applied through its door',
    steps: [
      apply(apps('deployments/web'), deployment('web'), 'one'),
      apply(
        apps('deployments/web/status'),
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'web' },
          status: { replicas: 2 },
        },
        'observer',
      ),
    ],
  },
  {
    name: 'a service is applied',
    steps: [
      apply(
        core('services/web'),
        service('web', {
          selector: { app: 'web' },
          ports: [
            { port: 80, name: 'http' },
            { port: 81, name: 'more' },
          ],
        }),
        'one',
      ),
      apply(
        core('services/web'),
        service('web', {
          selector: { app: 'web' },
          ports: [{ port: 80, name: 'http', targetPort: 8080 }],
        }),
        'one',
      ),
    ],
  },
  {
    name: 'finalizers are a set',
    steps: [
      apply(
        core('configmaps/a'),
        configMap('a', {}, { finalizers: ['example.com/a'] }),
        'one',
      ),
      apply(
        core('configmaps/a'),
        configMap('a', {}, { finalizers: ['example.com/b'] }),
        'two',
      ),
      apply(core('configmaps/a'), configMap('a', {}), 'one'),
    ],
  },
];

const PATCHES: Scenario[] = [
  {
    name: 'json patch',
    steps: [
      post(core('configmaps'), configMap('a', { x: '1' })),
      patch(
        core('configmaps/a'),
        [
          { op: 'test', path: '/data/x', value: '1' },
          { op: 'add', path: '/data/y', value: '2' },
          { op: 'move', from: '/data/x', path: '/data/z' },
        ],
        JSON_PATCH,
      ),
      patch(
        core('configmaps/a'),
        [{ op: 'test', path: '/data/y', value: '9' }],
        JSON_PATCH,
      ),
      patch(
        core('configmaps/a'),
        [{ op: 'remove', path: '/data/nothing' }],
        JSON_PATCH,
      ),
      patch(
        core('configmaps/a'),
        [{ op: 'replace', path: '/metadata/name', value: 'b' }],
        JSON_PATCH,
      ),
      patch(core('configmaps/a'), { op: 'add' }, JSON_PATCH),
    ],
  },
  {
    name: 'merge patch',
    steps: [
      post(
        core('configmaps'),
        configMap('a', { x: '1', y: '1' }, { labels: { a: 'b' } }),
      ),
      patch(
        core('configmaps/a'),
        { data: { x: null, z: '2' }, metadata: { labels: null } },
        MERGE,
      ),
      patch(
        core('configmaps/a'),
        { metadata: { resourceVersion: '1' } },
        MERGE,
      ),
      patch(core('configmaps/nothing'), { data: {} }, MERGE),
      patch(core('configmaps/a'), { surprise: 1 }, MERGE),
      patch(core('configmaps/a'), {}, 'text/plain'),
    ],
  },
  {
    name: 'strategic merge joins lists by key',
    steps: [
      post(apps('deployments'), deployment('web')),
      patch(
        apps('deployments/web'),
        {
          spec: {
            template: {
              spec: { containers: [{ name: 'side', image: 'busybox' }] },
            },
          },
        },
        STRATEGIC,
      ),
      patch(
        apps('deployments/web'),
        {
          spec: {
            template: {
              spec: {
                containers: [
                  { name: 'main', env: [{ name: 'A', value: '1' }] },
                ],
              },
            },
          },
        },
        STRATEGIC,
      ),
      patch(
        apps('deployments/web'),
        {
          spec: {
            template: {
              spec: { containers: [{ name: 'side', $patch: 'delete' }] },
            },
          },
        },
        STRATEGIC,
      ),
      patch(
        apps('deployments/web'),
        { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
        STRATEGIC,
      ),
      patch(
        apps('deployments/web'),
        {
          spec: {
            template: {
              spec: {
                '$setElementOrder/containers': [
                  { name: 'main' },
                  { name: 'late' },
                ],
                containers: [{ name: 'late', image: 'busybox' }],
              },
            },
          },
        },
        STRATEGIC,
      ),
      patch(
        apps('deployments/web'),
        {
          spec: {
            template: {
              spec: {
                containers: [
                  { $patch: 'replace' },
                  { name: 'only', image: 'busybox' },
                ],
              },
            },
          },
        },
        STRATEGIC,
      ),
    ],
  },
  {
    name: 'strategic merge of ports and finalizers',
    steps: [
      post(
        core('services'),
        service('web', {
          selector: { app: 'web' },
          ports: [{ port: 80, name: 'http' }],
        }),
      ),
      patch(
        core('services/web'),
        { spec: { ports: [{ port: 81, name: 'more' }] } },
        STRATEGIC,
      ),
      patch(
        core('services/web'),
        { metadata: { finalizers: ['example.com/a'] } },
        STRATEGIC,
      ),
      patch(
        core('services/web'),
        {
          metadata: {
            '$deleteFromPrimitiveList/finalizers': ['example.com/a'],
          },
        },
        STRATEGIC,
      ),
    ],
  },
];

const bad = (name: string, ...steps: ApiRequest[]): Scenario => ({
  name,
  steps,
});

const VALIDATION: Scenario[] = [
  bad(
    'names',
    post(core('configmaps'), configMap('Not A Name', {})),
    post(core('configmaps'), configMap('', {})),
    post(core('configmaps'), configMap('a'.repeat(254), {})),
  ),
  bad(
    'namespace names',
    post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'a.b' },
    }),
    post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'a'.repeat(64) },
    }),
  ),
  bad(
    'service names',
    post(core('services'), service('1s', { ports: [{ port: 80 }] })),
    post(core('services'), service('a.b', { ports: [{ port: 80 }] })),
  ),
  bad(
    'labels',
    post(core('configmaps'), configMap('a', {}, { labels: { 'a b': 'c' } })),
    post(core('configmaps'), configMap('a', {}, { labels: { a: 'c d' } })),
    post(
      core('configmaps'),
      configMap('a', {}, { labels: { a: 'x'.repeat(64) } }),
    ),
    post(core('configmaps'), configMap('a', {}, { labels: { 'a/b/c': 'd' } })),
  ),
  bad(
    'annotations',
    post(
      core('configmaps'),
      configMap('a', {}, { annotations: { 'a b': 'c' } }),
    ),
    post(
      core('configmaps'),
      configMap('a', {}, { annotations: { a: 'x'.repeat(262_145) } }),
    ),
  ),
  bad('config keys', post(core('configmaps'), configMap('a', { 'a b': 'c' }))),
  bad(
    'deployment without anything',
    post(apps('deployments'), {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {},
    }),
  ),
  bad(
    'deployment without containers',
    post(apps('deployments'), deployment('web', {}, [])),
  ),
  bad(
    'selector and labels differ',
    post(
      apps('deployments'),
      deployment('web', { selector: { matchLabels: { app: 'other' } } }),
    ),
  ),
  bad(
    'empty selector',
    post(apps('deployments'), deployment('web', { selector: {} })),
  ),
  bad(
    'selector is immutable',
    post(apps('deployments'), deployment('web')),
    put(apps('deployments/web'), {
      ...deployment('other'),
      metadata: { name: 'web' },
    }),
  ),
  bad(
    'counts',
    post(
      apps('deployments'),
      deployment('web', { replicas: -1, minReadySeconds: -1 }),
    ),
  ),
  bad(
    'restart policy',
    post(apps('deployments'), {
      ...deployment('web'),
      spec: {
        ...deployment('web').spec,
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { restartPolicy: 'Never', containers: [container] },
        },
      },
    }),
  ),
  bad(
    'strategy',
    post(
      apps('deployments'),
      deployment('web', { strategy: { type: 'Sideways' } }),
    ),
    post(
      apps('deployments'),
      deployment('web', {
        strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } },
      }),
    ),
    post(
      apps('deployments'),
      deployment('web', {
        strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
      }),
    ),
  ),
  bad(
    'deadline',
    post(
      apps('deployments'),
      deployment('web', { minReadySeconds: 10, progressDeadlineSeconds: 10 }),
    ),
  ),
  bad(
    'container without image and name',
    post(apps('deployments'), deployment('web', {}, [{}])),
  ),
  bad(
    'container names',
    post(
      apps('deployments'),
      deployment('web', {}, [{ name: 'A', image: 'x' }]),
    ),
    post(apps('deployments'), deployment('web', {}, [container, container])),
  ),
  bad(
    'ports',
    post(
      apps('deployments'),
      deployment('web', {}, [
        {
          ...container,
          ports: [
            { containerPort: 0 },
            { containerPort: 70_000 },
            { containerPort: 80, protocol: 'ICMP' },
            { containerPort: 80, name: 'a-very-long-port-name' },
          ],
        },
      ]),
    ),
  ),
  bad(
    'duplicate container ports only warn',
    post(
      apps('deployments'),
      deployment('web', {}, [
        { ...container, ports: [{ containerPort: 80 }, { containerPort: 80 }] },
      ]),
    ),
  ),
  bad(
    'environment',
    post(
      apps('deployments'),
      deployment('web', {}, [
        {
          ...container,
          env: [
            { name: '' },
            { name: 'A=B', value: 'x' },
            {
              name: 'C',
              value: 'x',
              valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
            },
            { name: 'D', valueFrom: {} },
          ],
        },
      ]),
    ),
  ),
  bad(
    'mounts',
    post(
      apps('deployments'),
      deployment('web', {}, [
        {
          ...container,
          volumeMounts: [{ name: 'nothing', mountPath: '/x' }, { name: 'a' }],
        },
      ]),
    ),
  ),
  bad(
    'probes',
    post(
      apps('deployments'),
      deployment('web', {}, [
        {
          ...container,
          livenessProbe: {},
          readinessProbe: { httpGet: { port: 70_000 }, tcpSocket: { port: 1 } },
        },
      ]),
    ),
  ),
  bad(
    'resources',
    post(
      apps('deployments'),
      deployment('web', {}, [
        {
          ...container,
          resources: { requests: { cpu: '2' }, limits: { cpu: '1' } },
        },
      ]),
    ),
    post(
      apps('deployments'),
      deployment('web', {}, [
        { ...container, resources: { requests: { cpu: 'much' } } },
      ]),
    ),
  ),
  bad(
    'pull policy',
    post(
      core('pods'),
      pod('p', {
        containers: [{ ...container, imagePullPolicy: 'Sometimes' }],
      }),
    ),
  ),
  bad(
    'a pod is immutable but for its image',
    post(core('pods'), pod('p')),
    patch(
      core('pods/p'),
      { spec: { containers: [{ name: 'main', image: 'nginx:2' }] } },
      STRATEGIC,
    ),
    patch(
      core('pods/p'),
      { spec: { terminationGracePeriodSeconds: 1 } },
      MERGE,
    ),
  ),
  bad('service without ports', post(core('services'), service('web', {}))),
  bad(
    'service ports',
    post(core('services'), service('web', { ports: [{ port: 0 }] })),
    post(
      core('services'),
      service('web', { ports: [{ port: 80 }, { port: 81 }] }),
    ),
    post(
      core('services'),
      service('web', {
        ports: [
          { port: 80, name: 'a' },
          { port: 80, name: 'b' },
        ],
      }),
    ),
    post(
      core('services'),
      service('web', {
        ports: [
          { port: 80, name: 'a' },
          { port: 81, name: 'a' },
        ],
      }),
    ),
    post(
      core('services'),
      service('web', { ports: [{ port: 80, targetPort: 0 }] }),
    ),
  ),
  bad(
    'service types',
    post(
      core('services'),
      service('web', { type: 'Magic', ports: [{ port: 80 }] }),
    ),
    post(
      core('services'),
      service('web', { ports: [{ port: 80 }], sessionAffinity: 'Sometimes' }),
    ),
  ),
  bad(
    'node ports',
    post(
      core('services'),
      service('web', { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }),
    ),
    post(
      core('services'),
      service('a', {
        type: 'NodePort',
        ports: [{ port: 80, nodePort: 31_234 }],
      }),
    ),
    post(
      core('services'),
      service('b', {
        type: 'NodePort',
        ports: [{ port: 80, nodePort: 31_234 }],
      }),
    ),
    remove(core('services/a')),
  ),
  bad(
    'cluster address is immutable',
    post(core('services'), service('web', { ports: [{ port: 80 }] })),
    patch(
      core('services/web'),
      { spec: { clusterIP: '10.96.200.200', clusterIPs: ['10.96.200.200'] } },
      MERGE,
    ),
  ),
  bad(
    'job',
    post(batch('jobs'), job('once', {}, {})),
    post(batch('jobs'), job('once', { backoffLimit: -1 })),
  ),
  bad(
    'job template is immutable',
    post(batch('jobs'), job('once')),
    patch(batch('jobs/once'), { spec: { completions: 3 } }, MERGE),
  ),
  bad(
    'secret type is immutable',
    post(core('secrets'), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
    }),
    patch(core('secrets/s'), { type: 'example.com/other' }, MERGE),
  ),
  bad(
    'immutable data',
    post(core('configmaps'), {
      ...configMap('a', { x: '1' }),
      immutable: true,
    }),
    patch(core('configmaps/a'), { data: { x: '2' } }, MERGE),
    patch(core('configmaps/a'), { immutable: false }, MERGE),
  ),
  bad(
    'owners',
    post(
      core('configmaps'),
      configMap(
        'a',
        {},
        {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Pod', name: '', uid: '' },
          ],
        },
      ),
    ),
  ),
  bad(
    'finalizers',
    post(core('configmaps'), configMap('a', {}, { finalizers: ['a b'] })),
    post(core('configmaps'), configMap('a', {}, { finalizers: ['plain'] })),
  ),
  bad(
    'types',
    post(apps('deployments'), deployment('web', { replicas: 'many' })),
    post(apps('deployments'), deployment('web', { paused: 'yes' })),
    post(apps('deployments'), deployment('web', {}, [{ name: 1, image: 'x' }])),
    post(core('configmaps'), configMap('a', { x: 1 as unknown as string })),
    post(core('configmaps'), { ...configMap('a', {}), data: [] }),
  ),
  bad(
    'unknown fields, warned of',
    post(
      apps('deployments'),
      deployment('web', { surprise: 1 }, [{ ...container, imgae: 'x' }]),
    ),
  ),
  bad(
    'unknown fields, ignored',
    post(
      `${apps('deployments')}?fieldValidation=Ignore`,
      deployment('web', { surprise: 1 }),
    ),
  ),
  bad(
    'unknown fields, refused',
    post(
      `${apps('deployments')}?fieldValidation=Strict`,
      deployment('web', { surprise: 1 }, [{ ...container, imgae: 'x' }]),
    ),
  ),
  bad(
    'no object at all',
    post(core('configmaps'), '{'),
    post(core('configmaps'), 'null'),
    post(core('configmaps'), { metadata: { name: 'a' } }),
    post(core('configmaps'), {
      apiVersion: 'v9',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
    }),
  ),
  bad(
    'resourceVersion on creation',
    post(core('configmaps'), configMap('a', {}, { resourceVersion: '5' })),
  ),
  bad(
    'selectors',
    get(`${core('pods')}?labelSelector=a%20b`),
    get(`${core('pods')}?labelSelector=a%3D%3D%3D`),
    get(`${core('pods')}?fieldSelector=spec.containers%3Da`),
    get(`${core('pods')}?fieldSelector=x`),
  ),
  bad(
    'paths',
    get('/api/v1/nothings'),
    get('/apis/nothing.example.com/v1'),
    get('/nothing'),
    { method: 'PUT', path: core('configmaps'), body: {} },
    { method: 'POST', path: '/api/v1/configmaps', body: configMap('a', {}) },
  ),
  bad(
    'revisions',
    get(`${core('configmaps')}?resourceVersion=soon`),
    get(`${core('configmaps')}?continue=nonsense`),
    get(`${core('configmaps')}?limit=some`),
  ),
];

const DELETIONS: Scenario[] = [
  {
    name: 'preconditions',
    steps: [
      post(core('configmaps'), configMap('a', {})),
      remove(core('configmaps/a'), {
        preconditions: { uid: '00000000-0000-0000-0000-000000000000' },
      }),
      remove(core('configmaps/a'), { preconditions: { resourceVersion: '1' } }),
      remove(core('configmaps/nothing')),
      remove(core('configmaps/a')),
    ],
  },
  {
    name: 'finalizers hold an object',
    steps: [
      post(
        core('configmaps'),
        configMap('a', {}, { finalizers: ['example.com/wait'] }),
      ),
      remove(core('configmaps/a')),
      get(core('configmaps/a')),
      patch(
        core('configmaps/a'),
        { metadata: { finalizers: ['example.com/wait', 'example.com/more'] } },
        MERGE,
      ),
      patch(core('configmaps/a'), { metadata: { finalizers: null } }, MERGE),
      get(core('configmaps/a')),
    ],
  },
  {
    name: 'what a deletion answers',
    steps: [
      post(core('pods'), pod('p')),
      remove(core('pods/p')),
      post(core('services'), service('web', { ports: [{ port: 80 }] })),
      remove(core('services/web')),
      post(apps('deployments'), deployment('web')),
      remove(apps('deployments/web')),
      post(core('secrets'), {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's' },
      }),
      remove(core('secrets/s')),
    ],
  },
  {
    name: 'a collection goes by its selector',
    steps: [
      post(core('configmaps'), configMap('a', {}, { labels: { go: 'yes' } })),
      post(core('configmaps'), configMap('b', {})),
      remove(`${core('configmaps')}?labelSelector=go%3Dyes`),
      get(`${core('configmaps')}?labelSelector=go%3Dyes`),
      get(core('configmaps/b')),
    ],
  },
  {
    name: 'nothing new in a namespace that goes',
    steps: [
      post(
        core('configmaps'),
        configMap('a', {}, { finalizers: ['example.com/wait'] }),
      ),
      remove('/api/v1/namespaces/{ns}'),
      post(core('configmaps'), configMap('b', {})),
      get(`${core('configmaps')}?fieldSelector=metadata.name%3Dnothing`),
    ],
  },
  {
    name: 'namespaces that stay',
    steps: [remove('/api/v1/namespaces/kube-system')],
  },
];

/** What every API server must answer alike, suite by suite. */
export const SCENARIOS: Readonly<Record<string, readonly Scenario[]>> = {
  crud: CRUD,
  defaults: DEFAULTS,
  apply: APPLIES,
  patches: PATCHES,
  validation: VALIDATION,
  deletions: DELETIONS,
};
