import {
  type AppEnvironmentSpec,
  type AppFile,
  type ClusterOverride,
  type EnvironmentFile,
  type PlacementSpec,
  type ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import fc from 'fast-check';
import { decideWithRetention } from '../placement';
import { CURRENT_RENDERER } from '../render';
import { overridesFor } from './overridesFor';
import { replicasFor } from './replicasFor';
import { resolveEnvironments } from './resolveEnvironments';
import { workloadsOn } from './workloadsOn';

function platform(
  name: string,
  spec: Partial<EnvironmentFile['spec']> = {},
): EnvironmentFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name },
    spec: { order: 1, placement: {}, ...spec },
  };
}

function app(
  environments: AppEnvironmentSpec[],
  spec: Partial<AppFile['spec']> = {},
): AppFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'App',
    metadata: { name: 'shop' },
    spec: { environments, ...spec },
  };
}

const withLabels = (matchLabels: Record<string, string>) => ({
  requiredClusterSelector: { labelSelector: { matchLabels } },
});
const withClaim = (key: string, value: string) => ({
  requiredClusterSelector: {
    claimSelector: {
      matchExpressions: [{ key, operator: 'In' as const, values: [value] }],
    },
  },
});

const DEV = platform('dev', {
  order: 1,
  placement: { numberOfClusters: 1, predicates: [withLabels({ env: 'dev' })] },
});
const PROD = platform('prod', {
  order: 2,
  promotion: { from: 'dev' },
  placement: { numberOfClusters: 3, predicates: [withLabels({ env: 'prod' })] },
});

function resolve(files: EnvironmentFile[], file?: AppFile) {
  const resolved = resolveEnvironments(files, file);
  if (!resolved.ok)
    throw new Error(`${resolved.problem.what}: ${resolved.problem.why}`);
  return resolved.value;
}

const refusal = (files: EnvironmentFile[], file: AppFile) => {
  const resolved = resolveEnvironments(files, file);
  return resolved.ok
    ? 'allowed'
    : `${resolved.problem.code}: ${resolved.problem.why}`;
};

describe('the order', () => {
  it.each([
    {
      name: 'as the platform orders, ties by name',
      files: [PROD, platform('b'), platform('a')],
      added: [],
      expected: 'a b prod',
    },
    {
      name: 'an added one comes last',
      files: [DEV],
      added: [{ name: 'qa' }],
      expected: 'dev qa',
    },
    {
      name: 'right after the one it is promoted from',
      files: [DEV, PROD],
      added: [{ name: 'qa', promotion: { from: 'dev' } }],
      expected: 'dev qa prod',
    },
    {
      name: 'an added one after an added one',
      files: [DEV, PROD],
      added: [
        { name: 'qa', promotion: { from: 'dev' } },
        { name: 'pre', promotion: { from: 'qa' } },
      ],
      expected: 'dev qa pre prod',
    },
    {
      name: 'the first one of all',
      files: [],
      added: [{ name: 'only' }],
      expected: 'only',
    },
  ])('$name', ({ files, added, expected }) => {
    const selecting = added.map(spec => ({
      ...spec,
      placement: { predicates: [withLabels({ env: spec.name })] },
    }));
    const resolved = resolve(
      files.map(file =>
        file === PROD
          ? { ...PROD, spec: { ...PROD.spec, promotion: undefined } }
          : file,
      ),
      app(selecting),
    );
    expect(resolved.map(({ name }) => name).join(' ')).toBe(expected);
    expect(resolved.map(({ order }) => order)).toEqual(
      resolved.map((_, index) => index + 1),
    );
  });
});

describe('refining', () => {
  it('takes everything from the platform when the app says nothing', () => {
    const files = [
      platform('dev', {
        replicas: 2,
        builder: 'bundle',
        rollout: { type: 'All' },
      }),
    ];
    expect(resolve(files)).toEqual([
      {
        name: 'dev',
        title: 'dev',
        order: 1,
        placement: {},
        rollout: { type: 'All' },
        overrides: [],
        replicas: 2,
        builder: 'bundle',
      },
    ]);
  });

  it('requires a blueprint everywhere, or in one environment', () => {
    const required = app(
      [{ name: 'prod', requires: { blueprint: 'pci-strict' } }],
      { requires: { blueprint: 'pci' } },
    );
    expect(
      resolve([DEV, PROD], required).map(({ requires }) => requires),
    ).toEqual([{ blueprint: 'pci' }, { blueprint: 'pci-strict' }]);
  });

  it.each<{
    name: string;
    theirs: PlacementSpec;
    ours: PlacementSpec;
    expected: PlacementSpec;
  }>([
    {
      name: 'labels of both must match',
      theirs: { predicates: [withLabels({ env: 'prod' })] },
      ours: { predicates: [withLabels({ region: 'eu' })] },
      expected: { predicates: [withLabels({ env: 'prod', region: 'eu' })] },
    },
    {
      name: 'every pair of predicates',
      theirs: {
        predicates: [withLabels({ env: 'dev' }), withLabels({ pci: 'true' })],
      },
      ours: {
        predicates: [
          withLabels({ region: 'eu' }),
          withClaim('provider', 'aws'),
        ],
      },
      expected: {
        predicates: [
          withLabels({ env: 'dev', region: 'eu' }),
          {
            requiredClusterSelector: {
              ...withLabels({ env: 'dev' }).requiredClusterSelector,
              ...withClaim('provider', 'aws').requiredClusterSelector,
            },
          },
          withLabels({ pci: 'true', region: 'eu' }),
          {
            requiredClusterSelector: {
              ...withLabels({ pci: 'true' }).requiredClusterSelector,
              ...withClaim('provider', 'aws').requiredClusterSelector,
            },
          },
        ],
      },
    },
    {
      name: 'one label with two values matches nothing',
      theirs: { predicates: [withLabels({ env: 'prod' })] },
      ours: { predicates: [withLabels({ env: 'dev' })] },
      expected: {
        predicates: [
          {
            requiredClusterSelector: {
              labelSelector: {
                matchLabels: { env: 'prod' },
                matchExpressions: [
                  { key: 'env', operator: 'In', values: ['dev'] },
                ],
              },
            },
          },
        ],
      },
    },
    {
      name: 'fewer clusters',
      theirs: { numberOfClusters: 3 },
      ours: { numberOfClusters: 2 },
      expected: { numberOfClusters: 2 },
    },
    {
      name: 'a number where the platform wants all',
      theirs: {},
      ours: { numberOfClusters: 9 },
      expected: { numberOfClusters: 9 },
    },
    {
      name: 'none at all',
      theirs: { numberOfClusters: 3 },
      ours: { numberOfClusters: 0 },
      expected: { numberOfClusters: 0 },
    },
    {
      name: 'some of the sets',
      theirs: { clusterSets: ['a', 'b'] },
      ours: { clusterSets: ['b'] },
      expected: { clusterSets: ['b'] },
    },
    {
      name: 'sets where the platform names none',
      theirs: {},
      ours: { clusterSets: ['b'] },
      expected: { clusterSets: ['b'] },
    },
    {
      name: 'the tighter of two spreads, and new ones',
      theirs: {
        spreadPolicy: {
          spreadConstraints: [
            {
              topologyKey: 'region',
              topologyKeyType: 'Label',
              maxSkew: 2,
              whenUnsatisfiable: 'DoNotSchedule',
            },
          ],
        },
      },
      ours: {
        spreadPolicy: {
          spreadConstraints: [
            { topologyKey: 'region', topologyKeyType: 'Label', maxSkew: 1 },
            { topologyKey: 'provider', topologyKeyType: 'Claim' },
          ],
        },
      },
      expected: {
        spreadPolicy: {
          spreadConstraints: [
            {
              topologyKey: 'region',
              topologyKeyType: 'Label',
              maxSkew: 1,
              whenUnsatisfiable: 'DoNotSchedule',
            },
            { topologyKey: 'provider', topologyKeyType: 'Claim' },
          ],
        },
      },
    },
    {
      name: 'tolerations among those of the platform',
      theirs: { tolerations: [{ key: 'a' }, { key: 'b' }] },
      ours: { tolerations: [{ key: 'b' }] },
      expected: { tolerations: [{ key: 'b' }] },
    },
  ])('$name', ({ theirs, ours, expected }) => {
    const [resolved] = resolve(
      [platform('prod', { placement: theirs })],
      app([{ name: 'prod', placement: ours }]),
    );
    expect(resolved.placement).toEqual(expected);
  });
});

describe('widening is refused', () => {
  const prodWith = (spec: Omit<AppEnvironmentSpec, 'name'>) =>
    app([{ name: 'prod', ...spec }]);

  it.each([
    {
      name: 'more clusters',
      file: prodWith({ placement: { numberOfClusters: 4 } }),
      why: 'it wants 4 clusters, the platform allows 3',
    },
    {
      name: 'a taint of the platform',
      file: prodWith({
        placement: {
          tolerations: [{ key: 'callboard.dev/blueprint', operator: 'Exists' }],
        },
      }),
      why: 'it tolerates the taint "callboard.dev/blueprint", by which the platform keeps apps away',
    },
    {
      name: 'a way around an environment',
      file: app([
        {
          name: 'side',
          promotion: { from: 'dev' },
          placement: { predicates: [withLabels({ env: 'x' })] },
        },
        { name: 'prod', promotion: { from: 'elsewhere' } },
      ]),
      why: 'it is promoted from "elsewhere", which is no environment before it',
      code: 'environment-unknown',
    },
    {
      name: 'a toleration in an environment of its own',
      file: app([
        {
          name: 'mine',
          placement: {
            predicates: [withLabels({ env: 'x' })],
            tolerations: [{ operator: 'Exists' }],
          },
        },
      ]),
      why: 'it tolerates the taint "*", by which the platform keeps apps away',
    },
    {
      name: 'an environment of its own on any cluster',
      file: app([{ name: 'mine', placement: { predicates: [{}] } }]),
      why: 'the platform has no environment of this name, and the app file does not say which clusters it may use',
      code: 'environment-unselected',
    },
  ])('$name', ({ file, why, code = 'environment-widened' }) => {
    expect(refusal([DEV, PROD], file)).toBe(`${code}: ${why}`);
  });

  it('lets no app go around an environment of the platform', () => {
    const test = platform('test', { order: 2, promotion: { from: 'dev' } });
    const prod = platform('prod', { order: 3, promotion: { from: 'test' } });
    const file = app([
      {
        name: 'side',
        promotion: { from: 'dev' },
        placement: { predicates: [withLabels({ env: 'side' })] },
      },
      { name: 'prod', promotion: { from: 'side' } },
    ]);
    expect(refusal([DEV, test, prod], file)).toBe(
      'environment-widened: it is promoted from "side", which a release can reach without having been in "test"',
    );
  });

  it('lets an app put an environment between two of the platform', () => {
    const file = app([
      {
        name: 'qa',
        promotion: { from: 'dev' },
        placement: { predicates: [withLabels({ env: 'staging' })] },
      },
      { name: 'prod', promotion: { from: 'qa' } },
    ]);
    expect(
      resolve([DEV, PROD], file).map(
        ({ name, promotion }) => `${promotion?.from ?? ''}>${name}`,
      ),
    ).toEqual(['>dev', 'dev>qa', 'qa>prod']);
  });

  it.each([
    {
      name: 'foreign sets',
      theirs: { placement: { clusterSets: ['a'] } },
      ours: { placement: { clusterSets: ['b'] } },
      why: 'it wants clusters of "b", which the platform does not allow',
    },
    {
      name: 'all sets',
      theirs: { placement: { clusterSets: ['a'] } },
      ours: { placement: { clusterSets: [] } },
      why: 'it wants clusters of every set, the platform allows some',
    },
    {
      name: 'another approval',
      theirs: { placement: {}, promotion: { approval: 'group:default/leads' } },
      ours: { promotion: { approval: 'group:default/me' } },
      why: 'it changes who approves; the platform asks for group:default/leads',
    },
    {
      name: 'no waves',
      theirs: { placement: {}, rollout: { type: 'Progressive' as const } },
      ours: { rollout: { type: 'All' as const } },
      why: 'it rolls out everywhere at once, the platform asks for waves (Progressive)',
    },
    {
      name: 'other groups',
      theirs: { placement: { decisionStrategy: {} } },
      ours: { placement: { decisionStrategy: { groupStrategy: {} } } },
      why: 'it changes the groups by which the platform rolls out',
    },
  ])('$name', ({ theirs, ours, why }) => {
    expect(refusal([platform('prod', theirs)], prodWith(ours))).toBe(
      `environment-widened: ${why}`,
    );
  });

  it('keeps the approval of the platform when the app names only another origin', () => {
    const files = [
      DEV,
      platform('prod', {
        order: 2,
        promotion: { from: 'dev', approval: 'group:default/leads' },
        placement: {},
      }),
    ];
    const [, prod] = resolve(
      files,
      app([{ name: 'prod', promotion: { from: 'dev' } }]),
    );
    expect(prod.promotion).toEqual({
      from: 'dev',
      approval: 'group:default/leads',
    });
  });

  it('admits no cluster that the platform alone would refuse', () => {
    const label = fc.dictionary(
      fc.constantFrom('env', 'region', 'size'),
      fc.constantFrom('a', 'b'),
    );
    const placement = fc.record({
      predicates: fc.array(label.map(withLabels), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        placement,
        placement,
        fc.array(label, { maxLength: 5 }),
        (theirs, ours, labels) => {
          const clusters = labels.map((own, index) => ({
            name: `c${index}`,
            labels: own,
            claims: {},
            taints: [],
            freshness: 'live' as const,
            observedAt: '2026-11-20T10:00:00Z',
          }));
          const now = new Date('2026-11-20T10:00:00Z');
          const [{ placement: narrowed }] = resolve(
            [platform('prod', { placement: theirs })],
            app([{ name: 'prod', placement: ours }]),
          );
          const chosenBy = (spec: PlacementSpec) =>
            decideWithRetention({ spec, clusters, previous: [] }, now).chosen;
          const both = chosenBy(theirs).filter(name =>
            chosenBy(ours).includes(name),
          );
          expect([...chosenBy(narrowed)].sort()).toEqual([...both].sort());
        },
      ),
    );
  });
});

describe('replicasFor', () => {
  const environment = {
    replicas: 3,
    overrides: [
      { clusters: { matchLabels: { size: 'edge' } }, replicas: 1 },
      {
        clusters: {
          matchExpressions: [
            { key: 'region', operator: 'In' as const, values: ['ap'] },
          ],
        },
        replicas: 5,
      },
      { clusters: {} },
    ],
  };

  it.each([
    { labels: {}, expected: 3 },
    { labels: { size: 'edge' }, expected: 1 },
    { labels: { region: 'ap' }, expected: 5 },
    { labels: { size: 'edge', region: 'ap' }, expected: 5 },
  ])('$labels gives $expected', ({ labels, expected }) => {
    expect(replicasFor(environment, labels as Record<string, string>)).toBe(
      expected,
    );
  });
});

describe('overridesFor', () => {
  const overrides: ClusterOverride[] = [
    { clusters: {}, variables: { web: { main: { A: 'all', B: 'all' } } } },
    { clusters: {}, replicas: 2 },
    {
      clusters: { matchLabels: { region: 'us' } },
      variables: { web: { main: { B: 'us' }, log: { C: 'us' } }, api: {} },
    },
  ];

  it.each([
    ['none of which selects the cluster', [overrides[2]], {}, undefined],
    ['that say nothing of variables', [overrides[1]], {}, undefined],
    [
      'for every cluster',
      overrides,
      { region: 'eu' },
      { web: { main: { A: 'all', B: 'all' } } },
    ],
    [
      'of which the last one counts',
      overrides,
      { region: 'us' },
      { web: { main: { A: 'all', B: 'us' }, log: { C: 'us' } }, api: {} },
    ],
  ])('merges variables of overrides %s', (_, given, labels, expected) => {
    expect(
      overridesFor({ overrides: given }, labels as Record<string, string>)
        ?.variables,
    ).toEqual(expected);
  });

  const EVERYWHERE: ClusterOverride = {
    clusters: {},
    resources: {
      web: {
        main: { requests: { cpu: '1', memory: '1Gi' } },
        log: { limits: { memory: '64Mi' } },
      },
    },
    autoscaling: { web: { min: 2, max: 4, cpu: 70 }, api: null },
    patches: { web: { Pod: { spec: { nodeSelector: { disk: 'ssd' } } } } },
  };
  const US: ClusterOverride = {
    clusters: { matchLabels: { region: 'us' } },
    resources: {
      web: { main: { requests: { cpu: '2' }, limits: { cpu: '4' } } },
    },
    autoscaling: { web: null },
    patches: { web: { Pod: { spec: { nodeSelector: { disk: null } } } } },
  };

  it.each<[string, string, ReturnType<typeof overridesFor>]>([
    [
      'one',
      'eu',
      {
        resources: {
          web: {
            main: { requests: { cpu: '1', memory: '1Gi' }, limits: {} },
            log: { requests: {}, limits: { memory: '64Mi' } },
          },
        },
        autoscaling: EVERYWHERE.autoscaling,
        patches: { web: [EVERYWHERE.patches!.web] },
      },
    ],
    [
      'two',
      'us',
      {
        resources: {
          web: {
            main: {
              requests: { cpu: '2', memory: '1Gi' },
              limits: { cpu: '4' },
            },
            log: { requests: {}, limits: { memory: '64Mi' } },
          },
        },
        autoscaling: { web: null, api: null },
        patches: { web: [EVERYWHERE.patches!.web, US.patches!.web] },
      },
    ],
  ])('lets each amount of %s be said last', (_, region, expected) => {
    expect(overridesFor({ overrides: [EVERYWHERE, US] }, { region })).toEqual(
      expected,
    );
  });
});

describe('workloadsOn', () => {
  const web: ScoreWorkload = {
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    containers: { main: { image: 'web:1' } },
  };
  const given = { workloads: [web], renderer: CURRENT_RENDERER };
  const overrides: ClusterOverride[] = [
    {
      clusters: { matchLabels: { size: 'large' } },
      resources: { web: { main: { limits: { memory: '1Gi' } } } },
    },
  ];

  it('says what is rendered where an amount is another', () => {
    const [large] = workloadsOn(given, { overrides }, { size: 'large' }) ?? [];
    expect(large.containers.main.resources).toEqual({
      limits: { memory: '1Gi' },
      requests: { cpu: '50m' },
    });
  });

  it('says nothing where it is as everywhere', () => {
    expect(workloadsOn(given, { overrides }, { size: 'small' })).toBe(
      undefined,
    );
    expect(workloadsOn(given, { overrides: [{ clusters: {} }] }, {})).toBe(
      undefined,
    );
  });
});
