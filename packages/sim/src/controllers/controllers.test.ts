import type {
  Deployment,
  Job,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  StatefulSet,
} from '../kinds';
import {
  configMap,
  deployment,
  job,
  service,
  statefulSet,
  TestCluster,
} from '../__testUtils__';

/** What a cluster's controllers bring about, on a clock that stands still until told. */
describe('controllers', () => {
  let test: TestCluster;

  beforeEach(async () => {
    test = await TestCluster.create();
  });
  afterEach(() => test.close());

  const phases = () => test.all<Pod>('Pod').map(({ status }) => status.phase);
  const conditions = (object: {
    status?: {
      conditions?: Array<{ type: string; status: string; reason?: string }>;
    };
  }) =>
    (object.status?.conditions ?? []).map(({ type, status, reason }) =>
      `${type}=${status} ${reason ?? ''}`.trim(),
    );

  it('rolls a deployment out', async () => {
    await test.apply(deployment('web', { replicas: 3 }));
    await test.passes(3_000);
    const web = test.one<Deployment>('Deployment', 'web');
    expect(web.status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
      observedGeneration: 1,
      terminatingReplicas: 0,
    });
    expect(conditions(web)).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ]);
    expect(web.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '1',
    });
    const [set] = test.all<ReplicaSet>('ReplicaSet');
    expect(test.eventsOf('web')).toContain(
      `ScalingReplicaSet: Scaled up replica set ${set.metadata.name} from 0 to 3`,
    );
    expect(
      new Set(test.all<Pod>('Pod').map(({ spec }) => spec.nodeName)).size,
    ).toBe(2);
  });

  it('starts the numbered pods of a stateful set one after the other, and keeps their claims', async () => {
    const names = () =>
      test.all<Pod>('Pod').map(({ metadata }) => metadata.name);
    const claims = () =>
      test
        .all<PersistentVolumeClaim>('PersistentVolumeClaim')
        .map(({ metadata, status }) => `${metadata.name} ${status?.phase}`);
    await test.apply(statefulSet('db', { replicas: 2 }));
    await test.passes(100);
    expect(names()).toEqual(['db-0']);
    await test.passes(3_000);
    expect(names()).toEqual(['db-0', 'db-1']);
    expect(claims()).toEqual(['data-db-0 Bound', 'data-db-1 Bound']);
    const db = test.one<StatefulSet>('StatefulSet', 'db');
    expect(db.status).toMatchObject({
      replicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      updatedReplicas: 2,
      currentReplicas: 2,
      observedGeneration: 1,
    });
    expect(db.status?.currentRevision).toBe(db.status?.updateRevision);
    const [{ spec, metadata }] = test.all<Pod>('Pod');
    expect(spec).toMatchObject({ hostname: 'db-0', subdomain: 'db' });
    expect(spec.volumes?.[0]).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'data-db-0' },
    });
    expect(metadata.labels).toMatchObject({
      'statefulset.kubernetes.io/pod-name': 'db-0',
    });

    const uids = () => test.all<Pod>('Pod').map(pod => pod.metadata.uid);
    const before = uids();
    await test.apply(statefulSet('db', { replicas: 2 }, { image: 'db:2' }));
    await test.passes(60_000);
    expect(names()).toEqual(['db-0', 'db-1']);
    expect(uids().some(uid => before.includes(uid))).toBe(false);

    await test.apply(statefulSet('db', { replicas: 1 }, { image: 'db:2' }));
    await test.passes(60_000);
    expect(names()).toEqual(['db-0']);
    expect(claims()).toHaveLength(2);
  });

  it('counts a disruption budget', async () => {
    await test.apply(deployment('web', { replicas: 3 }));
    await test.apply({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace: 'default' },
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
    });
    await test.passes(3_000);
    const budget = test.one<PodDisruptionBudget>('PodDisruptionBudget', 'web');
    expect(budget.status).toMatchObject({
      currentHealthy: 3,
      desiredHealthy: 2,
      disruptionsAllowed: 1,
      expectedPods: 3,
      observedGeneration: 1,
    });
    expect(conditions(budget)).toEqual([
      'DisruptionAllowed=True SufficientPods',
    ]);
  });

  it('never goes below what a rolling update allows', async () => {
    await test.apply(deployment('web', { replicas: 4 }));
    await test.passes(3_000);
    await test.apply(deployment('web', { replicas: 4 }, { image: 'web:2' }));
    let fewest = 4;
    let most = 0;
    for (let i = 0; i < 60; i++) {
      await test.passes(100);
      fewest = Math.min(
        fewest,
        test.one<Deployment>('Deployment', 'web').status?.availableReplicas ??
          0,
      );
      most = Math.max(
        most,
        test
          .all<ReplicaSet>('ReplicaSet')
          .reduce((sum, { spec }) => sum + spec.replicas, 0),
      );
    }
    expect({ fewest, most }).toEqual({ fewest: 3, most: 5 });
    const images = new Set(
      test.all<Pod>('Pod').map(({ spec }) => spec.containers[0].image),
    );
    expect([...images]).toEqual(['web:2']);
    expect(
      test
        .all<ReplicaSet>('ReplicaSet')
        .map(({ spec }) => spec.replicas)
        .sort(),
    ).toEqual([0, 4]);
  });

  it('keeps the old version while the new one crashes, and says when the deadline is over', async () => {
    await test.apply(
      deployment('web', { replicas: 2, progressDeadlineSeconds: 30 }),
    );
    await test.passes(3_000);
    const probe = { readinessProbe: { tcpSocket: { port: 80 } } };
    await test.apply(
      deployment(
        'web',
        { replicas: 2, progressDeadlineSeconds: 30 },
        { image: 'web:crash', ...probe },
      ),
    );
    await test.passes(10_000);
    expect(test.one<Deployment>('Deployment', 'web').status).toMatchObject({
      availableReplicas: 2,
      updatedReplicas: 1,
    });
    expect(conditions(test.one<Deployment>('Deployment', 'web'))[1]).toBe(
      'Progressing=True ReplicaSetUpdated',
    );
    await test.passes(30_000);
    expect(conditions(test.one<Deployment>('Deployment', 'web'))).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=False ProgressDeadlineExceeded',
    ]);
  });

  it('stops all before it starts any when told to recreate', async () => {
    const spec = { replicas: 2, strategy: { type: 'Recreate' } };
    await test.apply(deployment('web', spec));
    await test.passes(3_000);
    await test.apply(deployment('web', spec, { image: 'web:2' }));
    let areMixed = false;
    for (let i = 0; i < 40; i++) {
      await test.passes(100);
      areMixed ||=
        new Set(
          test
            .all<Pod>('Pod')
            .map(({ spec: { containers } }) => containers[0].image),
        ).size > 1;
    }
    expect(areMixed).toBe(false);
    expect(test.one<Deployment>('Deployment', 'web').status).toMatchObject({
      availableReplicas: 2,
      updatedReplicas: 2,
    });
  });

  it('does not roll a paused deployment', async () => {
    await test.apply(deployment('web'));
    await test.passes(3_000);
    await test.apply(deployment('web', { paused: true }, { image: 'web:2' }));
    await test.passes(3_000);
    expect(
      test.all<Pod>('Pod').map(({ spec }) => spec.containers[0].image),
    ).toEqual(['web:1']);
    expect(conditions(test.one<Deployment>('Deployment', 'web'))).toContain(
      'Progressing=Unknown DeploymentPaused',
    );
  });

  it('replaces a pod that somebody deletes', async () => {
    await test.apply(deployment('web'));
    await test.passes(3_000);
    const [before] = test.all<Pod>('Pod');
    await test.send(
      'DELETE',
      `/api/v1/namespaces/default/pods/${before.metadata.name}`,
    );
    await test.passes(3_000);
    const after = test.all<Pod>('Pod');
    expect(after.map(({ status }) => status.phase)).toEqual(['Running']);
    expect(after[0].metadata.uid).not.toBe(before.metadata.uid);
  });

  it('completes a job', async () => {
    await test.apply(job('once', { completions: 3, parallelism: 2 }));
    await test.passes(10_000);
    const once = test.one<Job>('Job', 'once');
    expect(once.status).toMatchObject({
      succeeded: 3,
      ready: 0,
      terminating: 0,
    });
    expect(conditions(once)).toEqual([
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
    expect(phases()).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
  });

  it('gives a failing job up after its tries, with a pause between them', async () => {
    await test.apply(job('once', { backoffLimit: 1 }, 'task:crash'));
    await test.passes(5_000);
    expect(phases()).toEqual(['Failed']);
    await test.passes(20_000);
    expect(phases()).toEqual(['Failed', 'Failed']);
    expect(conditions(test.one<Job>('Job', 'once'))).toEqual([
      'FailureTarget=True BackoffLimitExceeded',
      'Failed=True BackoffLimitExceeded',
    ]);
  });

  it('takes away what lost its owner, and leaves what is to be orphaned', async () => {
    await test.apply(deployment('web'));
    await test.apply(deployment('kept'));
    await test.passes(3_000);
    await test.send(
      'DELETE',
      '/apis/apps/v1/namespaces/default/deployments/web',
    );
    await test.send(
      'DELETE',
      '/apis/apps/v1/namespaces/default/deployments/kept?propagationPolicy=Orphan',
    );
    await test.passes(3_000);
    expect(test.all('Deployment')).toEqual([]);
    expect(
      test
        .all('ReplicaSet')
        .map(({ metadata }) => [
          metadata.name.split('-')[0],
          metadata.ownerReferences,
        ]),
    ).toEqual([['kept', undefined]]);
    expect(test.all('Pod')).toHaveLength(1);
  });

  it('keeps an owner until its dependents are gone when deleted in the foreground', async () => {
    await test.apply(deployment('web'));
    await test.passes(3_000);
    await test.send(
      'DELETE',
      '/apis/apps/v1/namespaces/default/deployments/web?propagationPolicy=Foreground',
    );
    await test.turns();
    expect(test.one('Deployment', 'web').metadata.finalizers).toEqual([
      'foregroundDeletion',
    ]);
    await test.passes(3_000);
    expect([
      ...test.all('Deployment'),
      ...test.all('ReplicaSet'),
      ...test.all('Pod'),
    ]).toEqual([]);
  });

  it('adopts replica sets and pods that fit and that nobody owns', async () => {
    await test.apply(deployment('web'));
    await test.passes(3_000);
    const [pod] = test.all<Pod>('Pod');
    await test.send(
      'DELETE',
      '/apis/apps/v1/namespaces/default/deployments/web?propagationPolicy=Orphan',
    );
    await test.passes(1_000);
    await test.apply(deployment('web'));
    await test.passes(3_000);
    expect(test.all<Pod>('Pod').map(({ metadata }) => metadata.uid)).toEqual([
      pod.metadata.uid,
    ]);
  });

  it('empties a namespace before it goes, and says what it waits for', async () => {
    await test.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
    await test.turns();
    expect(
      test
        .all('ServiceAccount')
        .filter(({ metadata }) => metadata.namespace === 'shop')
        .map(({ metadata }) => metadata.name),
    ).toEqual(['default']);
    await test.apply(
      configMap(
        'held',
        {},
        { namespace: 'shop', finalizers: ['example.com/wait'] },
      ),
    );
    await test.apply({
      ...deployment('web'),
      metadata: { name: 'web', namespace: 'shop' },
    });
    await test.passes(2_000);
    await test.send('DELETE', '/api/v1/namespaces/shop');
    await test.passes(7_000);
    const shop = test.one('Namespace', 'shop');
    expect(shop.status).toMatchObject({ phase: 'Terminating' });
    expect(
      (
        shop.status as { conditions: Array<{ type: string; message: string }> }
      ).conditions.map(({ message }) => message),
    ).toContain(
      'Some content in the namespace has finalizers remaining: example.com/wait in 1 resource instances',
    );
    await test.send(
      'PATCH',
      '/api/v1/namespaces/shop/configmaps/held',
      { metadata: { finalizers: null } },
      'application/merge-patch+json',
    );
    await test.passes(1_000);
    expect(
      test.cluster
        .dump()
        .filter(
          ({ metadata }) =>
            metadata.namespace === 'shop' || metadata.name === 'shop',
        ),
    ).toEqual([]);
  });

  it('says why a pod fits nowhere, and places it when there is capacity', async () => {
    const big = { resources: { requests: { cpu: '3' } } };
    await test.apply(deployment('web', { replicas: 3 }, big));
    await test.passes(3_000);
    expect(phases().sort()).toEqual(['Pending', 'Running', 'Running']);
    const waiting = test
      .all<Pod>('Pod')
      .find(({ status }) => status.phase === 'Pending');
    const why =
      '0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';
    expect(waiting?.status.conditions).toMatchObject([
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: why,
      },
    ]);
    expect(test.eventsOf(waiting?.metadata.name ?? '')).toEqual([
      `FailedScheduling: ${why}`,
    ]);
    await test.apply(deployment('web', { replicas: 2 }, big));
    await test.passes(3_000);
    expect(phases()).toEqual(['Running', 'Running']);
  });

  it('keeps the addresses of ready pods behind a service', async () => {
    await test.apply(service('web'));
    await test.apply(deployment('web', { replicas: 2 }));
    await test.passes(3_000);
    const [endpoints] = test
      .all('Endpoints')
      .filter(({ metadata }) => metadata.name === 'web');
    const pods = test.all<Pod>('Pod').map(({ status }) => status.podIP);
    expect(endpoints.subsets).toMatchObject([
      { addresses: pods.map(ip => ({ ip })), ports: [{ port: 8080 }] },
    ]);
    const slice = test
      .all('EndpointSlice')
      .find(
        ({ metadata }) =>
          metadata.labels?.['kubernetes.io/service-name'] === 'web',
      );
    expect(slice?.endpoints).toMatchObject(
      pods.map(ip => ({ addresses: [ip], conditions: { ready: true } })),
    );
  });

  it('forgets events after an hour', async () => {
    await test.apply(deployment('web'));
    await test.passes(3_000);
    expect(test.all('Event').length).toBeGreaterThan(5);
    for (let i = 0; i < 70; i++) await test.clock.advance(60_000);
    await test.turns();
    expect(test.all('Event')).toEqual([]);
  });
});
