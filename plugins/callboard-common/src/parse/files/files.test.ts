import { parseAppFile } from './parseAppFile';
import { parsePlatformFiles } from './parsePlatformFiles';

const APP_HEAD =
  'apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: checkout }\n';

function refusal(
  parsed:
    | ReturnType<typeof parseAppFile>
    | ReturnType<typeof parsePlatformFiles>,
): string {
  if (parsed.ok) return 'read';
  return `${parsed.problem.at?.line ?? '-'} ${parsed.problem.why}`;
}

describe('parseAppFile', () => {
  it('reads all that an app may say', () => {
    const text = `${APP_HEAD}spec:
  owner: group:default/payments
  system: shop
  workloads: [score.yaml, api/score.yaml]
  requires: { blueprint: golden }
  environments:
    - name: dev
    - name: prod
      promotion: { from: dev, approval: group:default/payments-leads }
      requires: { blueprint: pci }
      placement:
        clusterSets: [europe]
        numberOfClusters: 3
        predicates:
          - requiredClusterSelector:
              labelSelector: { matchLabels: { env: prod }, matchExpressions: [{ key: region, operator: In, values: [eu] }] }
              claimSelector: { matchExpressions: [{ key: provider, operator: Exists }] }
              celSelector: { celExpressions: ['true'] }
        tolerations: [{ key: a, operator: Exists, effect: NoSelect, tolerationSeconds: 60 }]
        spreadPolicy: { spreadConstraints: [{ topologyKey: region, topologyKeyType: Label, maxSkew: 1, whenUnsatisfiable: DoNotSchedule }] }
        prioritizerPolicy: { mode: Exact, configurations: [{ scoreCoordinate: { builtIn: Steady }, weight: 3 }] }
        decisionStrategy: { groupStrategy: { clustersPerDecisionGroup: 50%, decisionGroups: [{ groupName: canary }] } }
      rollout: { type: Progressive, progressive: { maxConcurrency: 25%, minSuccessTime: 1h30m, maxFailures: 0, progressDeadline: 10m } }
      overrides: [{ clusters: { matchLabels: { size: edge } }, replicas: 1 }]
      replicas: 2
`;
    expect(parseAppFile(text, { file: 'app.yaml' })).toMatchObject({
      ok: true,
      value: {
        metadata: { name: 'checkout' },
        spec: {
          environments: [{ name: 'dev' }, { name: 'prod', replicas: 2 }],
        },
      },
    });
  });

  it.each([
    { name: 'an empty file', text: '', expected: '- the file is empty' },
    {
      name: 'two documents',
      text: `${APP_HEAD}spec: {}\n---\na: 1`,
      expected: '6 it holds more than one document',
    },
    {
      name: 'another kind',
      text: APP_HEAD.replace('App', 'Pod').concat('spec: {}'),
      expected: '2 kind: must be "App"',
    },
    { name: 'no spec', text: APP_HEAD, expected: '1 spec: is missing' },
    {
      name: 'a field nobody knows',
      text: `${APP_HEAD}spec:\n  ownerr: x`,
      expected: '5 spec.ownerr: `ownerr` is not a field; did you mean `owner`?',
    },
    {
      name: 'a name that is no DNS label',
      text: `${APP_HEAD.replace('checkout', 'Check_out')}spec: {}`,
      expected: '3 metadata.name: it contains the capital letter "C"',
    },
    {
      name: 'an owner that is no reference',
      text: `${APP_HEAD}spec: { owner: payments }`,
      expected:
        '4 spec.owner: must be an entity reference such as "group:default/payments"',
    },
    {
      name: 'a workload outside of the repository',
      text: `${APP_HEAD}spec: { workloads: [../score.yaml] }`,
      expected: '4 spec.workloads[0]: must be a path inside the repository',
    },
    {
      name: 'an environment twice',
      text: `${APP_HEAD}spec:\n  environments:\n    - name: dev\n    - name: dev`,
      expected:
        '7 spec.environments[1].name: the environment "dev" is given twice',
    },
    {
      name: 'an environment with two dashes',
      text: `${APP_HEAD}spec: { environments: [{ name: a--b }] }`,
      expected: '4 spec.environments[0].name: must not contain "--"',
    },
    {
      name: 'an operator without values',
      text: `${APP_HEAD}spec: { environments: [{ name: dev, overrides: [{ clusters: { matchExpressions: [{ key: a, operator: In }] } }] }] }`,
      expected:
        '4 spec.environments[0].overrides[0].clusters.matchExpressions[0].values: "In" needs at least one value',
    },
    {
      name: 'more overrides of variables than are judged',
      text: `${APP_HEAD}spec: { environments: [{ name: dev, overrides: [${Array.from(
        { length: 51 },
        () => '{ clusters: {}, variables: { web: { main: { A: b } } } }',
      ).join(', ')}] }] }`,
      expected:
        '4 spec.environments: at most 50 overrides may have variables, there are 51',
    },
    {
      name: 'a variable whose name no process takes',
      text: `${APP_HEAD}spec: { environments: [{ name: dev, overrides: [{ clusters: {}, variables: { web: { main: { A=B: c } } } }] }] }`,
      expected:
        '4 spec.environments[0].overrides[0].variables.web.main["A=B"]: the name must be printable ASCII without "="',
    },
    {
      name: 'an autoscaler that measures nothing',
      text: `${APP_HEAD}spec: { deploy: { web: { autoscaling: { min: 1, max: 2 } } } }`,
      expected:
        '4 spec.deploy.web.autoscaling: must say what it measures: "cpu", "memory" or "metric"',
    },
    {
      name: 'an autoscaler with less than nothing to choose from',
      text: `${APP_HEAD}spec: { deploy: { web: { autoscaling: { min: 3, max: 2, cpu: 80 } } } }`,
      expected: '4 spec.deploy.web.autoscaling.max: must be at least "min"',
    },
    {
      name: 'an autoscaler of what runs once',
      text: `${APP_HEAD}spec: { deploy: { web: { kind: Job, runs: after-release, autoscaling: { min: 1, max: 2, cpu: 80 } } } }`,
      expected:
        '4 spec.deploy.web.autoscaling: only Deployment and StatefulSet have it; this is a Job',
    },
    {
      name: 'a duration without unit',
      text: `${APP_HEAD}spec: { environments: [{ name: dev, rollout: { type: All, all: { minSuccessTime: "5" } } }] }`,
      expected:
        '4 spec.environments[0].rollout.all.minSuccessTime: must be a duration such as "5m" or "1h30m"',
    },
    {
      name: 'too many percent',
      text: `${APP_HEAD}spec: { environments: [{ name: dev, rollout: { type: All, all: { maxFailures: 101% } } }] }`,
      expected:
        '4 spec.environments[0].rollout.all.maxFailures: must be a whole number, or a share from "0%" to "100%"',
    },
    {
      name: 'an army of replicas',
      text: `${APP_HEAD}spec: { environments: [{ name: dev, replicas: 1000000 }] }`,
      expected: '4 spec.environments[0].replicas: must be at most 1000',
    },
    {
      name: 'a connection to nobody',
      text: `${APP_HEAD}spec: { deploy: { web: { connections: [{ ports: [443] }] } } }`,
      expected:
        '4 spec.deploy.web.connections[0]: must name either "app" or "cidr"',
    },
    {
      name: 'a connection to a name of a host',
      text: `${APP_HEAD}spec: { deploy: { web: { connections: [{ cidr: example.com }] } } }`,
      expected:
        '4 spec.deploy.web.connections[0].cidr: must be a block such as "10.0.0.0/8"',
    },
    {
      name: 'a task that does not say when it runs',
      text: `${APP_HEAD}spec: { deploy: { migrate: { kind: Job } } }`,
      expected:
        '4 spec.deploy.migrate.runs: a Job says when it runs: "before-release" or "after-release"',
    },
    {
      name: 'a schedule of what has none',
      text: `${APP_HEAD}spec: { deploy: { web: { schedule: "* * * * *" } } }`,
      expected:
        '4 spec.deploy.web.schedule: only CronJob has it; this is a Deployment',
    },
    {
      name: 'a schedule that is none',
      text: `${APP_HEAD}spec: { deploy: { report: { kind: CronJob, schedule: "every day" } } }`,
      expected:
        '4 spec.deploy.report.schedule: must be five fields such as "30 4 * * *", or one of "@hourly", "@daily", "@weekly", "@monthly", "@yearly"',
    },
    {
      name: 'a schedule with a minute that no clock shows',
      text: `${APP_HEAD}spec: { deploy: { report: { kind: CronJob, schedule: "61 * * * *" } } }`,
      expected:
        '4 spec.deploy.report.schedule: must be five fields such as "30 4 * * *", or one of "@hourly", "@daily", "@weekly", "@monthly", "@yearly"',
    },
    {
      name: 'a time zone that nobody knows',
      text: `${APP_HEAD}spec: { deploy: { report: { kind: CronJob, schedule: "@daily", timeZone: Mars/Olympus } } }`,
      expected:
        '4 spec.deploy.report.timeZone: must be a time zone that is known, such as "Europe/Berlin"',
    },
    {
      name: 'a user that is root',
      text: `${APP_HEAD}spec: { deploy: { web: { runAsUser: 0 } } }`,
      expected: '4 spec.deploy.web.runAsUser: must be at least 1',
    },
    {
      name: 'a file over the limit',
      text: 'x'.repeat(2_000_000),
      expected: '- the file has at least 1.9 MiB, at most 1 MiB are read',
    },
  ])('refuses $name', ({ text, expected }) => {
    expect(refusal(parseAppFile(text, { file: 'app.yaml' }))).toBe(expected);
  });
});

describe('parsePlatformFiles', () => {
  const head = (kind: string) =>
    `apiVersion: callboard.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: one }\n`;

  it('reads the items of a list', () => {
    const parsed = parsePlatformFiles(
      JSON.stringify({
        kind: 'List',
        items: ['one', 'two'].map(name => ({
          apiVersion: 'callboard.dev/v1alpha1',
          kind: 'Cluster',
          metadata: { name },
          spec: {},
        })),
      }),
      { file: 'clusters.json' },
    );
    expect(
      parsed.ok && parsed.value.map(({ metadata }) => metadata.name),
    ).toEqual(['one', 'two']);
  });

  it('says which kind was meant', () => {
    expect(
      parsePlatformFiles(head('Enviroment'), { file: 'a.yaml' }),
    ).toMatchObject({ problem: { next: 'Write "Environment"' } });
  });

  it('reads all kinds of one file, in its order', () => {
    const text = [
      `${head(
        'ClusterSet',
      )}spec: { clusterSelector: { matchLabels: { region: eu } } }`,
      `${head('Environment')}spec: { order: 1, placement: {} }`,
      `${head(
        'Blueprint',
      )}spec: { version: 1, state: draft, addons: [{ name: a, objects: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { a: b } }] }] }`,
      `${head(
        'HealthRules',
      )}spec: { rules: [{ kinds: [example.com/Database], checks: [Healthy if Ready=True] }] }`,
      `${head(
        'Cluster',
      )}spec: { exposure: { type: NodePort, host: localhost }, taints: [{ key: a, effect: NoSelect, timeAdded: 2026-01-31T08:00:00Z }] }`,
    ].join('\n---\n');
    const parsed = parsePlatformFiles(text, { file: 'platform.yaml' });
    expect(parsed.ok && parsed.value.map(({ kind }) => kind)).toEqual([
      'ClusterSet',
      'Environment',
      'Blueprint',
      'HealthRules',
      'Cluster',
    ]);
    expect(parsed.ok && parsed.value[2].spec).toMatchObject({
      addons: [{ objects: [{ data: { a: 'b' } }] }],
    });
  });

  it.each([
    {
      name: 'a kind nobody knows',
      text: head('Clusterr'),
      expected:
        '2 kind: must be one of "Environment", "Blueprint", "Cluster", "ClusterSet", "HealthRules", "Provisioner", "Policy"',
    },
    {
      name: 'a kind every object has',
      text: head('constructor'),
      expected:
        '2 kind: must be one of "Environment", "Blueprint", "Cluster", "ClusterSet", "HealthRules", "Provisioner", "Policy"',
    },
    {
      name: 'a list',
      text: '- a',
      expected:
        '1 kind: must be one of "Environment", "Blueprint", "Cluster", "ClusterSet", "HealthRules", "Provisioner", "Policy"',
    },
    {
      name: 'a fault in the second document',
      text: `${head('ClusterSet')}spec: {}\n---\n${head(
        'Environment',
      )}spec: { placement: {} }`,
      expected: '9 spec.order: is missing',
    },
    {
      name: 'an add-on twice',
      text: `${head(
        'Blueprint',
      )}spec: { version: 1, state: active, addons: [{ name: a, objects: [] }, { name: a, objects: [] }] }`,
      expected: '4 spec.addons[1].name: the add-on "a" is given twice',
    },
    {
      name: 'an object without a name',
      text: `${head(
        'Blueprint',
      )}spec: { version: 1, state: active, addons: [{ name: a, objects: [{ apiVersion: v1, kind: ConfigMap, metadata: {} }] }] }`,
      expected: '4 spec.addons[0].objects[0].metadata.name: is missing',
    },
    {
      name: 'rules of health that judge nothing',
      text: `${head('HealthRules')}spec: { rules: [] }`,
      expected: '4 spec.rules: must have at least 1 entry',
    },
    {
      name: 'a rule of health without checks',
      text: `${head('HealthRules')}spec: { rules: [{ kinds: [a/B] }] }`,
      expected: '4 spec.rules[0].checks: is missing',
    },
    {
      name: 'an endless check',
      text: `${head(
        'HealthRules',
      )}spec: { rules: [{ kinds: [a/B], checks: [${'x'.repeat(501)}] }] }`,
      expected: '4 spec.rules[0].checks[0]: must have at most 500 characters',
    },
    {
      name: 'more checks than anybody reads',
      text: `${head(
        'HealthRules',
      )}spec: { rules: [{ kinds: [a/B], checks: [${'x,'.repeat(51)}] }] }`,
      expected: '4 spec.rules[0].checks: must have at most 50 entries',
    },
    {
      name: 'a node port without host',
      text: `${head('Cluster')}spec: { exposure: { type: NodePort } }`,
      expected: '4 spec.exposure.host: is missing',
    },
    {
      name: 'a fault inside of a list',
      text: `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: callboard.dev/v1alpha1, kind: Cluster, metadata: {name: one}, spec: {owner: x}}`,
      expected:
        '4 items[0].spec.owner: must be an entity reference such as "group:default/payments"',
    },
    {
      name: 'a label no cluster takes',
      text: `apiVersion: callboard.dev/v1alpha1\nkind: Cluster\nmetadata: { name: one, labels: { "a b": c } }\nspec: {}`,
      expected: '3 metadata.labels["a b"]: the name is not a valid label',
    },
  ])('refuses $name', ({ text, expected }) => {
    expect(refusal(parsePlatformFiles(text, { file: 'platform.yaml' }))).toBe(
      expected,
    );
  });
});
