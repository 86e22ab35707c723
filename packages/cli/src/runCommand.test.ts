import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { MemoryIo } from './__testUtils__/MemoryIo';
import { runCommand } from './runCommand';

/** Runs a command line on files that only exist here. */
function run(args: string, files: Record<string, unknown> = {}) {
  const texts = Object.entries(files).map(([path, file]) => [
    path,
    typeof file === 'string' ? file : JSON.stringify(file),
  ]);
  const io = new MemoryIo(Object.fromEntries(texts));
  const code = runCommand(args.split(' ').filter(Boolean), io);
  const out = io.outLines.join('\n');
  return {
    code,
    out,
    err: io.errLines.join('\n'),
    json: () => JSON.parse(out),
  };
}

const OCM = 'cluster.open-cluster-management.io';
const managedCluster = (name: string, labels: Record<string, string> = {}) => ({
  apiVersion: `${OCM}/v1`,
  kind: 'ManagedCluster',
  metadata: { name, labels },
});
const placement = (spec: object) => ({
  apiVersion: `${OCM}/v1beta1`,
  kind: 'Placement',
  metadata: { name: 'p', namespace: 'default' },
  spec,
});
const member = (name: string, pods: number) => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name },
  status: {
    apiEnablements: [
      { groupVersion: 'apps/v1', resources: [{ kind: 'Deployment' }] },
    ],
    resourceSummary: { allocatable: { pods } },
  },
});
const policy = (spec: object) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: 'p' },
  spec: { placement: spec },
});
const aggregated = policy({
  replicaScheduling: {
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: 'Aggregated',
  },
});
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas: 3 },
};

const OWN_CLUSTERS = `
apiVersion: callboard.dev/v1alpha1
kind: Cluster
metadata: { name: eu-1, labels: { env: prod, region: eu } }
spec: {}
---
apiVersion: callboard.dev/v1alpha1
kind: Cluster
metadata: { name: pci-1, labels: { env: prod, region: eu } }
spec:
  blueprint: pci
  taints: [{ key: callboard.dev/blueprint, value: pci, effect: NoSelect }]
---
apiVersion: callboard.dev/v1alpha1
kind: ClusterSet
metadata: { name: europe }
spec: { clusterSelector: { matchLabels: { region: eu } } }
`;
const environment = (name: string, order: number) => `
apiVersion: callboard.dev/v1alpha1
kind: Environment
metadata: { name: ${name} }
spec:
  order: ${order}
  placement: { numberOfClusters: 1, clusterSets: [europe] }
`;
const APP = `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec: { requires: { blueprint: pci } }
`;

describe('what was mistyped', () => {
  it.each([
    ['chek', '"chek" is not a command; did you mean "check"?'],
    ['xyz', '"xyz" is not a command\n'],
    [
      'place --clutsers a',
      '--clutsers is not an option; did you mean --clusters?',
    ],
    ['place -q', '-q is not an option\n'],
    ['place --output', "'-o, --output <value>' argument missing"],
  ])('%s', (line, says) => {
    const { code, err } = run(line);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  it('counts a file that is given twice once', async () => {
    const io = new MemoryIo({ 'broken.yaml': 'a: [' });
    await runCommand(['check', 'broken.yaml', '-f', 'broken.yaml'], io);
    expect(io.outLines.join()).toContain('1 file, 1 error');
  });
});

describe('callboard place', () => {
  it('decides on a Placement of Open Cluster Management', () => {
    const { code, json } = run(
      'place -f p --clusters c --decisions d --output json',
      {
        p: placement({ numberOfClusters: 1 }),
        c: { kind: 'List', items: [managedCluster('a'), managedCluster('b')] },
        d: { decisions: [{ cluster: 'b' }] },
      },
    );
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      satisfied: true,
      decisions: [{ cluster: 'b' }],
      verdicts: [
        { cluster: 'b', verdict: 'chosen', score: 200, remedy: null },
        {
          cluster: 'a',
          verdict: 'spare',
          score: 100,
          reasons: [{ rule: 'number-of-clusters' }, { rule: 'score' }],
        },
      ],
    });
  });

  it('counts the decisions of other placements', () => {
    const decided = (name: string, clusterName: string) => ({
      apiVersion: `${OCM}/v1beta1`,
      kind: 'PlacementDecision',
      metadata: {
        namespace: 'default',
        labels: { [`${OCM}/placement`]: name },
      },
      status: { decisions: [{ clusterName }] },
    });
    const { json } = run('place -f p --clusters c -o json', {
      p: placement({ numberOfClusters: 1 }),
      c: [
        managedCluster('a'),
        managedCluster('b'),
        decided('other', 'a'),
        decided('p', 'b'),
      ],
    });
    expect(json().decisions).toEqual([{ cluster: 'b' }]);
  });

  it('reads several documents, typed lists and standard input', () => {
    const { json } = run('place -f p --clusters - -o json', {
      p: placement({}),
      '-': `kind: ManagedClusterList\napiVersion: ${OCM}/v1\nitems:\n- metadata: { name: a }\n---\n${JSON.stringify(
        managedCluster('b'),
      )}\n`,
    });
    expect(json().decisions).toEqual([{ cluster: 'a' }, { cluster: 'b' }]);
  });

  it('divides the replicas of the workload beside a Karmada policy', () => {
    const files = {
      p: { kind: 'List', items: [aggregated, deployment] },
      c: [member('a', 2), member('b', 9)],
    };
    expect(
      run('place -f p --clusters c -o json', files).json().decisions,
    ).toEqual([{ cluster: 'b', replicas: 3 }]);
    const more = run('place -f p --clusters c --replicas 10 -o json', files);
    expect(more.json().decisions).toEqual([
      { cluster: 'a', replicas: 2 },
      { cluster: 'b', replicas: 8 },
    ]);
  });

  it('takes what the policy selects, else what has replicas', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: {} };
    const other = {
      ...deployment,
      metadata: { name: 'other' },
      spec: { ...deployment.spec, replicas: 1 },
    };
    const selecting = (name: string) => ({
      ...aggregated,
      spec: {
        ...aggregated.spec,
        resourceSelectors: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name },
        ],
      },
    });
    const decide = (...documents: object[]) =>
      run('place -f p -o json', { p: [...documents, member('b', 9)] }).json()
        .decisions;
    expect(decide(service, aggregated, deployment)).toEqual([
      { cluster: 'b', replicas: 3 },
    ]);
    expect(decide(selecting('other'), deployment, other)).toEqual([
      { cluster: 'b', replicas: 1 },
    ]);
    expect(decide(selecting('nobody'), deployment)).toEqual([
      { cluster: 'b', replicas: 3 },
    ]);
  });

  it('asks clusters for the kind that a Karmada policy selects, where the object is not at hand', () => {
    const selecting = (kind: string) => ({
      ...policy({}),
      spec: {
        placement: {},
        resourceSelectors: [{ apiVersion: 'apps/v1', kind }],
      },
    });
    const decide = (kind: string) =>
      run('place -f p --clusters c --decisions d -o json', {
        p: selecting(kind),
        c: [member('a', 9), member('b', 9)],
        d: { decisions: [{ cluster: 'b' }] },
      })
        .json()
        .decisions.map(({ cluster }: { cluster: string }) => cluster);
    expect(decide('Deployment')).toEqual(['a', 'b']);
    expect(decide('StatefulSet')).toEqual(['b']);
  });

  it('takes the decisions of the placement itself for where it is, unless told', () => {
    const files = {
      p: placement({ numberOfClusters: 1 }),
      c: [
        managedCluster('a'),
        managedCluster('b'),
        {
          kind: 'PlacementDecision',
          metadata: {
            namespace: 'default',
            labels: { [`${OCM}/placement`]: 'p' },
          },
          status: { decisions: [{ clusterName: 'b' }] },
        },
      ],
      d: { decisions: [] },
    };
    expect(
      run('place -f p --clusters c -o json', files).json().decisions,
    ).toEqual([{ cluster: 'b' }]);
    expect(
      run('place -f p --clusters c --decisions d -o json', files).json()
        .decisions,
    ).toEqual([{ cluster: 'a' }]);
  });

  it('ends with 1 and without decisions where the engine refuses', () => {
    const { code, err, json } = run('place -f p --clusters c -o json', {
      p: [aggregated, deployment],
      c: [member('a', 2)],
    });
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      satisfied: false,
      decisions: [],
      message: expect.stringContaining('capacity for 2 of 3'),
    });
    expect(err).toContain('capacity for 2 of 3');
  });

  it('decides on our own environment, with cluster sets and the app that requires a blueprint', () => {
    const files = { e: environment('prod', 1), c: OWN_CLUSTERS, a: APP };
    expect(
      run('place -f e --clusters c -o json', files).json().decisions,
    ).toEqual([{ cluster: 'eu-1' }]);
    expect(
      run('place -f e -f a --clusters c -o json', files).json().decisions,
    ).toEqual([{ cluster: 'pci-1' }]);
  });

  it('wants to know which environment where there are several', () => {
    const files = {
      e: `${environment('dev', 1)}---${environment('prod', 2)}`,
      c: OWN_CLUSTERS,
    };
    expect(run('place -f e --clusters c', files)).toMatchObject({
      code: 2,
      err: expect.stringContaining('dev, prod'),
    });
    expect(run('place -f e --clusters c --environment prod', files).code).toBe(
      0,
    );
    expect(run('place -f e --clusters c --environment qa', files).code).toBe(2);
  });

  it('tells people where it runs, and with --explain why nowhere else', () => {
    const files = {
      e: environment('prod', 1),
      c: OWN_CLUSTERS,
    };
    expect(run('place -f e --clusters c', files).out).toBe(
      'Placed on 1 of 1 wanted cluster: eu-1.\n  eu-1   chosen',
    );
    expect(run('place -f e --clusters c --explain', files).out).toContain(
      'pci-1  refused\n           Reserved for apps that require blueprint pci\n           To admit it: Require blueprint pci in app.yaml',
    );
  });

  it.each([
    ['', 2],
    ['nonsense', 2],
    ['help', 0],
    ['place --help', 0],
    ['place', 2],
    ['place -f nowhere', 2],
    ['place -f broken', 2],
    ['place -f scalar', 2],
    ['place -f nothing', 2],
    ['place -f two', 2],
    ['place -f p --output xml', 2],
    ['place -f p --nope', 2],
    ['place -f p --replicas many', 2],
    ['place -f p --now later', 2],
    ['place -f p --decisions p', 2],
    ['place -f p --decisions unnamed', 2],
    ['place -f p --decisions texts', 2],
    ['place -f p --clusters nested', 2],
    ['place -f older', 2],
    ['place -f newer', 2],
    ['place -f invalid', 2],
    ['place -f p', 1],
  ])('%s ends with %i', (args, code) => {
    const files = {
      broken: 'a: [',
      scalar: '42',
      nothing: { kind: 'ConfigMap' },
      two: [placement({}), aggregated],
      p: placement({}),
      unnamed: { decisions: [{}] },
      texts: { decisions: [{ cluster: 'a', replicas: '2' }] },
      nested: `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      older: { ...placement({}), apiVersion: `${OCM}/v1alpha1` },
      newer: { ...aggregated, apiVersion: 'policy.karmada.io/v1' },
      invalid:
        'apiVersion: callboard.dev/v1alpha1\nkind: Environment\nmetadata: { name: x }\nspec: {}\n',
    };
    expect(run(args, files).code).toBe(code);
  });
});

describe('callboard place on files that no API server takes', () => {
  const selecting = (matchLabels: object) =>
    placement({
      predicates: [
        { requiredClusterSelector: { labelSelector: { matchLabels } } },
      ],
    });
  const tainted = (taint: object) => ({
    ...managedCluster('a'),
    spec: { taints: [taint] },
  });

  it.each<[object, object, string | undefined]>([
    [
      selecting({ gpu: 'true' }),
      managedCluster('a', { gpu: 'true' }),
      undefined,
    ],
    [
      selecting({ gpu: true }),
      managedCluster('a'),
      'spec.predicates.0.requiredClusterSelector.labelSelector.matchLabels of the Placement is not texts',
    ],
    [
      placement({ numberOfClusters: '1' }),
      managedCluster('a'),
      'spec.numberOfClusters of the Placement is not a whole number',
    ],
    [
      placement({ tolerations: [{ key: 'x', value: 1 }] }),
      managedCluster('a'),
      'spec.tolerations.0.value of the Placement is not a text',
    ],
    [
      placement({ clusterSets: 'all' }),
      managedCluster('a'),
      'spec.clusterSets of the Placement is not texts',
    ],
    [
      placement({}),
      tainted({ key: 'x', value: false }),
      'spec.taints.0.value of the ManagedCluster is not a text',
    ],
    [
      placement({}),
      { ...managedCluster('a'), metadata: { name: 'a', labels: { tier: 1 } } },
      'metadata.labels of the ManagedCluster is not texts',
    ],
    [
      policy({ spreadConstraints: [{ maxGroups: '2' }] }),
      member('a', 1),
      'spec.placement.spreadConstraints.0.maxGroups of the PropagationPolicy is not a whole number',
    ],
    [
      policy({ clusterAffinity: { exclude: [1] } }),
      member('a', 1),
      'spec.placement.clusterAffinity.exclude of the PropagationPolicy is not texts',
    ],
  ])('%j', (p, c, why) => {
    const { code, err } = run('place -f p --clusters c', { p, c });
    expect(code).toBe(why === undefined ? 0 : 2);
    expect(err).toContain(why ?? '');
  });
});

describe('callboard rollout', () => {
  const input = {
    strategy: {
      type: 'Progressive',
      progressive: {
        maxConcurrency: 1,
        progressDeadline: '10m',
        maxFailures: 1,
      },
    },
    groups: [
      { name: 'canary', clusters: ['a'] },
      { name: '', clusters: ['b'] },
    ],
    statuses: [
      {
        cluster: 'a',
        status: 'Progressing',
        lastTransitionTime: '2026-11-20T11:55:00Z',
      },
      { cluster: 'z', status: 'Succeeded' },
    ],
    now: '2026-11-20T12:00:00Z',
  };

  it('answers one step', () => {
    const { code, json } = run('rollout -f i --output json', { i: input });
    expect(code).toBe(0);
    expect(json()).toEqual({
      rollout: [
        {
          cluster: 'a',
          group: '0 canary',
          status: 'Progressing',
          timeOutTime: '2026-11-20T12:05:00Z',
        },
      ],
      timeOut: [],
      removed: [
        { cluster: 'z', group: null, status: 'Succeeded', timeOutTime: null },
      ],
      maxFailureBreach: false,
      recheckAfterSeconds: 300,
    });
  });

  it('writes the end of a deadline below a second in whole seconds', () => {
    const { json } = run('rollout -f i --output json', {
      i: { ...input, strategy: { all: { progressDeadline: '300s700ms' } } },
    });
    expect(json()).toMatchObject({
      rollout: [{ timeOutTime: '2026-11-20T12:00:00Z' }, { cluster: 'b' }],
      recheckAfterSeconds: 0.7,
    });
  });

  it('tells people what comes next', () => {
    const statuses = [
      {
        cluster: 'a',
        status: 'Failed',
        lastTransitionTime: '2026-11-20T11:00:00Z',
      },
    ];
    expect(run('rollout -f i', { i: { ...input, statuses } }).out).toBe(
      'Rolled out to now:\n  b (group 1)  ToApply\nTimed out: a.',
    );
    const { now, ...present } = input;
    expect(run('rollout -f i', { i: present }).out).toContain(
      'Look again in 5 min.',
    );
    expect(
      run('rollout -f i', {
        i: {
          strategy: { type: 'Progressive' },
          groups: [{ clusters: ['a'] }],
          statuses: [{ cluster: 'a', status: 'TimeOut' }],
        },
      }).out,
    ).toBe(
      'Nothing is rolled out to now.\nToo many clusters failed: nothing new is started.',
    );
  });

  it.each([
    ['a strategy that is refused', { strategy: { type: 'Slowly' } }, 1],
    ['groups that are no list', { groups: 'a' }, 2],
    ['a cluster that is no name', { groups: [{ clusters: [1] }] }, 2],
    ['a status without a cluster', { statuses: [{}] }, 2],
    [
      'a status nobody knows',
      { statuses: [{ cluster: 'a', status: 'Dancing' }] },
      2,
    ],
    ['a time that is none', { now: 'soon' }, 2],
  ])('%s', (_, given, code) => {
    expect(
      run('rollout -f i -o json', {
        i: { strategy: { type: 'All' }, ...given },
      }).code,
    ).toBe(code);
  });

  it('needs exactly one document', () => {
    expect(run('rollout').code).toBe(2);
    expect(run('rollout -f i', { i: [{}, {}] }).code).toBe(2);
  });
});

describe('callboard on values that nobody expects', () => {
  const text = { toString: 1 };
  const step = (rest: object) => ({
    strategy: { type: 'All' },
    groups: [{ name: '', clusters: ['a'] }],
    ...rest,
  });

  it.each([
    ['place -f i', { apiVersion: text, kind: text }, 'holds no policy'],
    ['place -f i', [null], 'i holds something that is not an object: null'],
    ['place -f i', ['x'.repeat(99)], `"${'x'.repeat(39)}…`],
    [
      'place -f i',
      { apiVersion: 'callboard.dev/v1alpha1', kind: 'Environment' },
      'Environment without a name',
    ],
    [
      'rollout -f i',
      step({ statuses: [{ cluster: 'a', status: text }] }),
      'The status of a is {"toString":1}; there are ToApply',
    ],
    [
      'rollout -f i',
      step({ statuses: [{ cluster: 'a' }] }),
      'The status of a is nothing; there are ToApply',
    ],
    [
      'rollout -f i',
      step({ now: text }),
      '"now" is not a time: {"toString":1}',
    ],
    ['explain -f i', { kind: 'Unknown' }, 'what can: an answer of callboard'],
  ])('%s ends with 2 on %j', (args, i, err) => {
    const result = run(args, { i });
    expect(result.code).toBe(2);
    expect(result.err).toContain(err);
  });

  it.each([
    [{ type: text }, '{"toString":1} is not a type of rollout'],
    [{ type: '' }, '"" is not a type of rollout'],
    [{ type: 'All', all: { progressDeadline: text } }, 'is not a duration'],
    [
      { type: 'Progressive', progressive: { maxFailures: 'x'.repeat(99) } },
      `maxFailures "${'x'.repeat(39)}… is neither`,
    ],
  ])('a rollout by the strategy %j ends with 1', (strategy, err) => {
    const result = run('rollout -f i', { i: step({ strategy }) });
    expect(result.code).toBe(1);
    expect(result.err).toContain(err);
  });

  it.each([
    ['69us', 0.000069],
    ['65ms43h9999999m', 600154740.065],
    ['-5m', -300],
  ])('looks again after a soak of %s, to the nanosecond', (soak, seconds) => {
    const progressive = { minSuccessTime: soak };
    const { json } = run('rollout -f i -o json', {
      i: step({ strategy: { type: 'Progressive', progressive } }),
    });
    expect(json().recheckAfterSeconds).toBe(seconds);
  });

  it('divides any number at once', () => {
    const { json } = run(
      'place -f p --clusters c --replicas 999999999 -o json',
      {
        p: [
          policy({ replicaScheduling: { replicaSchedulingType: 'Divided' } }),
          { kind: 'Thing' },
        ],
        c: ['a', 'b', 'c'].map(name => ({
          apiVersion: 'cluster.karmada.io/v1alpha1',
          kind: 'Cluster',
          metadata: { name },
          status: {
            apiEnablements: [
              { groupVersion: '', resources: [{ kind: 'Thing' }] },
            ],
          },
        })),
      },
    );
    expect(
      json().decisions.map((one: { replicas: number }) => one.replicas),
    ).toEqual([333333333, 333333333, 333333333]);
  });

  it('says one replica and two replicas, and where clusters come from', () => {
    const aggregate = {
      p: aggregated,
      w: { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 1 } },
    };
    const args = 'place -f p -f w --clusters c';
    expect(run(args, { ...aggregate, c: member('a', 5) }).out).toContain(
      'a  chosen, 1 replica',
    );
    expect(run('place -f p -f w', aggregate).err).toContain(
      'give them with --clusters',
    );
  });
});

describe('callboard explain', () => {
  it('explains what it can of what lies together', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    expect(
      run('explain -f i', { i: [{ kind: 'Unknown' }, pod] }).code,
    ).not.toBe(2);
  });

  const files = {
    p: placement({
      numberOfClusters: 1,
      predicates: [
        {
          requiredClusterSelector: {
            labelSelector: { matchLabels: { env: 'prod' } },
          },
        },
      ],
    }),
    c: [
      managedCluster('a', { env: 'prod' }),
      managedCluster('b', { env: 'prod' }),
      ...['x', 'y'].map(name => managedCluster(name, { env: 'dev' })),
    ],
  };

  it('says a decision as a person would', () => {
    const decision = run('place -f p --clusters c -o json', files).out;
    expect(run('explain -f d', { d: decision })).toMatchObject({
      code: 0,
      out: [
        'Placed on 1 of 1 wanted cluster: a.',
        'It runs on',
        '  a: preferred: fewer apps run here than elsewhere.',
        'Spare: b.',
        'x and y are not considered: needs a prod cluster; this one is dev. To admit each: label the cluster env=prod.',
      ].join('\n'),
    });
  });

  it('says that something runs nowhere, and ends with 1', () => {
    const decision = run('place -f p --clusters c -o json', {
      ...files,
      c: [managedCluster('x')],
    }).out;
    expect(run('explain -f d', { d: decision })).toMatchObject({
      code: 1,
      out: expect.stringContaining('It runs nowhere.'),
    });
  });

  it('tells replicas, and long lists shortly', () => {
    const verdicts = Array.from({ length: 12 }, (_, index) => ({
      cluster: `c${index}`,
      verdict: 'refused',
      reasons: [{ rule: 'x', message: 'It is red' }],
    }));
    const { out } = run('explain -f d', {
      d: {
        decisions: [
          { cluster: 'a', replicas: 1 },
          { cluster: 'b', replicas: 2 },
        ],
        verdicts,
      },
    });
    expect(out).toContain('a with 1 replica.\n  b with 2 replicas.');
    expect(out).toContain('c5, c6 and 5 more');
  });

  it('answers programs too, and knows what it cannot explain', () => {
    expect(
      run('explain -f d -o json', { d: { decisions: [], satisfied: true } }),
    ).toMatchObject({ code: 0, out: expect.stringContaining('explanation') });
    expect(run('explain').code).toBe(2);
    expect(run('explain -f d', { d: { kind: 'Unknown' } }).code).toBe(2);
  });
});

describe('bin/callboard', () => {
  it('runs in a checkout without a build', () => {
    const bin = resolve(__dirname, '../bin/callboard');
    const input = JSON.stringify({
      strategy: { type: 'All' },
      groups: [{ name: '', clusters: ['a'] }],
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, 'rollout', '-f', '-', '-o', 'json'],
      { input, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).rollout).toEqual([
      { cluster: 'a', group: '0 ', status: 'ToApply', timeOutTime: null },
    ]);
  });
});
