import type { HorizontalPodAutoscaler, Pod } from './kinds';
import {
  claim,
  configMap,
  cronJob,
  deployment,
  job,
  TestCluster,
} from './__testUtils__';

/**
 * Where a simulated cluster differs from a real one, on purpose or for now.
 * LIMITS.md has a line for each of these; a test that fails here is good news.
 */
describe('limits', () => {
  let test: TestCluster;

  beforeEach(async () => {
    test = await TestCluster.create();
  });
  afterEach(() => test.close());

  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${test.fleet.urlOf('eu-1')}${path}`, {
      ...init,
      headers: {
        Authorization: 'Bearer secret',
        ...(init.headers as Record<string, string> | undefined),
      },
    });

  it('no-protobuf: bodies are JSON or YAML', async () => {
    const answer = await raw('/api/v1/namespaces', {
      method: 'POST',
      headers: { 'Content-Type': 'application/vnd.kubernetes.protobuf' },
      body: 'k8s',
    });
    expect(answer.status).toBe(415);
  });

  it('no-custom-resources: definitions are not served', async () => {
    expect(
      (await raw('/apis/apiextensions.k8s.io/v1/customresourcedefinitions'))
        .status,
    ).toBe(404);
  });

  it('no-authorization: the one token may do everything', async () => {
    const answer = await raw('/api/v1/secrets', {
      headers: { 'Impersonate-User': 'nobody' },
    });
    expect(answer.status).toBe(200);
  });

  it('no-streams: exec, attach, port-forward and proxy are not served', async () => {
    await test.apply(deployment('web'));
    await test.passes(1_000);
    const [pod] = test.all('Pod');
    const answer = await raw(
      `/api/v1/namespaces/default/pods/${pod.metadata.name}/exec?command=ls`,
      { method: 'POST' },
    );
    expect(answer.status).toBe(404);
  });

  it('no-quota: quotas, limit ranges and budgets are stored and not enforced', async () => {
    await test.apply({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none', namespace: 'default' },
      spec: { hard: { pods: '0' } },
    });
    await test.apply(deployment('web'));
    await test.passes(3_000);
    expect(test.all<Pod>('Pod').map(({ status }) => status.phase)).toEqual([
      'Running',
    ]);
  });

  it('stored-ingresses: ingresses are stored and get no address', async () => {
    await test.apply({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        defaultBackend: { service: { name: 'web', port: { number: 80 } } },
      },
    });
    await test.passes(3_000);
    const [{ status }] = test.all('Ingress');
    expect(status ?? {}).toEqual({});
  });

  it('no-surge: daemon sets replace pods without a second one beside them', async () => {
    const agent = (image: string) => ({
      ...deployment(
        'agent',
        {
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
          },
        },
        { image },
      ),
      kind: 'DaemonSet',
    });
    await test.apply(agent('web:1'));
    await test.passes(3_000);
    await test.apply(agent('web:2'));
    for (let i = 0; i < 20; i += 1) {
      await test.passes(200);
      expect(test.all('Pod').length).toBeLessThanOrEqual(2);
    }
  });

  it('loose-schedules: a schedule that is none is stored, and only its events say so', async () => {
    await test.apply(cronJob('report', { schedule: '61 * * * *' }));
    await test.passes(3_000);
    expect(test.eventsOf('report')).toEqual([
      'UnparseableSchedule: unparseable schedule: "61 * * * *"',
    ]);
  });

  it('hasty-schedules: what was due by a new schedule is started at once', async () => {
    await test.apply(cronJob('report', { schedule: '0 0 30 2 *' }));
    await test.passes(120_000);
    expect(test.all('Job')).toEqual([]);
    await test.apply(cronJob('report', { schedule: '* * * * *' }));
    await test.turns();
    expect(test.all('Job')).toHaveLength(1);
  });

  it('no-load: an autoscaler keeps instances between fewest and most, whatever they do', async () => {
    await test.apply(deployment('web', { replicas: 1 }));
    await test.apply({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        minReplicas: 2,
        maxReplicas: 4,
        metrics: [],
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
        },
      },
    });
    await test.passes(60_000);
    expect(test.all('Pod')).toHaveLength(2);
    const [autoscaler] = test.all<HorizontalPodAutoscaler>(
      'HorizontalPodAutoscaler',
    );
    expect(autoscaler.status).toMatchObject({
      currentReplicas: 2,
      desiredReplicas: 2,
      conditions: [
        { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' },
      ],
    });
  });

  it('played-usage: a played container takes the same, always', async () => {
    const measured = await TestCluster.create({ hasMetrics: true });
    await measured.apply(deployment('web'));
    await measured.passes(2_000);
    const path = '/apis/metrics.k8s.io/v1beta1/pods';
    const usage = { cpu: '2000000n', memory: '24576Ki' };
    expect(await measured.send('GET', path)).toMatchObject({
      items: [{ containers: [{ name: 'main', usage }] }],
    });
    await measured.close();
  });

  it('no-volumes: a claim is bound to a volume that is no object', async () => {
    await test.apply(claim('data'));
    await test.passes(1_000);
    const [{ spec, status }] = test.all('PersistentVolumeClaim');
    expect([spec, status]).toMatchObject([
      { volumeName: expect.stringMatching(/^pvc-/) },
      { phase: 'Bound', capacity: { storage: '1Gi' } },
    ]);
    expect(test.all('PersistentVolume')).toEqual([]);
  });

  it('duplicate-fields: of a field that stands twice the last counts, unsaid', async () => {
    const body =
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"},"data":{"x":"2"}}';
    const answer = await raw(
      '/api/v1/namespaces/default/configmaps?fieldValidation=Strict',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      },
    );
    expect([
      answer.status,
      ((await answer.json()) as { data: unknown }).data,
    ]).toEqual([201, { x: '2' }]);
  });

  it('template-hash: pod-template-hash is not the number a real controller computes', async () => {
    await test.apply({ ...deployment('web'), spec: deployment('web').spec });
    await test.passes(1_000);
    expect(
      test.all('ReplicaSet')[0].metadata.labels?.['pod-template-hash'],
    ).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{8,10}$/);
  });

  it('job-tracking: pods of jobs carry no finalizer', async () => {
    await test.apply(job('once'));
    await test.passes(500);
    expect(test.all('Pod')[0].metadata.finalizers).toBeUndefined();
  });

  it('no-leases: nodes renew no lease; their status says that they are there', async () => {
    await test.passes(60_000);
    expect(test.all('Lease')).toEqual([]);
  });

  it('no-service-environment: containers get no variables of services', async () => {
    await test.apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'db', namespace: 'default' },
      spec: { ports: [{ port: 1 }] },
    });
    const env: string[] = [];
    test.fleet.addCluster({
      name: 'us-1',
      token: 'secret',
      nodes: [{ name: 'n', cpu: '1', memory: '1Gi' }],
      runtimes: [
        {
          name: 'listening',
          runs: () => true,
          start: input => {
            env.push(...Object.keys(input.env));
            return { addressOf: () => undefined, stop: async () => undefined };
          },
        },
      ],
    });
    await fetch(
      `${test.fleet.urlOf('us-1')}/apis/apps/v1/namespaces/default/deployments`,
      {
        method: 'POST',
        headers: {
          Authorization: 'Bearer secret',
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(
          deployment('web', {}, { env: [{ name: 'OWN', value: '1' }] }),
        ),
      },
    );
    await test.passes(2_000);
    expect(env).toEqual(['OWN']);
  });

  it('no-prose: tables and OpenAPI documents carry no descriptions', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const table = (await (
      await raw('/api/v1/namespaces', { headers: { Accept: accept } })
    ).json()) as { columnDefinitions: Array<{ description: string }> };
    expect(
      table.columnDefinitions.map(({ description }) => description),
    ).toEqual(['', '', '']);
  });

  it('manager-cap: more than ten managers of updates stay apart', async () => {
    await test.apply(configMap('a'));
    for (let i = 0; i < 12; i++) {
      await test.send(
        'PATCH',
        `/api/v1/namespaces/default/configmaps/a?fieldManager=m${i}`,
        { data: { [`k${i}`]: 'v' } },
        'application/merge-patch+json',
      );
    }
    expect(test.one('ConfigMap', 'a').metadata.managedFields).toHaveLength(12);
  });

  it('warm-up: a container that starts is asked for readiness twice a second at first', async () => {
    await test.apply(
      deployment(
        'web',
        {},
        {
          image: 'trial:1',
          args: ['web'],
          readinessProbe: { httpGet: { port: 80 }, periodSeconds: 60 },
        },
      ),
    );
    await test.passes(2_000);
    expect(test.all<Pod>('Pod')[0].status.containerStatuses?.[0].ready).toBe(
      true,
    );
  });

  it('plain-http: no TLS, and no authority in kube-root-ca.crt', async () => {
    await test.turns();
    expect(test.fleet.urlOf('eu-1')).toMatch(/^http:/);
    const bundle = test
      .all('ConfigMap')
      .find(({ metadata }) => metadata.name === 'kube-root-ca.crt');
    expect(bundle?.data).toEqual({
      'ca.crt':
        '# this cluster is simulated and has no certificate authority\n',
    });
  });
});
