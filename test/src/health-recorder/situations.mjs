import {
  configMap,
  container,
  deployment,
  http,
  job,
  pullSecret,
  secret,
} from './objects.mjs';

/**
 * What the recorder asks a real cluster for.
 *
 * `name` is `what.expectation`: codes of findings joined by `+`, or a status in lower case where there is
 * nothing to find. `make(context)` gives the objects, `seen(state)` says when the situation is there.
 */

const waiting = reason => state =>
  state.containers.some(({ state: now }) => now?.waiting?.reason === reason);
const backOff = state => state.eventsOf('BackOff').length > 0;
const pulling = state =>
  state.containers.some(
    ({ state: now }) => now?.waiting?.reason === 'ImagePullBackOff',
  ) && state.eventsOf('Failed').length > 0;
const unhealthy = state =>
  state.eventsOf('Unhealthy').length > 0 && state.age > 8;
const refused = state => state.eventsOf('FailedCreate').length > 0;
const available = state =>
  state.deployments.every(
    ({ status, spec }) => (status?.availableReplicas ?? 0) === spec.replicas,
  ) && state.age > 5;
const unschedulable = state =>
  state.pods.some(({ status }) =>
    status.conditions?.some(({ reason }) => reason === 'Unschedulable'),
  );
const requests = (cpu, memory) => ({
  resources: { requests: { ...(cpu && { cpu }), ...(memory && { memory }) } },
});
const one = (say, extra) => [deployment({ one: container(say, extra) })];

const crash = (name, say, extra) => ({
  name,
  make: () => one(say, extra),
  seen: state => backOff(state) && state.restarts >= 2,
});
const image = (name, make) => ({ name, make, seen: pulling });

export const SITUATIONS = [
  // ends by itself
  crash('exit-code-1.crashed-at-start', 'crash 1'),
  crash('exit-code-3.crashed-at-start', 'crash 3'),
  crash('exit-code-127.crashed-at-start', 'crash 127'),
  crash('exit-code-139.crashed-at-start', 'crash 139'),
  crash('panic.crashed-at-start', 'panic'),
  crash('ends-without-error.ended-by-itself', 'done 1'),
  {
    name: 'prints-its-secrets.bad-port',
    make: () =>
      one('env', {
        env: [
          { name: 'DB_PASSWORD', value: 'correct-horse-battery' },
          {
            name: 'DATABASE_URL',
            value: 'postgres://shop:correct-horse-battery@db:5432/shop',
          },
        ],
        readinessProbe: { tcpSocket: { port: 9997 }, periodSeconds: 1 },
      }),
    seen: unhealthy,
  },
  {
    name: 'two-programs-one-port.crashed-at-start',
    make: () => [
      deployment({
        containers: [container('web'), container('web', { name: 'proxy' })],
      }),
    ],
    seen: state => backOff(state) && state.restarts >= 2,
  },
  {
    name: 'step-before-start-fails.crashed-at-start',
    make: () => [
      deployment({
        initContainers: [container('crash 4', { name: 'migrate' })],
      }),
    ],
    seen: state => backOff(state) && state.restarts >= 2,
  },
  {
    name: 'new-release-crashes-old-one-serves.crashed-at-start',
    make: () => one('web'),
    then: () => [deployment({ one: container('crash 5'), release: '2' })],
    seen: state => backOff(state) && state.restarts >= 2,
  },
  {
    name: 'two-of-three-instances-serve.insufficient-resources',
    make: ({ cpus }) => [
      deployment({
        replicas: 3,
        one: container('web', requests(`${Math.floor(cpus * 400)}m`)),
      }),
    ],
    seen: state =>
      unschedulable(state) &&
      state.pods.filter(({ status }) => status.phase === 'Running').length ===
        2,
    alone: true, // takes most of the node's CPU
  },
  // memory
  {
    name: 'eats-64-mib.out-of-memory',
    make: () => one('eat', { resources: { limits: { memory: '64Mi' } } }),
    seen: state =>
      state.containers.some(
        ({ lastState }) => lastState?.terminated?.reason === 'OOMKilled',
      ) && backOff(state),
  },
  {
    name: 'second-program-eats.out-of-memory',
    make: () => [
      deployment({
        containers: [
          container('web'),
          container('eat', {
            name: 'worker',
            resources: { limits: { memory: '48Mi' } },
          }),
        ],
      }),
    ],
    seen: state =>
      state.containers.some(
        ({ lastState }) => lastState?.terminated?.reason === 'OOMKilled',
      ) && backOff(state),
  },
  // checks
  {
    name: 'readiness-status-500.probe-failed',
    make: () => one('web', { readinessProbe: http('/fail') }),
    seen: unhealthy,
  },
  {
    name: 'readiness-grpc-meets-http.probe-failed',
    make: () =>
      one('web', {
        readinessProbe: { grpc: { port: 8080 }, periodSeconds: 1 },
      }),
    seen: unhealthy,
  },
  {
    name: 'readiness-too-slow.probe-failed',
    make: () => one('web', { readinessProbe: http('/slow') }),
    seen: unhealthy,
  },
  {
    name: 'readiness-wrong-port.bad-port',
    make: () => one('web', { readinessProbe: http('/healthz', 9999) }),
    seen: unhealthy,
  },
  {
    name: 'readiness-tcp-wrong-port.bad-port',
    make: () =>
      one('web', {
        readinessProbe: { tcpSocket: { port: 9998 }, periodSeconds: 1 },
      }),
    seen: unhealthy,
  },
  {
    name: 'readiness-command-fails.probe-failed',
    make: () =>
      one('web', {
        readinessProbe: {
          exec: { command: ['/trial', 'crash', '7'] },
          periodSeconds: 1,
        },
      }),
    seen: unhealthy,
  },
  {
    name: 'readiness-command-missing.probe-failed',
    make: () =>
      one('web', {
        readinessProbe: { exec: { command: ['/bin/check'] }, periodSeconds: 1 },
      }),
    seen: unhealthy,
  },
  {
    name: 'listens-elsewhere.bad-port',
    make: () =>
      one('web', {
        env: [{ name: 'PORT', value: '3000' }],
        readinessProbe: http('/healthz'),
      }),
    seen: unhealthy,
  },
  {
    name: 'liveness-fails-after-a-while.probe-failed',
    make: () => one('sick 3', { livenessProbe: http('/healthz') }),
    seen: state =>
      state.restarts >= 2 &&
      state.eventsOf('Killing').length > 0 &&
      state.containers.some(({ ready }) => !ready),
  },
  {
    name: 'startup-check-never-passes.probe-failed',
    make: () => one('web', { startupProbe: http('/fail') }),
    seen: state => state.restarts >= 1 && state.eventsOf('Killing').length > 0,
  },
  // images
  image('tag-missing.image-not-found', () => [
    deployment({ one: container('web', { image: 'REGISTRY/trial:42' }) }),
  ]),
  image('repository-missing.image-not-found', () => [
    deployment({ one: container('web', { image: 'REGISTRY/shop:1' }) }),
  ]),
  image('digest-missing.image-not-found', () => [
    deployment({
      one: container('web', {
        image: `REGISTRY/trial@sha256:${'0'.repeat(64)}`,
      }),
    }),
  ]),
  image('private-without-credentials.registry-credentials', () => [
    deployment({
      one: container('web', { image: 'REGISTRY/private/trial:1' }),
    }),
  ]),
  image('private-with-wrong-password.registry-credentials', ({ registry }) => [
    pullSecret('registry', registry, 'wrong'),
    deployment({
      one: container('web', { image: 'REGISTRY/private/trial:1' }),
      pod: { imagePullSecrets: [{ name: 'registry' }] },
    }),
  ]),
  {
    name: 'private-with-credentials.healthy',
    make: ({ registry }) => [
      pullSecret('registry', registry, 'secret'),
      deployment({
        one: container('web', { image: 'REGISTRY/private/trial:1' }),
        pod: { imagePullSecrets: [{ name: 'registry' }] },
      }),
    ],
    seen: available,
  },
  image('registry-name-unknown.registry-unreachable', () => [
    deployment({ one: container('web', { image: 'registry.invalid/shop:1' }) }),
  ]),
  image('registry-refuses-connections.registry-unreachable', ({ node }) => [
    deployment({ one: container('web', { image: `${node}:5999/shop:1` }) }),
  ]),
  {
    name: 'image-name-unreadable.image-name-invalid',
    make: () => [
      deployment({ one: container('web', { image: 'REGISTRY/Shop:1' }) }),
    ],
    seen: waiting('InvalidImageName'),
  },
  {
    name: 'image-must-not-be-fetched.image-not-fetched',
    make: () => [
      deployment({
        one: container('web', {
          image: 'REGISTRY/trial:43',
          imagePullPolicy: 'Never',
        }),
      }),
    ],
    seen: waiting('ErrImageNeverPull'),
  },
  image('step-before-start-image-missing.image-not-found', () => [
    deployment({
      initContainers: [
        container('done 0', { name: 'migrate', image: 'REGISTRY/migrate:1' }),
      ],
    }),
  ]),
  // capacity
  {
    name: 'wants-640-cpu.insufficient-resources',
    make: () => one('web', requests('640')),
    seen: unschedulable,
  },
  {
    name: 'wants-900-gib.insufficient-resources',
    make: () => one('web', requests(undefined, '900Gi')),
    seen: unschedulable,
  },
  {
    name: 'wants-both.insufficient-resources',
    make: () => one('web', requests('640', '900Gi')),
    seen: unschedulable,
  },
  {
    name: 'wants-a-gpu.insufficient-resources',
    make: () =>
      one('web', { resources: { limits: { 'example.com/gpu': '1' } } }),
    seen: unschedulable,
  },
  {
    name: 'wants-another-machine.no-fitting-node',
    make: () => [deployment({ pod: { nodeSelector: { disk: 'fast' } } })],
    seen: unschedulable,
  },
  {
    name: 'one-per-machine.no-fitting-node',
    make: () => [
      deployment({
        replicas: 2,
        pod: {
          affinity: {
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                {
                  labelSelector: {
                    matchLabels: { 'callboard.dev/workload': 'web' },
                  },
                  topologyKey: 'kubernetes.io/hostname',
                },
              ],
            },
          },
        },
      }),
    ],
    seen: state => unschedulable(state) && state.age > 5,
  },
  {
    name: 'port-of-the-machine-taken.no-fitting-node',
    make: () => [
      deployment({
        replicas: 2,
        one: container('web', {
          ports: [{ containerPort: 8080, hostPort: 18080 }],
        }),
      }),
    ],
    seen: state => unschedulable(state) && state.age > 5,
  },
  // configuration
  {
    name: 'secret-missing.missing-object',
    make: () =>
      one('web', {
        env: [
          {
            name: 'DB',
            valueFrom: { secretKeyRef: { name: 'db', key: 'url' } },
          },
        ],
      }),
    seen: waiting('CreateContainerConfigError'),
  },
  {
    name: 'configuration-missing.missing-object',
    make: () =>
      one('web', { envFrom: [{ configMapRef: { name: 'settings' } }] }),
    seen: waiting('CreateContainerConfigError'),
  },
  {
    name: 'secret-key-missing.missing-key',
    make: () => [
      secret('db', { user: 'shop' }),
      ...one('web', {
        env: [
          {
            name: 'DB',
            valueFrom: { secretKeyRef: { name: 'db', key: 'url' } },
          },
        ],
      }),
    ],
    seen: waiting('CreateContainerConfigError'),
  },
  {
    name: 'configuration-key-missing.missing-key',
    make: () => [
      configMap('settings', { colour: 'red' }),
      ...one('web', {
        env: [
          {
            name: 'SIZE',
            valueFrom: { configMapKeyRef: { name: 'settings', key: 'size' } },
          },
        ],
      }),
    ],
    seen: waiting('CreateContainerConfigError'),
  },
  {
    name: 'secret-file-missing.missing-object',
    make: () => [
      deployment({
        one: container('web', {
          volumeMounts: [{ name: 'db', mountPath: '/db' }],
        }),
        pod: { volumes: [{ name: 'db', secret: { secretName: 'db' } }] },
      }),
    ],
    seen: state => state.eventsOf('FailedMount').length > 0,
  },
  {
    name: 'configuration-file-missing.missing-object',
    make: () => [
      deployment({
        one: container('web', {
          volumeMounts: [{ name: 'settings', mountPath: '/settings' }],
        }),
        pod: {
          volumes: [{ name: 'settings', configMap: { name: 'settings' } }],
        },
      }),
    ],
    seen: state => state.eventsOf('FailedMount').length > 0,
  },
  {
    name: 'key-of-a-file-missing.missing-key',
    make: () => [
      configMap('settings', { colour: 'red' }),
      deployment({
        one: container('web', {
          volumeMounts: [{ name: 'settings', mountPath: '/settings' }],
        }),
        pod: {
          volumes: [
            {
              name: 'settings',
              configMap: {
                name: 'settings',
                items: [{ key: 'size', path: 'size' }],
              },
            },
          ],
        },
      }),
    ],
    seen: state => state.eventsOf('FailedMount').length > 0,
  },
  {
    name: 'must-not-run-as-root.configuration-invalid',
    make: () =>
      one('web', { securityContext: { runAsNonRoot: true, runAsUser: 0 } }),
    seen: waiting('CreateContainerConfigError'),
    skipInvalid: true,
  },
  {
    name: 'storage-unknown.volume-not-ready',
    make: () => [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'none-such',
          resources: { requests: { storage: '1Gi' } },
        },
      },
      deployment({
        one: container('web', {
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        }),
        pod: {
          volumes: [
            { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
          ],
        },
      }),
    ],
    seen: unschedulable,
  },
  // commands
  {
    name: 'program-missing.start-failed',
    make: () => one('web', { command: ['/nope'] }),
    seen: state =>
      state.containers.some(
        ({ state: now, lastState }) =>
          now?.waiting?.reason === 'RunContainerError' ||
          lastState?.terminated?.reason === 'StartError',
      ),
  },
  {
    name: 'program-not-in-path.start-failed',
    make: () => one('web', { command: ['node', 'server.js'] }),
    seen: state =>
      state.containers.some(
        ({ state: now, lastState }) =>
          now?.waiting?.reason === 'RunContainerError' ||
          lastState?.terminated?.reason === 'StartError',
      ),
  },
  {
    name: 'program-not-executable.start-failed',
    make: () => one('web', { command: ['/etc/hosts'] }),
    seen: state =>
      state.containers.some(
        ({ state: now, lastState }) =>
          now?.waiting?.reason === 'RunContainerError' ||
          lastState?.terminated?.reason === 'StartError',
      ),
  },
  // rules of the cluster
  {
    name: 'quota-of-cpu.quota-exceeded',
    make: () => [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'team' },
        spec: { hard: { 'requests.cpu': '100m' } },
      },
      ...one('web', requests('200m')),
    ],
    seen: refused,
  },
  {
    name: 'quota-of-instances.quota-exceeded',
    make: () => [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'team' },
        spec: { hard: { pods: '1' } },
      },
      deployment({ replicas: 2 }),
    ],
    seen: state => refused(state) && state.age > 5,
  },
  {
    name: 'larger-than-allowed.admission-refused',
    make: () => [
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'sizes' },
        spec: { limits: [{ type: 'Container', max: { cpu: '100m' } }] },
      },
      ...one('web', {
        resources: { requests: { cpu: '2' }, limits: { cpu: '2' } },
      }),
    ],
    seen: refused,
  },
  {
    name: 'security-standard.admission-refused',
    namespaceLabels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    make: () => one('web'),
    seen: refused,
  },
  {
    name: 'rule-of-the-platform.admission-refused',
    namespaceLabels: { 'trial/rule': 'no-web' },
    make: () => one('web'),
    seen: refused,
  },
  // rollouts and tasks
  {
    name: 'gate-never-opens.stuck-rollout',
    make: () => [
      deployment({
        spec: { progressDeadlineSeconds: 5 },
        pod: { readinessGates: [{ conditionType: 'trial/gate' }] },
      }),
    ],
    seen: state =>
      state.deployments[0]?.status?.conditions?.some(
        ({ reason }) => reason === 'ProgressDeadlineExceeded',
      ),
  },
  {
    name: 'image-missing-until-the-deadline.image-not-found',
    make: () => [
      deployment({
        one: container('web', { image: 'REGISTRY/trial:44' }),
        spec: { progressDeadlineSeconds: 5 },
      }),
    ],
    seen: state =>
      pulling(state) &&
      state.deployments[0]?.status?.conditions?.some(
        ({ reason }) => reason === 'ProgressDeadlineExceeded',
      ),
  },
  {
    name: 'task-fails.job-failed',
    make: () => [job({ one: container('crash 2') })],
    seen: state =>
      state.jobs[0]?.status?.conditions?.some(
        ({ type, status }) => type === 'Failed' && status === 'True',
      ),
  },
  {
    name: 'task-takes-too-long.job-failed',
    make: () => [
      job({ one: container('web'), spec: { activeDeadlineSeconds: 4 } }),
    ],
    seen: state =>
      state.jobs[0]?.status?.conditions?.some(
        ({ type, status }) => type === 'Failed' && status === 'True',
      ),
  },
  {
    name: 'task-done.healthy',
    make: () => [job({ one: container('done 1') })],
    seen: state =>
      state.jobs[0]?.status?.conditions?.some(
        ({ type, status }) => type === 'Complete' && status === 'True',
      ),
  },
  {
    name: 'task-suspended.suspended',
    make: () => [job({ one: container('done 1'), spec: { suspend: true } })],
    seen: state => state.age > 3,
  },
  // two causes
  {
    name: 'two-workloads-two-causes.image-not-found+crashed-at-start',
    make: () => [
      deployment({ one: container('crash 8') }),
      deployment({
        name: 'worker',
        one: container('web', { image: 'REGISTRY/worker:1' }),
      }),
    ],
    seen: state => backOff(state) && pulling(state),
  },
  // all is well
  {
    name: 'serves.healthy',
    make: () => [
      deployment({
        replicas: 2,
        one: container('web', { readinessProbe: http('/healthz') }),
      }),
    ],
    seen: available,
  },
  {
    name: 'scaled-to-zero.healthy',
    make: () => [deployment({ replicas: 0 })],
    seen: state => state.age > 3,
  },
  {
    name: 'rollout-paused.suspended',
    make: () => [deployment({ spec: { paused: true } })],
    seen: state => state.age > 4,
  },
  {
    name: 'waits-for-its-address.progressing',
    make: () => [
      ...one('web'),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: {
          type: 'LoadBalancer',
          selector: { 'callboard.dev/workload': 'web' },
          ports: [{ port: 80, targetPort: 8080 }],
        },
      },
    ],
    seen: available,
  },
  // leaving
  {
    name: 'ignores-the-signal-to-end.ignores-stop',
    make: () => [
      deployment({
        one: container('stubborn'),
        pod: { terminationGracePeriodSeconds: 20 },
      }),
    ],
    ready: available,
    act: ({ kubectl, namespace }) =>
      kubectl('delete', 'pods', '--all', '-n', namespace, '--wait=false'),
    seen: state =>
      state.pods.some(
        ({ metadata }) =>
          metadata.deletionTimestamp &&
          Date.parse(metadata.deletionTimestamp) - Date.now() < 8_000,
      ),
  },
];

/** Recorded last and alone: the machine itself is made silent. */
export const LAST = {
  name: 'machine-silent.node-lost',
  make: () => [deployment({ replicas: 2 })],
  ready: available,
  act: ({ silenceNode }) => silenceNode(),
  seen: state =>
    state.nodes.some(({ status }) =>
      status.conditions.some(
        ({ type, status: is }) => type === 'Ready' && is === 'Unknown',
      ),
    ),
};
