import type { KubeObject } from '@callboard/plugin-callboard-common';
import { diagnose } from './diagnose';
import { CAUSE_ORDER } from './cause';

const NOW = new Date('2026-11-20T12:00:00Z');
/** Runs, and its checks fail. */
const NOT_READY = {
  phase: 'Running',
  containerStatuses: [{ name: 'web', ready: false, state: { running: {} } }],
};

type Given = Partial<Parameters<typeof diagnose>[0]>;

/** What recorded situations do not show: rare words, shapes of other versions, several instances. */
describe('diagnose', () => {
  it('gives a finding with everything a page needs', () => {
    const logs = {
      'web-1': 'listening\nDB_PASSWORD=hunter2\nfatal: no database\n',
    };
    expect(find({ objects: [pod({ status: crashed(3) })], logs })).toEqual([
      {
        code: 'crashed-at-start',
        what: 'shop cannot start in dev: it ends with exit code 3 right after start',
        cause: 'it ends with exit code 3 right after start',
        evidence: [
          { label: 'Exit code', value: '3' },
          { label: 'Ended', value: '5 times' },
        ],
        excerpt: ['fatal: no database'],
        logTail: ['listening', 'DB_PASSWORD=***', 'fatal: no database'],
        since: '2026-11-20T11:59:01.000Z',
        next: 'See its last lines of output, correct what they say, and push again',
        confidence: 'certain',
        cluster: 'dev-1',
        workload: 'web',
      },
    ]);
  });

  it('finds nothing where nothing is wrong', () => {
    expect(find({})).toEqual([]);
    expect(find({ objects: [pod({})] })).toEqual([]);
  });

  it('puts the same cause on several instances together', () => {
    const objects = [
      pod({ name: 'web-2', status: crashed(3) }),
      pod({ name: 'web-1', status: crashed(3) }),
      pod({ name: 'web-3' }),
    ];
    const [finding, ...others] = find({ objects, logs: { 'web-2': 'boom' } });
    expect(others).toEqual([]);
    expect(finding.evidence).toContainEqual({
      label: 'Instances',
      value: '2 of 3',
    });
    expect(finding.logTail).toEqual(['boom']);
  });

  it('counts instances of the release that is wanted, of as many as are wanted', () => {
    const of = (release: string, object: KubeObject): KubeObject => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { ...object.metadata.labels, 'callboard.dev/release': release },
      },
    });
    const deploymentOf = (replicas: number) =>
      of('2', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {
          name: 'web',
          labels: { 'callboard.dev/workload': 'web' },
        },
        spec: { replicas },
      });
    const old = of('1', pod({ name: 'web-0' }));
    const broken = of('2', pod({ name: 'web-1', status: crashed(3) }));
    const instancesIn = (objects: KubeObject[]) =>
      find({ objects })[0].evidence.filter(
        ({ label }) => label === 'Instances',
      );

    // 1 is wanted: the one of the release before is not the second of two.
    expect(instancesIn([deploymentOf(1), old, broken])).toEqual([]);
    expect(instancesIn([deploymentOf(3), old, broken])).toEqual([
      { label: 'Instances', value: '1 of 3' },
    ]);

    // What was wrong with the release before is no news of this one.
    const oldBroken = of('1', pod({ name: 'web-0', status: crashed(4) }));
    const reported = (objects: KubeObject[]) =>
      find({ objects }).map(({ what }) => what);
    expect(reported([deploymentOf(1), oldBroken, broken])).toEqual([
      'shop cannot start in dev: it ends with exit code 3 right after start',
    ]);
    expect(reported([deploymentOf(1), oldBroken])).toEqual([]);
    expect(reported([oldBroken])).toHaveLength(1);
  });

  it('tells two causes apart, the deeper first', () => {
    const objects = [
      pod({ name: 'web-1', status: crashed(3) }),
      pod({ name: 'web-2', status: crashed(4) }),
      pod({ name: 'web-3', status: waiting('ErrImagePull', 'not found') }),
    ];
    expect(find({ objects }).map(({ what }) => what)).toEqual([
      'shop cannot start in dev: the image "shop:1" does not exist',
      'shop cannot start in dev: it ends with exit code 3 right after start',
      'shop cannot start in dev: it ends with exit code 4 right after start',
    ]);
  });

  describe('a program whose node went down', () => {
    const restarted = (reason: string, isReady: boolean) =>
      find({
        objects: [
          pod({
            spec: probed(),
            status: {
              phase: 'Running',
              containerStatuses: [
                {
                  name: 'web',
                  ready: isReady,
                  restartCount: 1,
                  state: { running: { startedAt: '2026-11-20T11:59:55Z' } },
                  lastState: {
                    terminated: {
                      exitCode: 255,
                      reason,
                      startedAt: '2026-11-20T11:50:00Z',
                      finishedAt: '2026-11-20T11:59:54Z',
                    },
                  },
                },
              ],
            },
          }),
        ],
        events: isReady
          ? []
          : [
              event(
                'Unhealthy',
                'Readiness probe failed: Get "http://10.0.0.1:8080/healthz": dial tcp 10.0.0.1:8080: connect: connection refused',
              ),
            ],
      }).map(({ code }) => code);

    it.each([
      { reason: 'Unknown', isReady: true, expected: [] },
      { reason: 'Unknown', isReady: false, expected: ['bad-port'] },
      { reason: 'Error', isReady: true, expected: ['crashed'] },
      { reason: 'Error', isReady: false, expected: ['crashed'] },
    ])(
      'ended for $reason, ready: $isReady: $expected',
      ({ reason, isReady, expected }) => {
        expect(restarted(reason, isReady)).toEqual(expected);
      },
    );
  });

  describe('a refused check of a program that says where it listens', () => {
    const ask = (says: string, startedAt = '2026-11-20T11:59:00Z') =>
      find({
        objects: [
          pod({
            spec: probed(),
            status: {
              phase: 'Running',
              containerStatuses: [
                {
                  name: 'web',
                  ready: false,
                  state: { running: { startedAt } },
                },
              ],
            },
          }),
        ],
        events: [
          event(
            'Unhealthy',
            'Readiness probe failed: Get "http://10.0.0.1:8080/healthz": dial tcp 10.0.0.1:8080: connect: connection refused',
          ),
        ],
        logs: { 'web-1': says },
      }).map(({ code, what, next, conclusive = false }) => ({
        code,
        what,
        next,
        conclusive,
      }));
    const elsewhere = {
      code: 'bad-port',
      what: 'shop does not get ready in dev: it listens on port 3000, and is asked on port 8080',
      next: 'Let the program listen on port 8080 on all addresses (0.0.0.0), or name port 3000 in score.yaml',
    };

    it('is conclusive once it has opened its ports', () => {
      expect(ask('listening on :3000')).toEqual([
        { ...elsewhere, conclusive: true },
      ]);
      expect(ask('listening on :3000', '2026-11-20T11:59:53Z')).toEqual([
        { ...elsewhere, conclusive: false },
      ]);
    });

    it.each(['starting', 'metrics on :9090, listening on :8080'])(
      'may still start where it says "%s"',
      says => {
        expect(ask(says)).toMatchObject([
          {
            what: 'shop does not get ready in dev: nothing listens on port 8080',
            conclusive: false,
          },
        ]);
      },
    );
  });

  it('leads with the error in the output, and names what is missing', () => {
    const logs = {
      'web-1': `starting
Error: Cannot find module 'express'
    at main (/app/a.js:1:2)
    at node:internal/x:1:1
    at node:internal/y:1:1
`,
    };
    expect(
      find({ objects: [pod({ status: crashed(1) })], logs }),
    ).toMatchObject([
      {
        code: 'crashed-at-start',
        what: 'shop cannot start in dev: the package "express" is missing',
        excerpt: [
          "Error: Cannot find module 'express'",
          '    at main (/app/a.js:1:2)',
          '    … 2 more stack frames',
        ],
        logTail: [
          'starting',
          "Error: Cannot find module 'express'",
          '    at main (/app/a.js:1:2)',
          '    … 2 more stack frames',
        ],
        next: 'Add "express" to what the app depends on, and push again',
      },
    ]);
  });

  it('looks only at the workload it is asked about', () => {
    const objects = [
      pod({ status: crashed(3) }),
      pod({ name: 'worker-1', workload: 'worker', status: crashed(4) }),
    ];
    expect(
      find({ objects, workload: 'worker' }).map(({ what }) => what),
    ).toEqual([
      'shop cannot start in dev: it ends with exit code 4 right after start',
    ]);
  });

  it('knows the order of every cause', () => {
    expect(new Set(CAUSE_ORDER).size).toBe(CAUSE_ORDER.length);
  });

  it('never throws, whatever the evidence holds', () => {
    const strange = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: 7,
      status: [],
    } as unknown as KubeObject;
    expect(
      find({
        objects: [
          strange,
          { ...strange, kind: 'Job' },
          { ...strange, kind: 'Node' },
        ],
        events: [strange],
      }),
    ).toEqual([]);
  });

  it.each<{ name: string; given: Given; expected: string[] }>([
    {
      name: 'ends after a while',
      given: { objects: [pod({ status: crashed(1, '11:50:00') })] },
      expected: [
        'shop does not stay up in dev: it ends with exit code 1 after 9 min',
      ],
    },
    {
      name: 'nobody knows how long it ran',
      given: {
        objects: [
          pod({
            status: {
              containerStatuses: [
                { name: 'web', state: { terminated: { exitCode: 1 } } },
              ],
            },
          }),
        ],
      },
      expected: [
        'shop cannot start in dev: it ends with exit code 1 right after start',
      ],
    },
    {
      name: 'killed by a signal the cluster names',
      given: {
        objects: [
          pod({
            status: {
              containerStatuses: [
                {
                  name: 'web',
                  state: {
                    terminated: { exitCode: 0, signal: 9, reason: 'Error' },
                  },
                },
              ],
            },
          }),
        ],
      },
      expected: [
        'shop does not stay up in dev: it ends by itself without an error',
      ],
    },
    {
      name: 'came back and is ready for a while',
      given: {
        objects: [
          pod({
            status: {
              containerStatuses: [
                {
                  name: 'web',
                  ready: true,
                  restartCount: 1,
                  state: { running: { startedAt: '2026-11-20T11:00:00Z' } },
                  lastState: { terminated: { exitCode: 1 } },
                },
              ],
            },
          }),
        ],
      },
      expected: [],
    },
    {
      name: 'the whole node ran out of memory',
      given: {
        objects: [
          pod({
            status: {
              containerStatuses: [
                {
                  name: 'web',
                  state: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
                },
              ],
            },
          }),
        ],
      },
      expected: ['shop runs out of memory in dev'],
    },
    {
      name: 'a task still tries',
      given: {
        objects: [
          pod({
            restartPolicy: 'Never',
            owner: 'Job',
            status: {
              containerStatuses: [
                { name: 'web', state: { terminated: { exitCode: 2 } } },
              ],
            },
          }),
        ],
      },
      expected: [
        'shop cannot start in dev: it ends with exit code 2 right after start',
      ],
    },
    {
      name: 'a step before the start went well',
      given: {
        objects: [
          pod({
            initContainers: [{ name: 'migrate' }],
            status: {
              initContainerStatuses: [
                { name: 'migrate', state: { terminated: { exitCode: 0 } } },
              ],
            },
          }),
        ],
      },
      expected: [],
    },
    {
      name: 'waits for the steps before its start after an end',
      given: {
        objects: [
          pod({
            status: {
              containerStatuses: [
                {
                  name: 'web',
                  state: { waiting: { reason: 'PodInitializing' } },
                  lastState: { terminated: { exitCode: 1 } },
                },
              ],
            },
          }),
        ],
      },
      expected: [],
    },
    {
      name: 'pushed off its node',
      given: {
        objects: [
          pod({
            status: {
              phase: 'Failed',
              reason: 'Evicted',
              message: 'The node was low on resource: memory.',
            },
          }),
        ],
      },
      expected: [
        'shop lost an instance in dev: its machine ran short of resources',
      ],
    },
    {
      name: 'pushed off its node without a word',
      given: {
        objects: [pod({ status: { phase: 'Failed', reason: 'Evicted' } })],
      },
      expected: [
        'shop lost an instance in dev: its machine ran short of resources',
      ],
    },
    {
      name: 'the node was lost, says the instance',
      given: { objects: [pod({ status: { reason: 'NodeLost' } })] },
      expected: [
        'shop lost a machine in dev: "unknown" of dev-1 does not answer',
      ],
    },
    {
      name: 'the node was lost, says an event',
      given: {
        objects: [
          pod({
            node: 'n1',
            status: {
              phase: 'Running',
              conditions: [{ type: 'Ready', status: 'False' }],
            },
          }),
        ],
        events: [event('NodeNotReady', 'Node is not ready')],
      },
      expected: ['shop lost a machine in dev: "n1" of dev-1 does not answer'],
    },
    {
      name: 'the node is back',
      given: {
        objects: [pod({ node: 'n1' }), node('n1', 'True')],
        events: [event('NodeNotReady', 'Node is not ready')],
      },
      expected: [],
    },
    {
      name: 'the node is not ready since nobody knows when',
      given: { objects: [pod({ node: 'n1' }), node('n1', 'False')] },
      expected: ['shop lost a machine in dev: "n1" of dev-1 does not answer'],
    },
    ...image(
      'not found: manifest unknown',
      'the image "shop:1" does not exist',
    ),
    ...image(
      'unexpected status: 401 Unauthorized',
      'docker.io wants credentials for the image "shop:1"',
    ),
    ...image(
      'no basic auth credentials',
      'docker.io wants credentials for the image "shop:1"',
    ),
    ...image(
      'pull access denied, repository does not exist or may require authorization',
      'docker.io does not hand out the image "shop:1"',
    ),
    ...image(
      'dial tcp: lookup registry: no such host',
      'dev-1 does not reach the registry docker.io',
    ),
    ...image(
      'x509: certificate signed by unknown authority',
      'dev-1 does not reach the registry docker.io',
    ),
    ...image('disk quota of images', 'the image "shop:1" cannot be fetched'),
    {
      name: 'events of the newer API',
      given: {
        objects: [
          pod({
            status: waiting(
              'ImagePullBackOff',
              'Back-off pulling image "shop:1"',
            ),
          }),
        ],
        events: [
          {
            apiVersion: 'events.k8s.io/v1',
            kind: 'Event',
            metadata: { name: 'e' },
            regarding: { kind: 'Pod', name: 'web-1' },
            reason: 'Failed',
            note: 'Failed to pull image "shop:1": not found',
            deprecatedLastTimestamp: '2026-11-20T11:59:00Z',
          },
        ],
      },
      expected: ['shop cannot start in dev: the image "shop:1" does not exist'],
    },
    {
      name: 'an event that repeats as a series',
      given: {
        objects: [pod({ spec: probed(), status: NOT_READY })],
        events: [
          {
            ...event(
              'Unhealthy',
              'Readiness probe failed: HTTP probe failed with statuscode: 503',
            ),
            series: { count: 7, lastObservedTime: '2026-11-20T11:59:59Z' },
          },
        ],
      },
      expected: [
        'shop does not get ready in dev: its readiness check gets status 503 from /healthz on port 8080',
      ],
    },
    {
      name: 'a check that was answered again',
      given: {
        objects: [
          pod({
            spec: probed(),
            status: {
              containerStatuses: [
                { name: 'web', ready: true, state: { running: {} } },
              ],
            },
          }),
        ],
        events: [
          event(
            'Unhealthy',
            'Readiness probe failed: HTTP probe failed with statuscode: 503',
          ),
        ],
      },
      expected: [],
    },
    {
      name: 'a check by name of the port',
      given: {
        objects: [
          pod({
            spec: probed('http', [{ name: 'http', containerPort: 3000 }]),
            status: NOT_READY,
          }),
        ],
        events: [
          event(
            'Unhealthy',
            'Startup probe failed: HTTP probe failed with statuscode: 500',
          ),
        ],
      },
      expected: [
        'shop cannot start in dev: its startup check gets status 500 from port ?',
      ],
    },
    {
      name: 'a check by a name nobody gave',
      given: {
        objects: [pod({ spec: probed('http', []), status: NOT_READY })],
        events: [
          event(
            'Unhealthy',
            'Readiness probe failed: HTTP probe failed with statuscode: 404',
          ),
        ],
      },
      expected: [
        'shop does not get ready in dev: its readiness check gets status 404 from /healthz on port http',
      ],
    },
    {
      name: 'a check that fails otherwise',
      given: {
        objects: [
          pod({
            spec: probed('web', [{ name: 'web', containerPort: 3000 }]),
            status: NOT_READY,
          }),
        ],
        events: [
          event('Unhealthy', 'Readiness probe failed: malformed HTTP response'),
        ],
      },
      expected: [
        'shop does not get ready in dev: its readiness check fails at /healthz on port 3000',
      ],
    },
    {
      name: 'one that crashes fails its checks too',
      given: {
        objects: [pod({ spec: probed(), status: crashed(1) })],
        events: [
          event(
            'Unhealthy',
            'Readiness probe failed: Get "http://10.0.0.1:8080/healthz": dial tcp 10.0.0.1:8080: connect: connection refused',
          ),
        ],
      },
      expected: [
        'shop cannot start in dev: it ends with exit code 1 right after start',
      ],
    },
    {
      name: 'a command check without a word',
      given: {
        objects: [
          pod({
            spec: { readinessProbe: { exec: { command: ['check', 5] } } },
            status: NOT_READY,
          }),
        ],
        events: [event('Unhealthy', 'Readiness probe failed: ')],
      },
      expected: [
        'shop does not get ready in dev: its readiness check "check" fails',
      ],
    },
    ...unfit(
      '0/3 nodes are available: 3 node(s) had untolerated taint {pci: true}.',
      'the machines are reserved for others',
    ),
    ...unfit(
      '0/3 nodes are available: 3 node(s) were unschedulable.',
      'the machines take nothing new',
    ),
    ...unfit('no nodes available to schedule pods', 'none may take it'),
    {
      name: 'too many instances on the node',
      given: {
        objects: [
          pod({
            status: unscheduled('0/1 nodes are available: 1 Too many pods.'),
          }),
        ],
      },
      expected: [
        'shop does not fit in dev: no machine of dev-1 has a place for one more instance',
      ],
    },
    {
      name: 'no capacity, nobody says how much was asked',
      given: {
        objects: [
          pod({
            status: unscheduled(
              '0/2 nodes are available: 2 Insufficient memory.',
            ),
          }),
        ],
      },
      expected: [
        'shop does not fit in dev: no machine of dev-1 has enough memory free',
      ],
    },
    {
      name: 'a disk that does not exist',
      given: {
        objects: [
          pod({
            status: unscheduled(
              '0/1 nodes are available: persistentvolumeclaim "data" not found.',
            ),
          }),
        ],
      },
      expected: ['shop cannot start in dev: its storage is not ready'],
    },
    {
      name: 'a mount that fails otherwise',
      given: {
        objects: [pod({ status: waiting('ContainerCreating') })],
        events: [
          event(
            'FailedMount',
            'MountVolume.SetUp failed for volume "data": timed out',
          ),
        ],
      },
      expected: ['shop cannot start in dev: its storage is not ready'],
    },
    {
      name: 'a mount that came after all',
      given: {
        objects: [pod({})],
        events: [event('FailedMount', 'configmap "c" not found')],
      },
      expected: [],
    },
    {
      name: 'a key of a secret file, the volume unnamed',
      given: {
        objects: [pod({ status: waiting('ContainerCreating') })],
        events: [
          event('FailedMount', 'references non-existent secret key: url'),
        ],
      },
      expected: [
        'shop cannot start in dev: the secret "volume" has no key "url"',
      ],
    },
    {
      name: 'a program that cannot be started for another reason',
      given: {
        objects: [
          pod({
            status: waiting(
              'RunContainerError',
              'failed to create containerd task: no space left',
            ),
          }),
        ],
      },
      expected: ['shop cannot start in dev: its program cannot be started'],
    },
    {
      name: 'a webhook refuses',
      given: {
        events: [
          refusal(
            'admission webhook "policy.example.com" denied the request: no latest tags',
          ),
        ],
      },
      expected: ['shop is refused in dev by the rule "policy.example.com"'],
    },
    {
      name: 'the cluster refuses otherwise',
      given: { events: [refusal('Internal error occurred: something')] },
      expected: ['shop gets no instances in dev: the cluster refuses them'],
    },
    {
      name: 'a refusal of long ago whose object nobody sees',
      given: {
        events: [
          {
            ...refusal(
              'exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
            ),
            lastTimestamp: '2026-11-20T11:00:00Z',
          },
        ],
      },
      expected: [],
    },
    {
      name: 'a refusal that was overcome',
      given: {
        objects: [
          owner('ReplicaSet', {
            spec: { replicas: 1 },
            status: { replicas: 1 },
          }),
        ],
        events: [refusal('is forbidden: no')],
      },
      expected: [],
    },
    {
      name: 'a refusal on every node',
      given: {
        objects: [
          owner('DaemonSet', {
            status: { desiredNumberScheduled: 2, currentNumberScheduled: 1 },
          }),
        ],
        events: [
          {
            ...refusal('is forbidden: no'),
            involvedObject: { kind: 'DaemonSet', name: 'web-1' },
          },
        ],
      },
      expected: ['shop is refused in dev by a rule of the cluster'],
    },
    {
      name: 'a refused task',
      given: {
        objects: [owner('Job', { status: {} })],
        events: [
          {
            ...refusal('is forbidden: no'),
            involvedObject: { kind: 'Job', name: 'web-1' },
          },
        ],
      },
      expected: ['shop is refused in dev by a rule of the cluster'],
    },
    {
      name: 'the condition says it too',
      given: {
        objects: [
          owner('Deployment', {
            status: {
              conditions: [
                {
                  type: 'ReplicaFailure',
                  status: 'True',
                  message:
                    'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
                },
              ],
            },
          }),
        ],
      },
      expected: [
        'shop gets no more instances in dev: it would exceed the quota "q"',
      ],
    },
    {
      name: 'stuck, and nobody knows why',
      given: {
        objects: [
          owner('Deployment', {
            status: {
              conditions: [
                {
                  type: 'Progressing',
                  status: 'False',
                  reason: 'ProgressDeadlineExceeded',
                },
              ],
            },
          }),
        ],
      },
      expected: [
        'shop is stuck in dev: 0 of 1 instance of the new release got ready',
      ],
    },
    {
      name: 'a task that failed for another reason',
      given: {
        objects: [
          owner('Job', {
            status: {
              conditions: [
                { type: 'Failed', status: 'True', reason: 'PodFailurePolicy' },
              ],
            },
          }),
        ],
      },
      expected: ['shop is not done in dev: the task "web-1" failed'],
    },
    {
      name: 'asked to end a moment ago',
      given: {
        objects: [
          pod({
            deleted: ['2026-11-20T12:00:29Z', 30],
            status: {
              containerStatuses: [{ name: 'web', state: { running: {} } }],
            },
          }),
        ],
      },
      expected: [],
    },
    {
      name: 'past its grace',
      given: {
        objects: [
          pod({
            deleted: ['2026-11-20T11:59:00Z', 30],
            status: {
              containerStatuses: [{ name: 'web', state: { running: {} } }],
            },
          }),
        ],
      },
      expected: [
        'shop does not end when it is asked to in dev: it is killed after 30 s',
      ],
    },
    {
      name: 'ended, only the cluster is slow',
      given: {
        objects: [pod({ deleted: ['2026-11-20T11:59:00Z', 30], status: {} })],
      },
      expected: [],
    },
  ])('$name', ({ given, expected }) => {
    expect(find(given).map(({ what }) => what)).toEqual(expected);
  });

  it('says limit and peak where something measures it', () => {
    const given = pod({
      spec: { resources: { limits: { memory: '64Mi' } } },
      status: {
        containerStatuses: [
          {
            name: 'web',
            state: {
              terminated: {
                exitCode: 137,
                reason: 'OOMKilled',
                finishedAt: '2026-11-20T11:59:00Z',
              },
            },
          },
        ],
      },
    });
    expect(
      find({ objects: [given], memoryPeaks: { 'web-1': 66_000_000 } })[0]
        .evidence,
    ).toEqual([
      { label: 'Memory limit', value: '64 MiB' },
      {
        label: 'Memory peak',
        value:
          '64 MiB: it was ended when it asked for more (62.9 MiB when last seen before)',
      },
      { label: 'Ended', value: 'once' },
    ]);
    const peakOf = (bytes?: number) =>
      find({
        objects: [given],
        ...(bytes !== undefined && { memoryPeaks: { 'web-1': bytes } }),
      })[0].evidence.find(({ label }) => label === 'Memory peak')?.value;
    const atLimit = '64 MiB: it was ended when it asked for more';
    expect([peakOf(), peakOf(64 * 1024 * 1024)]).toEqual([atLimit, atLimit]);
  });

  it('shortens what is too long for a page', () => {
    const says = 'x '.repeat(2_000);
    const [finding] = find({ events: [refusal(says)] });
    expect(
      Math.max(...finding.evidence.map(({ value }) => value.length)),
    ).toBeLessThanOrEqual(500);
  });

  it('tells what the program said last by itself', () => {
    const given = pod({
      status: {
        containerStatuses: [
          {
            name: 'web',
            restartCount: 1,
            state: { running: {} },
            lastState: { terminated: { exitCode: 1, message: 'no licence' } },
          },
        ],
      },
    });
    expect(find({ objects: [given] })[0].evidence).toContainEqual({
      label: 'It says',
      value: 'no licence',
    });
  });
});

function find(given: Given) {
  return diagnose(
    {
      app: 'shop',
      environment: 'dev',
      cluster: 'dev-1',
      objects: [],
      events: [],
      logs: {},
      ...given,
    },
    NOW,
  );
}

function image(says: string, what: string) {
  return [
    {
      name: `image: ${says}`,
      given: { objects: [pod({ status: waiting('ErrImagePull', says) })] },
      expected: [`shop cannot start in dev: ${what}`],
    },
  ];
}

function unfit(says: string, what: string) {
  return [
    {
      name: says,
      given: { objects: [pod({ status: unscheduled(says) })] },
      expected: [`shop finds no machine in dev: ${what}`],
    },
  ];
}

interface PodFacts {
  name?: string;
  workload?: string;
  node?: string;
  restartPolicy?: string;
  owner?: string;
  spec?: object;
  initContainers?: object[];
  status?: object;
  deleted?: [at: string, graceSeconds: number];
}

function pod({
  name = 'web-1',
  workload = 'web',
  node: nodeName,
  restartPolicy = 'Always',
  owner: ownerKind,
  spec,
  initContainers,
  status,
  deleted,
}: PodFacts): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop--dev',
      labels: { 'callboard.dev/workload': workload },
      ...(ownerKind && {
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: ownerKind,
            name: 'migrate',
            uid: 'u',
            controller: true,
          },
        ],
      }),
      ...(deleted && {
        deletionTimestamp: deleted[0],
        deletionGracePeriodSeconds: deleted[1],
      }),
    },
    spec: {
      restartPolicy,
      nodeName,
      containers: [{ name: 'web', image: 'shop:1', ...spec }],
      ...(initContainers && { initContainers }),
    },
    status: status ?? {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ name: 'web', ready: true, state: { running: {} } }],
    },
  };
}

function crashed(exitCode: number, started = '11:59:00'): object {
  return {
    phase: 'Running',
    containerStatuses: [
      {
        name: 'web',
        ready: false,
        restartCount: 4,
        state: {
          waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' },
        },
        lastState: {
          terminated: {
            exitCode,
            reason: 'Error',
            startedAt: `2026-11-20T${started}Z`,
            finishedAt: '2026-11-20T11:59:01Z',
          },
        },
      },
    ],
  };
}

function waiting(reason: string, message?: string): object {
  return {
    phase: 'Pending',
    containerStatuses: [
      { name: 'web', state: { waiting: { reason, message } } },
    ],
  };
}

function unscheduled(message: string): object {
  return {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
      },
    ],
  };
}

function probed(port: number | string = 8080, ports?: object[]): object {
  return {
    readinessProbe: { httpGet: { path: '/healthz', port } },
    ...(ports && { ports }),
  };
}

function event(reason: string, message: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: reason },
    involvedObject: { kind: 'Pod', name: 'web-1' },
    reason,
    message,
    firstTimestamp: '2026-11-20T11:58:00Z',
    lastTimestamp: '2026-11-20T11:59:00Z',
  };
}

function refusal(message: string): KubeObject {
  return {
    ...event('FailedCreate', message),
    involvedObject: { kind: 'ReplicaSet', name: 'web-1' },
  };
}

function owner(kind: string, fields: object): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web-1', labels: { 'callboard.dev/workload': 'web' } },
    ...fields,
  };
}

function node(name: string, ready: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { conditions: [{ type: 'Ready', status: ready }] },
  };
}
