import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Job, Pod } from '../kinds';
import {
  configMap,
  deployment,
  job,
  service,
  statefulSet,
  TestCluster,
} from '../__testUtils__';
import type { ContainerStart, PodRuntime } from './PodRuntime';

/** What becomes of containers: played ones, and ones that a runtime runs. */
describe('nodes', () => {
  let test: TestCluster;
  afterEach(() => test.close());

  const container = () => test.all<Pod>('Pod')[0].status.containerStatuses?.[0];

  it('restarts a crashing container at once, then after growing pauses', async () => {
    test = await TestCluster.create();
    await test.apply(deployment('web', {}, { image: 'web:crash' }));
    await test.passes(4_000);
    expect(container()).toMatchObject({
      restartCount: 1,
      ready: false,
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: expect.stringMatching(
            /^back-off 10s restarting failed container=main pod=web-\w+-\w+_default\(.+\)$/,
          ),
        },
      },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    });
    await test.passes(11_000);
    expect(container()).toMatchObject({
      restartCount: 2,
      state: { waiting: { message: expect.stringContaining('back-off 20s') } },
    });
    const [pod] = test.all<Pod>('Pod');
    expect(pod.status.phase).toBe('Running');
    expect(test.eventsOf(pod.metadata.name)).toContainEqual(
      expect.stringMatching(
        /^BackOff: Back-off restarting failed container main in pod web-/,
      ),
    );
    const { text } = await test.send(
      'GET',
      `/api/v1/namespaces/default/pods/${pod.metadata.name}/log?previous=true&tailLines=1`,
    );
    expect(text).toBe(
      'Error: cannot start: this container was told to crash\n',
    );
  });

  it.each([
    ['web:oom', 137, 'OOMKilled'],
    ['trial:1', 3, 'Error'],
  ])('ends %s with %i', async (image, exitCode, reason) => {
    test = await TestCluster.create();
    await test.apply(deployment('web', {}, { image, args: ['crash', '3'] }));
    await test.passes(5_000);
    expect(container()?.lastState.terminated).toMatchObject({
      exitCode,
      reason,
    });
  });

  it('runs a sidecar before and beside the container that it serves', async () => {
    test = await TestCluster.create();
    const web = deployment('web');
    const { template } = web.spec as { template: { spec: object } };
    const sidecar = {
      name: 'proxy',
      image: 'proxy:1',
      restartPolicy: 'Always',
    };
    Object.assign(template.spec, { initContainers: [sidecar] });
    await test.apply(web);
    await test.passes(3_000);
    const [{ status }] = test.all<Pod>('Pod');
    expect(status).toMatchObject({
      phase: 'Running',
      initContainerStatuses: [
        { name: 'proxy', ready: true, started: true, state: { running: {} } },
      ],
      containerStatuses: [{ name: 'main', ready: true }],
    });
    const [proxy, main] = [
      status.initContainerStatuses?.[0],
      status.containerStatuses?.[0],
    ].map(each => each?.state.running?.startedAt ?? '');
    expect(proxy <= main).toBe(true);
  });

  it('keeps a container waiting for a sidecar that does not start', async () => {
    test = await TestCluster.create();
    const web = deployment('web');
    const { template } = web.spec as { template: { spec: object } };
    Object.assign(template.spec, {
      initContainers: [
        { name: 'proxy', image: 'proxy:missing', restartPolicy: 'Always' },
      ],
    });
    await test.apply(web);
    await test.passes(3_000);
    const [{ status }] = test.all<Pod>('Pod');
    expect(status.phase).toBe('Pending');
    expect(status.containerStatuses?.[0].state.waiting?.reason).toBe(
      'PodInitializing',
    );
  });

  it('completes a job whose sidecar would never end', async () => {
    test = await TestCluster.create();
    const once = job('once');
    Object.assign(once.spec.template.spec, {
      initContainers: [
        { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' },
      ],
    });
    await test.apply(once);
    await test.passes(10_000);
    const [{ status }] = test.all<Pod>('Pod');
    expect(status.phase).toBe('Succeeded');
    expect(status.initContainerStatuses?.[0].state.terminated).toBeDefined();
    expect(test.one<Job>('Job', 'once').status?.succeeded).toBe(1);
  });

  it('says that an image cannot be pulled', async () => {
    test = await TestCluster.create();
    await test.apply(deployment('web', {}, { image: 'web:missing' }));
    await test.passes(3_000);
    expect(container()?.state.waiting).toMatchObject({
      reason: 'ImagePullBackOff',
      message: expect.stringContaining('Back-off pulling image "web:missing"'),
    });
    expect(test.all<Pod>('Pod')[0].status.phase).toBe('Pending');
  });

  it('waits for configuration that is missing, and starts when it comes', async () => {
    test = await TestCluster.create();
    const env = [
      {
        name: 'GREETING',
        valueFrom: { configMapKeyRef: { name: 'words', key: 'greeting' } },
      },
    ];
    await test.apply(deployment('web', {}, { env }));
    await test.passes(3_000);
    expect(container()?.state.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "words" not found',
    });
    await test.apply(configMap('words', { greeting: 'hello' }));
    await test.passes(5_000);
    expect(container()?.state.running).toBeDefined();
  });

  it('restarts what is alive no longer', async () => {
    test = await TestCluster.create();
    const livenessProbe = {
      httpGet: { path: '/healthz', port: 80 },
      periodSeconds: 1,
      failureThreshold: 2,
    };
    await test.apply(
      deployment(
        'web',
        {},
        { image: 'trial:1', args: ['sick', '5'], livenessProbe },
      ),
    );
    await test.passes(12_000);
    expect(container()?.restartCount).toBeGreaterThanOrEqual(1);
    const events = test.eventsOf(test.all('Pod')[0].metadata.name);
    expect(events).toContain(
      'Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500',
    );
    expect(events).toContain(
      'Killing: Container main failed liveness probe, will be restarted',
    );
  });

  it('gives a stubborn container its grace and no more', async () => {
    test = await TestCluster.create();
    await test.apply(
      deployment('web', {}, { image: 'trial:1', args: ['stubborn'] }),
    );
    await test.passes(2_000);
    await test.send(
      'DELETE',
      '/apis/apps/v1/namespaces/default/deployments/web',
    );
    await test.passes(25_000);
    expect(test.all<Pod>('Pod')[0].metadata.deletionGracePeriodSeconds).toBe(
      30,
    );
    await test.passes(6_000);
    expect(test.all('Pod')).toEqual([]);
  });

  it('goes on after the power came back', async () => {
    test = await TestCluster.create();
    await test.apply(deployment('web'));
    await test.passes(2_000);
    test.cluster.setPower(false);
    await expect(test.send('GET', '/version')).rejects.toThrow('fetch failed');
    test.cluster.setPower(true);
    await test.passes(2_000);
    expect(container()).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
  });

  it('restarts what had just crashed when the power went', async () => {
    test = await TestCluster.create();
    await test.apply(deployment('web', {}, { image: 'web:crash' }));
    for (let i = 0; i < 100 && container()?.state.terminated === undefined; i++)
      await test.passes(50);
    expect(container()?.state.terminated).toBeDefined();
    test.cluster.setPower(false);
    test.cluster.setPower(true);
    await test.passes(3_000);
    expect(container()?.restartCount).toBeGreaterThanOrEqual(1);
    expect(container()?.lastState.terminated).toMatchObject({ exitCode: 1 });
  });

  it('is not confused by a node that says nothing', async () => {
    test = await TestCluster.create();
    await test.send('POST', '/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'mute' },
    });
    await test.apply(deployment('web', { replicas: 2 }));
    await test.passes(3_000);
    expect(test.all<Pod>('Pod').map(({ status }) => status.phase)).toEqual([
      'Running',
      'Running',
    ]);
    expect(test.all<Pod>('Pod').map(({ spec }) => spec.nodeName)).not.toContain(
      'mute',
    );
  });

  describe('with a runtime', () => {
    let starts: Array<ContainerStart & { stopped?: number }>;
    let web: Server;
    let targets: Map<number, () => unknown>;
    let answer = 200;

    beforeEach(async () => {
      starts = [];
      answer = 200;
      web = createServer((_, response) => response.writeHead(answer).end());
      await new Promise<void>(resolve => {
        web.listen(0, '127.0.0.1', resolve);
      });
      const runtime: PodRuntime = {
        name: 'fake',
        runs: image => image.startsWith('bundle/'),
        start(input) {
          const entry: (typeof starts)[number] = input;
          starts.push(entry);
          input.onLog([`listening as ${input.env.NAME}`]);
          return {
            addressOf: port =>
              port === 8080
                ? {
                    host: '127.0.0.1',
                    port: (web.address() as AddressInfo).port,
                  }
                : undefined,
            stop: async graceMs => {
              entry.stopped = graceMs;
              input.onExit({ code: 0 });
            },
          };
        },
      };
      const reserved = new Map<number, () => unknown>();
      test = await TestCluster.create({
        runtimes: [runtime],
        nodePortHost: {
          reserve: ({ range, target }) => {
            reserved.set(range[0], target);
            return range[0];
          },
          release: port => reserved.delete(port),
        },
      });
      targets = reserved;
    });
    afterEach(() => web.close());

    const bundle = {
      image: 'bundle/web',
      ports: [{ name: 'http', containerPort: 8080 }],
    };
    /** A probe is a real request: it needs real time. */
    const eventually = async (check: () => void) => {
      for (let tries = 0; ; tries++) {
        try {
          check();
          return;
        } catch (error) {
          if (tries > 100) throw error;
        }
        await test.passes(500);
        await new Promise(resolve => {
          setTimeout(resolve, 5);
        });
      }
    };

    it('hands over environment, files and words', async () => {
      await test.apply(configMap('files', { 'app.ini': 'a=1' }));
      await test.apply({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's', namespace: 'default' },
        stringData: { password: 'x' },
      });
      const spec = deployment(
        'web',
        {},
        {
          ...bundle,
          command: ['run', '$(NAME)'],
          env: [
            {
              name: 'NAME',
              valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } },
            },
            {
              name: 'PASSWORD',
              valueFrom: { secretKeyRef: { name: 's', key: 'password' } },
            },
            { name: 'URL', value: 'http://$(NAME):$$(PORT)' },
          ],
          volumeMounts: [{ name: 'files', mountPath: '/etc/app' }],
        },
      );
      Object.assign(spec.spec.template.spec, {
        volumes: [{ name: 'files', configMap: { name: 'files' } }],
      });
      await test.apply(spec);
      await test.passes(1_000);
      expect(starts).toHaveLength(1);
      expect(starts[0]).toMatchObject({
        cluster: 'eu-1',
        namespace: 'default',
        container: 'main',
        command: ['run', 'web'],
        env: { NAME: 'web', PASSWORD: 'x', URL: 'http://web:$(PORT)' },
        ports: [8080],
      });
      expect(
        Buffer.from(starts[0].files['/etc/app/app.ini'].content).toString(),
      ).toBe('a=1');
    });

    it('names the claims that are mounted, and the services beside it', async () => {
      await test.apply(service('web', { ports: [{ port: 80 }] }));
      await test.apply({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace: 'kube-system' },
        spec: { ports: [{ port: 81 }] },
      });
      await test.apply(service('cache', { ports: [{ port: 81 }] }));
      await test.apply(deployment('cache'));
      await test.passes(10_000);
      await test.apply(statefulSet('web', {}, bundle));
      await test.passes(1_000);
      const [claim] = test.all('PersistentVolumeClaim');
      expect(starts[0].claims).toEqual({
        '/data': {
          cluster: 'eu-1',
          namespace: 'default',
          name: 'data-web-0',
          uid: claim.metadata.uid,
        },
      });
      const [cache, beside, ...others] = (starts[0].services ?? []).filter(
        ({ name }) => name !== 'kubernetes',
      );
      expect(others).toEqual([]);
      expect(beside).toMatchObject({
        name: 'web',
        port: 80,
        selector: { app: 'web' },
      });
      expect(beside.address()).toBeUndefined(); // nothing listens on port 80 of it
      expect([beside.isPlayed(), cache.isPlayed()]).toEqual([false, true]);
      await test.apply(
        service('web', { ports: [{ port: 80, targetPort: 8080 }] }),
      );
      await eventually(() =>
        expect(beside.address()?.port).toBe(
          (web.address() as AddressInfo).port,
        ),
      );
    });

    it('really probes, and takes what is not ready out of the service', async () => {
      await test.apply(
        service('web', { ports: [{ port: 80, targetPort: 'http' }] }),
      );
      await test.apply(
        deployment(
          'web',
          {},
          {
            ...bundle,
            readinessProbe: {
              httpGet: { path: '/', port: 'http' },
              periodSeconds: 1,
              failureThreshold: 1,
            },
          },
        ),
      );
      await eventually(() => expect(container()?.ready).toBe(true));
      const [[port, target]] = [...targets];
      expect(port).toBe(30_000);
      expect(target()).toEqual({
        host: '127.0.0.1',
        port: (web.address() as AddressInfo).port,
      });
      answer = 503;
      await eventually(() => expect(container()?.ready).toBe(false));
      expect(target()).toBeUndefined();
      expect(test.eventsOf('web-')).toContain(
        'Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503',
      );
    });

    it('keeps the log, and tells the exit', async () => {
      await test.apply(deployment('web', {}, bundle));
      await test.passes(1_000);
      const [pod] = test.all('Pod');
      const { text } = await test.send(
        'GET',
        `/api/v1/namespaces/default/pods/${pod.metadata.name}/log`,
      );
      expect(text).toBe('listening as undefined\n');
      starts[0].onExit({ code: 9, message: 'gave up' });
      await test.turns();
      expect(container()?.state.terminated).toMatchObject({
        exitCode: 9,
        reason: 'Error',
        message: 'gave up',
      });
      await test.passes(1_000);
      expect(starts).toHaveLength(2);
    });

    it('stops with the pod, and with the power', async () => {
      await test.apply(deployment('web', {}, bundle));
      await test.passes(1_000);
      test.cluster.setPower(false);
      await test.turns();
      expect(starts[0].stopped).toBe(0);
      test.cluster.setPower(true);
      await test.passes(1_000);
      expect(starts).toHaveLength(2);
      await test.send(
        'DELETE',
        '/apis/apps/v1/namespaces/default/deployments/web',
      );
      await test.passes(1_000);
      expect(starts[1].stopped).toBe(30_000);
      expect(test.all('Pod')).toEqual([]);
    });

    it('tells that a container cannot start', async () => {
      await test.apply(deployment('web', {}, bundle));
      await test.passes(500);
      starts[0].onStartFailed({
        reason: 'ErrImagePull',
        message: 'no such bundle',
      });
      await test.turns();
      expect(container()?.state.waiting).toEqual({
        reason: 'ErrImagePull',
        message: 'no such bundle',
      });
    });
  });
});
