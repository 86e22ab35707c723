import type {
  App,
  AppChange,
  DeploymentView,
  AppEnvironment,
  AppRemoval,
  BlueprintSummary,
  Cluster,
  EnvironmentAction,
  Finding,
  FleetSummary,
  Health,
  ClusterRegistration,
  JoinStep,
  JoinStepName,
  JournalEntry,
  KeptData,
  KubernetesView,
  LogLine,
  PlacementAnswer,
  PlacementAnswerVerdict,
  Release,
  ReleaseDetails,
  ReleaseDiff,
  RolloutAnswer,
  RolloutPhaseName,
  RolloutSummary,
  SbomDocument,
  WhatIfReport,
  PlaygroundIsolation,
  BuildLog,
} from '@callboard/plugin-callboard-common';

/*
 * Values as the API answers them, made by builders with plain defaults.
 * Stories, tests and the preview server share them. Only types are imported, so
 * that Node.js runs this file unchanged.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** RFC 3339 of an instant this long ago. */
export function ago(millis: number): string {
  return new Date(Date.now() - millis).toISOString();
}

const healthy: Health = {
  status: 'Healthy',
  reason: 'AllHealthy',
  message: 'All instances are ready',
};

const progressing: Health = {
  status: 'Progressing',
  reason: 'Starting',
  message: '1 of 2 instances is ready',
};

const degraded: Health = {
  status: 'Degraded',
  reason: 'crashed-at-start',
  message: 'It ends with exit code 3 right after start',
};

const unknown: Health = {
  status: 'Unknown',
  reason: 'LastSeen',
  message: 'The cluster was last seen 4 min ago',
};

const MESSAGES: Record<number, [message: string, author: string]> = {
  41: ['Show the total with tax', 'Bo Lind <bo@example.com>'],
  42: ['Accept vouchers', 'Bo Lind <bo@example.com>'],
  43: ['Round prices half up', 'Ana Ruiz <ana@example.com>'],
  44: ['Read rates from the new service', 'Ana Ruiz <ana@example.com>'],
};

/** Release 41 to 44 of the shop's checkout. */
export function release(number: number, over: Partial<Release> = {}): Release {
  const [message, author] = MESSAGES[number] ?? [
    'First revision',
    'Ana Ruiz <ana@example.com>',
  ];
  return {
    number,
    revision: `${number}`.repeat(20),
    message,
    author,
    createdAt: ago((45 - number) * 4 * HOUR),
    ...over,
  };
}

export function releaseDetails(
  number: number,
  environments: string[] = [],
): ReleaseDetails {
  const at = (45 - number) * 4 * HOUR;
  return {
    ...release(number),
    createdBy: number < 43 ? 'user:default/bo' : 'user:default/ana',
    workloads: [
      {
        name: 'web',
        images: {
          web: `bundle.callboard.dev/checkout@sha256:${`${number}`.repeat(32)}`,
        },
      },
    ],
    build: {
      builder: 'bundle',
      startedAt: ago(at + 8 * SECOND),
      finishedAt: ago(at + 2 * SECOND),
    },
    environments,
    outcomes: [
      {
        environment: 'dev',
        since: ago(at),
        kind: 'replaced',
        healthyOn: ['dev-1'],
        next: {
          release: number + 1,
          change: 'newer',
          by: 'user:default/ana',
          at: ago(at - 4 * HOUR),
        },
        sentence: `In Development: ran healthy on dev-1, replaced by release ${
          number + 1
        }`,
      },
    ],
  };
}

/** A release that was built without a lockfile. */
export function unlockedRelease(number: number): ReleaseDetails {
  return {
    ...releaseDetails(number),
    warnings: [
      'No lockfile: this build chose the versions of dependencies. Run "npm install" and commit package-lock.json',
    ],
    lockfile: {
      path: 'package-lock.json',
      digest: `sha256:${'5'.repeat(64)}`,
      isPushed: false,
    },
  };
}

/** A release whose image Callboard built. */
export function imageRelease(number: number): ReleaseDetails {
  const image = `registry.example/apps/checkout@sha256:${'4'.repeat(64)}`;
  return {
    ...releaseDetails(number),
    workloads: [{ name: 'web', images: { web: image } }],
    evidence: [
      {
        image,
        sbom: {
          digest: `sha256:${'5'.repeat(64)}`,
          mediaType: 'application/vnd.cyclonedx+json',
          components: 2,
        },
        provenance: {
          digest: `sha256:${'6'.repeat(64)}`,
          mediaType: 'application/vnd.in-toto+json',
          builder: 'https://callboard.dev/builders/image',
          base: `registry.example/apps/callboard-base@sha256:${'7'.repeat(64)}`,
        },
      },
    ],
  };
}

/** A release of an image that a CI built. */
export function releaseFromElsewhere(number: number): ReleaseDetails {
  const image = `registry.example/acme/checkout@sha256:${'8'.repeat(64)}`;
  return {
    ...releaseDetails(number),
    workloads: [{ name: 'web', images: { web: image } }],
    origin: {
      commit: 'c0ffee1234567890c0ffee1234567890c0ffee12',
      branch: 'main',
      builtBy: 'GitHub Actions',
      run: 'https://ci.example/acme/checkout/runs/7',
      url: 'https://git.example/acme/checkout/commit/c0ffee12',
      provenance: {
        builder: 'https://ci.example/runners/hosted',
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        source: 'git+https://git.example/acme/checkout@refs/heads/main',
        images: [image],
      },
    },
  };
}

export function sbom(): SbomDocument {
  return {
    components: [
      { type: 'platform', name: 'node', version: '24.18.0' },
      {
        type: 'library',
        name: 'is-odd',
        version: '3.0.1',
        licenses: [{ license: { name: 'MIT' } }],
      },
    ],
  };
}

const PLACES: Record<
  string,
  { region: string; title: string; blueprint: string }
> = {
  'eu-1': { region: 'eu', title: 'Frankfurt', blueprint: 'golden' },
  'us-1': { region: 'us', title: 'Ohio', blueprint: 'golden' },
  'ap-1': { region: 'ap', title: 'Singapore', blueprint: 'golden' },
  'dev-1': { region: 'eu', title: 'Development', blueprint: 'golden' },
};

/** One app on one cluster, live and Healthy unless overridden. */
function deploymentOn(
  name: string,
  number: number,
  over: Partial<DeploymentView> = {},
): DeploymentView {
  return {
    cluster: name,
    release: number,
    desiredRelease: number,
    sync: 'Synced',
    health: healthy,
    freshness: 'live',
    observedAt: ago(3 * SECOND),
    urls: [
      `http://localhost:3${name.length}${number}${name.charCodeAt(0) % 10}`,
    ],
    instances: { ready: 2, wanted: 2 },
    ...(PLACES[name] ?? {}),
    ...over,
  };
}

const TITLES: Record<string, string> = {
  dev: 'Development',
  prod: 'Production',
};

function environment(
  name: string,
  over: Partial<AppEnvironment> = {},
): AppEnvironment {
  return {
    name,
    title: TITLES[name] ?? name,
    release: null,
    health: {
      status: 'Missing',
      reason: 'NothingReleased',
      message: 'No release is here',
    },
    freshness: 'live',
    clusters: [],
    findings: [],
    placement: null,
    ...over,
  };
}

function dev(
  number: number,
  over: Partial<AppEnvironment> = {},
): AppEnvironment {
  return environment('dev', {
    release: release(number),
    releasedBy: 'user:default/ana',
    releasedAt: ago(4.5 * MINUTE),
    health: healthy,
    clusters: [deploymentOn('dev-1', number)],
    placement: {
      satisfied: true,
      wanted: 1,
      chosen: 1,
      message: 'Runs on the 1 wanted cluster: dev-1',
    },
    ...over,
  });
}

function prod(
  number: number,
  over: Partial<AppEnvironment> = {},
): AppEnvironment {
  return environment('prod', {
    release: release(number),
    releasedBy: 'user:default/bo',
    releasedAt: ago(3 * DAY),
    health: healthy,
    clusters: ['ap-1', 'eu-1', 'us-1'].map(name => deploymentOn(name, number)),
    placement: {
      satisfied: true,
      wanted: 3,
      chosen: 3,
      message: 'Runs on the 3 wanted clusters: ap-1, eu-1, us-1',
    },
    promotion: { from: 'dev', candidate: 44 },
    ...over,
  });
}

/** An app that runs well everywhere, with a release waiting in dev. */
export function app(over: Partial<App> = {}): App {
  return {
    name: 'checkout',
    title: 'Checkout',
    owner: 'group:default/payments',
    system: 'shop',
    repository: {
      cloneUrl: 'http://localhost:7007/api/callboard/git/checkout.git',
    },
    environments: [dev(44), prod(42)],
    sentence:
      'Release 42 is healthy on 3 of 3 production clusters; release 44 is ready for Production.',
    createdAt: ago(90 * DAY),
    lastChange: journalEntry(12),
    ...over,
  };
}

const crash: Finding = {
  code: 'crashed-at-start',
  what: 'checkout cannot start in Development: it ends with exit code 3 right after start',
  evidence: [
    { label: 'Exit code', value: '3' },
    { label: 'Starts', value: '4 in 40 s' },
    { label: 'Instance', value: 'web on dev-1' },
  ],
  logTail: [
    '> checkout@1.4.0 start',
    '> node server.js',
    'Reading rates from https://rates.internal/v2',
    'Error: RATES_TOKEN is not set',
    '    at readRates (server.js:14:11)',
  ],
  since: ago(40 * SECOND),
  changedBefore: 'ana pushed "Read rates from the new service" (release 44)',
  next: 'Set RATES_TOKEN in score.yaml, or push a revision that starts without it',
  confidence: 'certain',
  cluster: 'dev-1',
  workload: 'web',
};

/** A push that crashes at start: dev is Degraded, production unchanged. */
export function crashingApp(): App {
  return app({
    environments: [
      dev(44, {
        releasedAt: ago(50 * SECOND),
        health: degraded,
        clusters: [
          deploymentOn('dev-1', 44, {
            health: degraded,
            urls: [],
            instances: { ready: 0, wanted: 2 },
          }),
        ],
        findings: [crash],
      }),
      prod(43, {
        promotion: {
          from: 'dev',
          candidate: 44,
          blockedBy: {
            code: 'release-degraded',
            what: 'Cannot promote release 44 to Production',
            why: 'it is degraded in Development',
            next: 'Push a revision that starts',
            transient: false,
          },
        },
      }),
    ],
    sentence:
      'Release 44 cannot start in Development; release 43 is healthy on 3 of 3 production clusters.',
  });
}

/** The release in dev is Degraded, and the API does not block its promotion. */
export function degradedCandidateApp(): App {
  return app({ environments: [dev(44, { health: degraded }), prod(42)] });
}

/** One production cluster was out of contact for four minutes. */
export function staleApp(): App {
  const clusters = [
    deploymentOn('ap-1', 43),
    deploymentOn('eu-1', 43, {
      health: unknown,
      freshness: 'unreachable',
      observedAt: ago(4.5 * MINUTE),
    }),
    deploymentOn('us-1', 43),
  ];
  return app({
    environments: [
      dev(43),
      prod(43, {
        health: unknown,
        freshness: 'unreachable',
        clusters,
        promotion: { from: 'dev', candidate: null },
      }),
    ],
    sentence:
      'Release 43 is healthy on 2 of 3 production clusters; eu-1 was last seen 4 min ago.',
  });
}

/** Release 44 is on its way to production; eu-1 is done. */
/** One of its clusters is being drained and the app moves; another one it cannot leave. */
export function drainedApp(): App {
  const calm = app();
  return {
    ...calm,
    environments: calm.environments.map(stage => ({
      ...stage,
      clusters: stage.clusters.map(each => ({
        ...each,
        ...(each.cluster === 'us-1' && { drain: 'moving' as const }),
        ...(each.cluster === 'eu-1' && { drain: 'stuck' as const }),
      })),
    })),
  };
}

/** An environment with a working address, beside one whose name does not resolve. */
export function addressedApp(): App {
  const seen = { checkedAt: ago(20 * SECOND), stale: false };
  return app({
    environments: [
      dev(44, {
        url: 'https://checkout.dev.example.com',
        addresses: [
          {
            url: 'https://checkout.dev.example.com',
            accepted: true,
            probe: {
              ...seen,
              state: 'unresolved',
              since: ago(5.5 * MINUTE),
              records: [{ type: 'A', value: '192.0.2.7' }],
            },
          },
        ],
      }),
      prod(42, {
        url: 'https://checkout.example.com',
        addresses: [
          {
            url: 'https://checkout.example.com',
            accepted: true,
            probe: {
              ...seen,
              state: 'answers',
              since: ago(3.5 * DAY),
              ms: 40,
              status: 200,
              certificateEndsAt: ago(-60 * DAY),
            },
          },
          {
            url: 'https://www.example.com/checkout',
            accepted: true,
            probe: {
              state: 'answers',
              since: ago(3.5 * DAY),
              checkedAt: ago(2.5 * HOUR),
              stale: true,
              ms: 52,
              status: 200,
            },
          },
        ],
      }),
    ],
  });
}

/** Preview of a new title, description or owner. */
export function appChange({
  title,
  owner,
}: {
  title?: string;
  description?: string;
  owner?: string;
}): AppChange {
  if (owner !== undefined)
    return {
      changes: true,
      message: `checkout belongs to ${owner} and no more to payments`,
      notes: [
        'Who belongs to payments alone may not push, promote, set or delete anything of checkout any more, nor read its code',
      ],
    };
  const changes = title !== undefined && title !== 'Checkout';
  return {
    changes,
    message: changes
      ? `checkout is called "${title}"`
      : 'checkout stays as it is',
    notes: [],
  };
}

export function rollingApp(): App {
  const clusters = [
    deploymentOn('ap-1', 42, {
      desiredRelease: 44,
      sync: 'OutOfSync',
      health: progressing,
    }),
    deploymentOn('eu-1', 44),
    deploymentOn('us-1', 42, {
      desiredRelease: 44,
      sync: 'OutOfSync',
      health: progressing,
      instances: { ready: 1, wanted: 2 },
    }),
  ];
  return app({
    environments: [
      dev(44),
      prod(44, {
        releasedAt: ago(9 * SECOND),
        health: progressing,
        clusters,
        promotion: { from: 'dev', candidate: null },
      }),
    ],
    sentence:
      'Release 44 is healthy on 1 of 3 production clusters and starting on 2.',
  });
}

/** A rollout of release 44 over three clusters, one by one. */
export function rollout(
  phase: RolloutPhaseName,
  over: Partial<RolloutAnswer> = {},
): RolloutAnswer {
  return {
    ...rolloutSummary(phase),
    waves: [
      [{ cluster: 'ap-1', state: 'done' as const }],
      [
        {
          cluster: 'eu-1',
          state: 'soaking' as const,
          until: ago(-30.5 * SECOND),
        },
      ],
      [{ cluster: 'us-1', state: 'to-apply' as const }],
    ].map(cells => ({ name: '', cells })),
    soakSeconds: 60,
    actions: [
      {
        action: 'pause',
        does: 'Nothing new starts until someone resumes it: ap-1 and eu-1 stay on release 44; us-1 stays on release 42.',
      },
      {
        action: 'rollback',
        does: 'ap-1 and eu-1 roll back to release 42, all at once; us-1 never left it.',
      },
      {
        action: 'abort',
        does: 'Stop here. ap-1 and eu-1 stay on release 44; us-1 stays on release 42. It cannot be resumed, only rolled back or replaced by another release.',
      },
    ],
    version: '9f2c41d07b6e8a35',
    ...over,
  };
}

const ROLLOUT_SENTENCES: Record<RolloutPhaseName, string> = {
  applying: 'Rolling out, wave 2 of 3: eu-1',
  soaking: 'Wave 2 of 3 is up; watching it for 1 min before wave 3',
  paused: 'Paused: 2 of 3 clusters have release 44. Resume to continue',
  held: 'Frozen (the year is closed), goes on at Mon 4 January 2027, 09:00 (Europe/Berlin): 2 of 3 clusters have release 44',
  halted:
    'Halted at eu-1: it ends with exit code 3 right after start. 1 failed, none may; nothing new starts',
  'waiting-for-clusters':
    'Waiting for eu-1, which cannot be reached; everything else is done',
  aborted:
    'Aborted: 2 of 3 clusters have release 44. Roll back, or promote another release',
  done: 'Rolled out everywhere',
};

export function rolloutSummary(phase: RolloutPhaseName): RolloutSummary {
  return {
    release: 44,
    before: 42,
    purpose: 'roll-out',
    phase,
    sentence: ROLLOUT_SENTENCES[phase],
    wave: 2,
    waveCount: 3,
    reached: 2,
    clusterCount: 3,
    startedBy: 'user:default/ana',
    startedAt: ago(90 * SECOND),
  };
}

/** Release 44 in rollout to production, wave by wave. */
export function wavingApp(phase: RolloutPhaseName): App {
  const moving = rollingApp();
  return {
    ...moving,
    environments: moving.environments.map(each =>
      each.name === 'prod' ? { ...each, rollout: rolloutSummary(phase) } : each,
    ),
    sentence: `Release 44 is on its way to Production: ${ROLLOUT_SENTENCES[phase]}.`,
  };
}

/** Created, without a push that could be released. */
export function emptyApp(): App {
  return app({
    name: 'ledger',
    title: 'Ledger',
    repository: {
      cloneUrl: 'http://localhost:7007/api/callboard/git/ledger.git',
    },
    environments: [
      environment('dev'),
      environment('prod', { promotion: { from: 'dev', candidate: null } }),
    ],
    sentence: 'Nothing is released yet.',
    createdAt: ago(2 * MINUTE),
    lastChange: undefined,
  });
}

/** Needs the PCI blueprint and fits fewer clusters than desired. */
export function scarceApp(): App {
  return app({
    name: 'cards',
    title: 'Card vault',
    environments: [
      dev(12, { clusters: [deploymentOn('dev-1', 12)] }),
      prod(12, {
        clusters: [
          deploymentOn('pci-1', 12, {
            region: 'eu',
            title: 'Vault',
            blueprint: 'pci',
          }),
        ],
        placement: {
          satisfied: false,
          wanted: 3,
          chosen: 1,
          message:
            'Runs on 1 of 3 wanted clusters: only pci-1 runs blueprint pci',
        },
        promotion: { from: 'dev', candidate: null },
      }),
    ],
    sentence: 'Release 12 is healthy on 1 of 3 wanted production clusters.',
  });
}

export function buildingApp(): App {
  return app({
    build: {
      revision: 'c0ffee'.repeat(7).slice(0, 40),
      message: 'Speak French',
      author: 'Ana Ruiz <ana@example.com>',
      state: 'building',
      startedAt: ago(6 * SECOND),
    },
  });
}

const CHANGES: Array<
  Pick<JournalEntry, 'actor' | 'action' | 'message'> & Partial<JournalEntry>
> = [
  {
    actor: 'user:default/ana',
    action: 'release.created',
    message:
      'ana pushed "Read rates from the new service": release 44 in Development',
  },
  {
    actor: 'system:health',
    action: 'deployment.health',
    message: 'Release 44 is healthy in Development after 6 s',
    environment: 'dev',
  },
  {
    actor: 'user:default/bo',
    action: 'release.promoted',
    message: 'bo promoted release 42 to Production: ap-1, eu-1, us-1',
    environment: 'prod',
  },
  {
    actor: 'system:placement',
    action: 'placement.decided',
    message: 'Production runs on ap-1, eu-1 and us-1',
    why: 'three regions, one cluster each',
  },
  {
    actor: 'user:default/ana',
    action: 'release.created',
    message: 'ana pushed "Round prices half up": release 43 in Development',
  },
  {
    actor: 'system:fleet',
    action: 'cluster.live',
    message: 'eu-1 is live again after 2 min',
    cluster: 'eu-1',
  },
];

/** The newest entry of the journal has sequence 12. */
function journalEntry(sequence: number): JournalEntry {
  const index = (12 - sequence) % CHANGES.length;
  return {
    sequence,
    at: ago((4.5 + (12 - sequence) * 47) * MINUTE),
    app: 'checkout',
    hash: `${sequence}`.padStart(64, '0'),
    ...CHANGES[index],
  };
}

export function journal(): JournalEntry[] {
  return [12, 11, 10, 9, 8, 7, 6, 5].map(journalEntry);
}

/** A live production cluster with the golden blueprint unless overridden. */
export function cluster(name: string, over: Partial<Cluster> = {}): Cluster {
  return {
    name,
    title: name,
    labels: { env: 'prod', region: 'eu' },
    claims: { provider: 'aws', version: '1.36.3', distribution: 'eks' },
    taints: [],
    freshness: 'live',
    observedAt: ago(2 * SECOND),
    connection: { kind: 'playground', since: ago(2 * HOUR), roundTripMs: 4 },
    scheduling: { state: 'open' },
    blueprint: {
      name: 'golden',
      version: 3,
      state: 'applied',
      message: 'All 9 objects are as they should be',
      drift: [],
      addons: [
        {
          name: 'namespaces',
          description: 'Limits and quotas of every namespace',
          objects: 3,
          health: healthy,
        },
        {
          name: 'network',
          description: 'Nothing talks to an app that does not say so',
          objects: 4,
          health: healthy,
        },
        {
          name: 'metrics',
          description: 'Measures of nodes and instances',
          objects: 2,
          health: healthy,
        },
      ],
    },
    health: healthy,
    apps: [
      {
        app: 'checkout',
        environment: 'prod',
        environmentTitle: 'Production',
        release: 42,
        health: healthy,
      },
    ],
    nodes: { ready: 3, total: 3 },
    capacity: {
      cpuMillicores: 48_000,
      memoryBytes: 192 * 1024 ** 3,
      pods: 330,
    },
    requested: { cpuMillicores: 9_400, memoryBytes: 31 * 1024 ** 3, pods: 41 },
    sentence: `${name} is live, runs blueprint golden 3 with no drift, and carries 1 app.`,
    ...over,
  };
}

/** A cluster that one app runs on in two environments. */
export function twiceUsedCluster(): Cluster {
  return cluster('us-1', {
    labels: { env: 'prod', region: 'us' },
    apps: ['prod', 'staging'].map(name => ({
      app: 'checkout',
      environment: name,
      environmentTitle: name === 'prod' ? 'Production' : 'Staging',
      release: 42,
      health: healthy,
    })),
  });
}

/** A cluster whose blueprint was changed by hand. */
/** A cluster of Backstage's Kubernetes plugin, which Callboard may only read. */
export function observedCluster(): Cluster {
  return cluster('us-1', {
    connection: { kind: 'backstage', since: ago(2 * HOUR), roundTripMs: 9 },
    taints: [{ key: 'callboard.dev/observed-only', effect: 'NoSelect' }],
    blueprint: null,
    apps: [],
    sentence:
      'us-1 is live, is only observed, runs no blueprint, and carries no app.',
  });
}

export function driftedCluster(): Cluster {
  const base = cluster('us-1', { labels: { env: 'prod', region: 'us' } });
  return {
    ...base,
    blueprint: {
      ...base.blueprint!,
      message: '1 of 9 objects was changed by somebody else',
      drift: [
        {
          object: {
            apiVersion: 'v1',
            kind: 'ResourceQuota',
            namespace: 'checkout--prod',
            name: 'golden',
          },
          kind: 'changed',
          paths: ['spec.hard.pods'],
          message: 'spec.hard.pods is 500, the blueprint says 100',
        },
      ],
    },
    sentence:
      'us-1 is live, runs blueprint golden 3 with 1 object drifted, and carries 1 app.',
  };
}

/** A cluster that was out of contact for four minutes. */
export function lostCluster(name = 'eu-1'): Cluster {
  return cluster(name, {
    freshness: 'unreachable',
    observedAt: ago(4.5 * MINUTE),
    health: unknown,
    connection: {
      kind: 'playground',
      since: ago(4.5 * MINUTE),
      roundTripMs: null,
      problem: {
        code: 'cluster-unreachable',
        what: `${name} does not answer`,
        why: 'the connection was closed',
        next: 'Switch it on in the playground; what runs there stays as it was last seen',
        transient: true,
      },
    },
    apps: [
      {
        app: 'checkout',
        environment: 'prod',
        environmentTitle: 'Production',
        release: 42,
        health: unknown,
      },
    ],
    sentence: `${name} was last seen 4 min ago; what runs there is not known.`,
  });
}

export function blueprints(): BlueprintSummary[] {
  return [
    {
      name: 'edge',
      title: 'Edge',
      description: 'For one small machine that is often offline',
      sentence: '2 clusters run version 1',
      versions: [
        {
          version: 1,
          state: 'active',
          channels: [],
          clusters: 2,
          drifted: 1,
          base: 'golden',
        },
      ],
    },
    {
      name: 'golden',
      title: 'Golden',
      description: 'What every cluster of the company has',
      sentence: '5 clusters run version 3',
      versions: [
        { version: 4, state: 'draft', channels: [], clusters: 0 },
        { version: 3, state: 'active', channels: ['stable'], clusters: 5 },
      ],
    },
    {
      name: 'pci',
      title: 'PCI',
      description: 'For card data: what is not allowed is refused',
      sentence: '1 cluster runs version 2',
      versions: [
        {
          version: 2,
          state: 'active',
          channels: [],
          clusters: 1,
          base: 'golden',
        },
      ],
    },
  ];
}

/** A registration that is valid for 14 minutes more, unless overridden. */
export function clusterRegistration(
  name = 'store-7',
  expiresAt = ago(-14 * MINUTE),
): ClusterRegistration {
  const manifestUrl = `https://callboard.example.com/api/callboard/v1/join/k7Qm2x.yaml`;
  return {
    name,
    join: {
      manifestUrl,
      command: `kubectl apply -f ${manifestUrl}`,
      expiresAt,
    },
  };
}

const JOIN_STEPS: JoinStepName[] = [
  'registered',
  'token-used',
  'connected',
  'rights-checked',
  'inventory',
  'ready',
];

/**
 * A cluster that is joining the fleet.
 *
 * @param done - number of the six steps that are done
 * @param failed - error of the step after those
 */
export function joiningCluster(done: number, failed?: string): Cluster {
  const steps = JOIN_STEPS.map((step, index): JoinStep => {
    if (index < done)
      return { step, state: 'done', at: ago((done - index) * 9 * SECOND) };
    if (index === done && failed !== undefined)
      return { step, state: 'failed', at: ago(3 * SECOND), message: failed };
    return { step, state: 'waiting' };
  });
  const isConnected = done >= 3;
  const isReady = done === JOIN_STEPS.length;
  return cluster('store-7', {
    labels: { env: 'edge', region: 'eu' },
    claims: {},
    freshness: isConnected ? 'live' : 'unreachable',
    observedAt: isConnected ? ago(2 * SECOND) : null,
    connection: {
      kind: 'agent',
      since: isConnected ? ago(12 * SECOND) : null,
      roundTripMs: isConnected ? 11 : null,
      ...(isConnected && { agentVersion: '0.1.0' }),
    },
    join: {
      ...(done < 2 && { expiresAt: ago(-14 * MINUTE) }),
      steps,
    },
    health: isReady ? healthy : unknown,
    apps: [],
    nodes: isReady ? { ready: 1, total: 1 } : { ready: 0, total: 0 },
    sentence: isReady
      ? 'store-7 is live, runs blueprint edge 1 with no drift, and carries no app.'
      : 'store-7 was never seen; what runs there is not known.',
  });
}

/** A portal of an ordinary user, on a machine that offers namespaces. */
export function playgroundIsolation(): PlaygroundIsolation {
  return {
    kind: 'namespaces',
    says: 'Pushed code runs in namespaces of its own (bwrap)',
    limits:
      'Watched, and ended beyond its limit: memory, processes, files. CPU is not limited: the portal may make no control group here; pushed code runs with a lower priority.',
    databases:
      'A resource of the type postgres is PostgreSQL 18.4, a process for each. Servers of all other types, such as redis and s3, are played, and nothing listens.',
  };
}

/** The eight clusters of the playground. */
export function fleet(): Cluster[] {
  const edge = {
    labels: { env: 'edge', region: 'eu', size: 'edge' },
    claims: { provider: 'on-premises', version: '1.34.1', distribution: 'k3s' },
    blueprint: {
      name: 'edge',
      version: 1,
      state: 'applied' as const,
      message: '',
      drift: [],
      addons: [],
    },
    nodes: { ready: 1, total: 1 },
    capacity: { cpuMillicores: 4_000, memoryBytes: 16 * 1024 ** 3, pods: 110 },
    requested: { cpuMillicores: 300, memoryBytes: 512 * 1024 ** 2, pods: 3 },
    apps: [],
  };
  return [
    cluster('eu-1', { title: 'Frankfurt' }),
    cluster('us-1', { labels: { env: 'prod', region: 'us' } }),
    cluster('ap-1', {
      labels: { env: 'prod', region: 'ap' },
      claims: { provider: 'gcp', version: '1.36.3', distribution: 'gke' },
    }),
    cluster('pci-1', {
      labels: { env: 'prod', region: 'eu', pci: 'true' },
      taints: [
        { key: 'callboard.dev/blueprint', value: 'pci', effect: 'NoSelect' },
      ],
      blueprint: {
        name: 'pci',
        version: 2,
        state: 'applied',
        message: '',
        drift: [],
        addons: [],
      },
      capacity: {
        cpuMillicores: 96_000,
        memoryBytes: 384 * 1024 ** 3,
        pods: 330,
      },
      apps: [],
      sentence:
        'pci-1 is live, runs blueprint pci 2 with no drift, and carries no app.',
    }),
    cluster('edge-101', {
      ...edge,
      sentence:
        'edge-101 is live, runs blueprint edge 1 with no drift, and carries no app.',
    }),
    cluster('edge-102', {
      ...edge,
      sentence:
        'edge-102 is live, runs blueprint edge 1 with no drift, and carries no app.',
    }),
    cluster('staging-1', {
      labels: { env: 'staging', region: 'us' },
      apps: [],
      sentence:
        'staging-1 is live, runs blueprint golden 3 with no drift, and carries no app.',
    }),
    cluster('dev-1', {
      labels: { env: 'dev', region: 'eu' },
      apps: [
        {
          app: 'checkout',
          environment: 'dev',
          environmentTitle: 'Development',
          release: 44,
          health: healthy,
        },
        {
          app: 'catalogue',
          environment: 'dev',
          environmentTitle: 'Development',
          release: 7,
          health: healthy,
        },
      ],
      sentence:
        'dev-1 is live, runs blueprint golden 3 with no drift, and carries 2 apps.',
    }),
  ];
}

/** A fleet of this size, with some clusters lost, some drifted, some busy. */
export function largeFleet(size: number): Cluster[] {
  const regions = ['ap', 'eu', 'sa', 'us'];
  return Array.from({ length: size }, (_, index) => {
    const name = `store-${String(index + 1).padStart(4, '0')}`;
    const labels = { env: 'edge', region: regions[index % regions.length] };
    if (index % 37 === 5) return { ...lostCluster(name), labels };
    if (index % 53 === 7)
      return { ...driftedCluster(), name, title: name, labels };
    if (index % 71 === 9) return cluster(name, { labels, health: degraded });
    return cluster(name, { labels });
  });
}

export function fleetSummary(
  clusters: Cluster[] = fleet(),
  over: Partial<FleetSummary> = {},
): FleetSummary {
  const live = clusters.filter(({ freshness }) => freshness === 'live').length;
  const unreachable = clusters.length - live;
  const all =
    clusters.length === 1 ? '1 cluster' : `${clusters.length} clusters`;
  return {
    sentence:
      unreachable === 0
        ? `${all}, all live; 3 apps, 1 needs attention.`
        : `${all}, ${live} live, ${unreachable} not seen for 4 min; 3 apps, 2 need attention.`,
    clusters: { total: clusters.length, live, stale: 0, unreachable },
    apps: { total: 3, needAttention: 1 },
    environments: [
      { name: 'dev', title: 'Development' },
      { name: 'staging', title: 'Staging' },
      { name: 'prod', title: 'Production' },
    ],
    playground: true,
    ...over,
  };
}

function refused(
  name: string,
  ...reasons: Array<[rule: string, message: string]>
): PlacementAnswerVerdict {
  return {
    cluster: name,
    verdict: 'refused',
    reasons: reasons.map(([rule, message]) => ({ rule, message })),
    remedy:
      reasons.length === 1 ? `It would be admitted with label env=prod` : null,
  };
}

/** Data that an app left on a cluster. */
export function keptData(data: Partial<KeptData> = {}): KeptData {
  return {
    app: 'checkout',
    environment: 'prod',
    environmentTitle: 'Production',
    cluster: 'eu-1',
    isClusterRegistered: true,
    mayDelete: true,
    resources: [
      { name: 'db', type: 'postgres' },
      { name: 'files', type: 'volume' },
    ],
    since: ago(3 * HOUR),
    sentence:
      'The data of db (postgres) and files (volume) stays on eu-1, where checkout does not run any more. Where checkout comes back to eu-1, it finds it again',
    deletedBy: 'kubectl --context eu-1 delete namespace checkout--prod',
    ...data,
  };
}

/** Preview of stopping, starting, restarting or scaling an app in Production. */
export function operation(
  action: EnvironmentAction['action'],
  over: Partial<EnvironmentAction> = {},
): EnvironmentAction {
  const then = { stop: 0, start: 2, restart: 2, scale: 3 }[action];
  const says = {
    stop: '6 instances of checkout in Production end on eu-1, us-1 and ap-1, and nothing answers until it is started',
    start: '6 instances of checkout in Production start on eu-1, us-1 and ap-1',
    restart:
      '6 instances of checkout in Production are replaced by new ones on eu-1, us-1 and ap-1',
    scale:
      'checkout in Production has 3 replicas of each workload instead of 2 on eu-1, us-1 and ap-1',
  };
  return {
    action,
    changes: true,
    message: says[action],
    notes:
      action === 'stop'
        ? ['Releases and settings may still come; they do not start it']
        : [],
    clusters: ['eu-1', 'us-1', 'ap-1'].map(name => ({
      cluster: name,
      freshness: 'live' as const,
      instances: action === 'start' ? 0 : 2,
      then,
    })),
    ...over,
  };
}

/** Preview of removing an app from Production, or deleting it. */
export function removal({
  app: name,
  environment: left,
}: {
  app: string;
  environment?: string;
}): AppRemoval {
  const placesIn = (inside: string, title: string, on: string[]) => ({
    environment: inside,
    title,
    release: 42,
    clusters: on.map(each => ({
      cluster: each,
      freshness: 'live' as const,
      instances: 2,
    })),
  });
  const production = placesIn('prod', 'Production', ['eu-1', 'us-1', 'ap-1']);
  return {
    message:
      left === undefined
        ? `${name} is deleted: 8 instances end on ap-1, eu-1 and 2 more, in Development and Production`
        : `${name} leaves Production: 6 instances end on ap-1, eu-1 and us-1`,
    notes:
      left === undefined
        ? [
            'Its page, its repository and its entry in the catalog go; the journal and its past stay readable',
            'payments may use the name again: push, and its releases go on at 44. Nobody else may',
            'Its settings are kept for that, secrets encrypted',
          ]
        : [
            'Promote a release to Production to have it there again',
            'Its settings there are kept',
          ],
    environments:
      left === undefined
        ? [placesIn('dev', 'Development', ['dev-1']), production]
        : [production],
    data: [
      {
        app: name,
        environment: 'prod',
        environmentTitle: 'Production',
        cluster: 'eu-1',
        resources: [{ name: 'db', type: 'postgres' }],
        sentence: `The data of db (postgres) stays on eu-1 and is not copied. Bring it by a dump and a restore, or let ${name} come back to eu-1, where it finds it again`,
        isListed: true,
        deletedBy: `kubectl --context eu-1 delete namespace ${name}--prod`,
      },
    ],
  };
}

/** Changes of a release, the same on two clusters and fewer on a third. */
export function releaseDiff({
  environment: name,
  release: number,
  from,
}: {
  environment: string;
  release: number;
  from?: number;
}): ReleaseDiff {
  const image = {
    path: 'spec.template.spec.containers[checkout].image',
    before: `checkout:${from}`,
    after: `checkout:${number}`,
  };
  return {
    environment: name,
    ...(from !== undefined && { from }),
    release: number,
    sentence: `Release ${number} changes 2 objects and adds 1 object on 3 clusters; migrate runs again before it`,
    tasks: [{ workload: 'migrate', phase: 'before-release', again: true }],
    data: [
      {
        app: 'checkout',
        environment: name,
        environmentTitle: name,
        cluster: 'eu-1',
        resources: [{ name: 'cache', type: 'redis' }],
        sentence: `The data of cache (redis) stays on eu-1: release ${number} does not ask for it. A release that asks for it again finds it there`,
        isListed: false,
        deletedBy: `kubectl --context eu-1 --namespace checkout--${name} delete persistentvolumeclaims --selector 'callboard.dev/resource in (checkout-cache-1a2b3c4d)'`,
      },
    ],
    groups: [
      {
        clusters: ['ap-1', 'eu-1'],
        objects: [
          {
            change: 'changed',
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'checkout',
            fields: [
              image,
              {
                path: 'spec.template.spec.containers[checkout].env[ROUNDING].value',
                after: 'half-even',
              },
            ],
            more: 0,
          },
          {
            change: 'added',
            apiVersion: 'autoscaling/v2',
            kind: 'HorizontalPodAutoscaler',
            name: 'checkout',
            fields: [],
            more: 0,
          },
          {
            change: 'changed',
            apiVersion: 'v1',
            kind: 'Secret',
            name: 'callboard-pull',
            fields: [
              {
                path: 'data[.dockerconfigjson]',
                before: '(secret)',
                after: '(secret)',
              },
            ],
            more: 0,
          },
        ],
        more: 0,
      },
      {
        clusters: ['us-1'],
        objects: [
          {
            change: 'changed',
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'checkout',
            fields: [image],
            more: 0,
          },
        ],
        more: 0,
      },
    ],
  };
}

/** Placement of checkout in prod. */
export function placement(): PlacementAnswer {
  const chosen = (name: string, region: string): PlacementAnswerVerdict => ({
    cluster: name,
    verdict: 'chosen',
    score: 100,
    reasons: [
      {
        rule: 'stay-put',
        message: `Runs here already; the only choice in region ${region}`,
      },
    ],
    remedy: null,
  });
  return {
    decidedAt: ago(3 * DAY),
    satisfied: true,
    wanted: 3,
    message:
      'Runs on the 3 wanted clusters: ap-1, eu-1 and us-1, one in each region.',
    verdicts: [
      chosen('ap-1', 'ap'),
      chosen('eu-1', 'eu'),
      chosen('us-1', 'us'),
      refused('dev-1', [
        'required-labels',
        'Needs a prod cluster; this one is dev',
      ]),
      refused('edge-101', [
        'required-labels',
        'Needs a prod cluster; this one is edge',
      ]),
      refused('edge-102', [
        'required-labels',
        'Needs a prod cluster; this one is edge',
      ]),
      refused('pci-1', [
        'tolerates-taints',
        'It keeps apps away that do not require blueprint pci',
      ]),
      refused(
        'staging-1',
        ['required-labels', 'Needs a prod cluster; this one is staging'],
        ['fresh', 'It was last seen 2 min ago'],
      ),
    ],
  };
}

/** Five replicas, divided over three clusters of production. */
export function dividedPlacement(): PlacementAnswer {
  const shares = [
    { on: 'ap-1', replicas: 1, how: '1 came by its free capacity' },
    { on: 'eu-1', replicas: 2, how: 'they stay' },
    { on: 'us-1', replicas: 2, how: '1 stays, 1 more by its free capacity' },
  ];
  const whole = placement();
  return {
    ...whole,
    message: 'Runs 5 instances: 1 on ap-1, 2 on eu-1 and 2 on us-1.',
    verdicts: whole.verdicts.map(verdict => {
      const share = shares.find(({ on }) => on === verdict.cluster);
      if (!share) return verdict;
      const { replicas, how } = share;
      const message = `It runs ${replicas} of 5 instances: ${how}`;
      return {
        ...verdict,
        replicas,
        reasons: [{ rule: 'shares-replicas', message }],
      };
    }),
  };
}

/** An app whose replicas are divided over its clusters in production. */
export function dividedApp(): App {
  const whole = app();
  const here = [1, 2, 2];
  return {
    ...whole,
    environments: whole.environments.map(each =>
      each.name === 'prod'
        ? {
            ...each,
            clusters: each.clusters.map((place, index) => ({
              ...place,
              instances: { ready: here[index], wanted: here[index] },
              replicas: { here: here[index], of: 5 },
            })),
          }
        : each,
    ),
  };
}

/**
 * An app with scheduled workloads: one that succeeded, one that failed, one
 * that is yet to run and one that is suspended.
 */
export function scheduledApp(): App {
  const whole = app();
  const next = ago(-3 * HOUR - 30 * MINUTE);
  return {
    ...whole,
    environments: whole.environments.map(each =>
      each.name === 'dev'
        ? {
            ...each,
            clusters: each.clusters.map(place => ({
              ...place,
              urls: [],
              instances: { ready: 0, wanted: 0 },
              runs: [
                {
                  workload: 'invoices',
                  schedule: '30 4 * * *',
                  timeZone: 'Europe/Berlin',
                  last: { at: ago(4 * MINUTE), ended: 'succeeded' as const },
                  next,
                },
                {
                  workload: 'rates',
                  schedule: '@hourly',
                  last: { at: ago(HOUR), ended: 'failed' as const },
                  next,
                },
                {
                  workload: 'sitemap',
                  schedule: '@weekly',
                  last: null,
                  next: ago(-2 * DAY - HOUR),
                },
                {
                  workload: 'sweep',
                  schedule: '@daily',
                  suspended: true as const,
                  last: { at: ago(40 * SECOND), ended: 'running' as const },
                  next: null,
                },
              ],
            })),
          }
        : each,
    ),
  };
}

export function logs(): LogLine[] {
  const line = (
    second: number,
    instance: string,
    text: string,
    on = 'dev-1',
  ): LogLine => ({
    at: `2026-08-20T14:05:${String(second).padStart(2, '0')}.120000000Z`,
    cluster: on,
    instance,
    stream: 'output',
    text,
  });
  return [
    line(1, 'web-6c9f-x2k4p', '> checkout@1.4.0 start'),
    line(2, 'web-6c9f-x2k4p', 'Listening on 8080'),
    line(2, 'web-6c9f-7bq9d', 'Listening on 8080'),
    line(5, 'web-6c9f-x2k4p', 'GET / 200 3 ms'),
    line(
      7,
      'web-6c9f-7bq9d',
      '{"level":"warn","msg":"slow","path":"/cart","ms":1204}',
    ),
    line(9, 'web-6c9f-7bq9d', 'ERROR cannot pay: the bank does not answer'),
    line(9, 'web-6c9f-7bq9d', '    at pay (shop.js:41)'),
  ];
}

export function kubernetesView(): KubernetesView {
  return {
    cluster: 'dev-1',
    namespace: 'checkout--dev',
    command:
      'kubectl --context dev-1 --namespace checkout--dev get all --selector callboard.dev/app=checkout',
    objects: [
      {
        kind: 'Deployment',
        name: 'web',
        health: healthy,
        yaml: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: checkout--dev\nspec:\n  replicas: 2\n',
      },
      {
        kind: 'ReplicaSet',
        name: 'web-6c9f',
        owner: { kind: 'Deployment', name: 'web' },
        health: healthy,
        yaml: 'apiVersion: apps/v1\nkind: ReplicaSet\nmetadata:\n  name: web-6c9f\n',
      },
      {
        kind: 'Pod',
        name: 'web-6c9f-x2x',
        owner: { kind: 'ReplicaSet', name: 'web-6c9f' },
        health: degraded,
        yaml: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-6c9f-x2x\n',
      },
      {
        kind: 'ConfigMap',
        name: 'web-files',
        health: null,
        yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-files\n',
      },
      {
        kind: 'Service',
        name: 'web',
        health: healthy,
        yaml: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n',
      },
    ],
    events: [
      {
        at: ago(4.5 * MINUTE),
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message: 'Scaled up replica set web-6c9f from 0 to 2',
        object: 'Deployment/web',
      },
    ],
  };
}

/** Result of draining eu-1: two apps move, one finds no capacity. */
export function whatIf(over: Partial<WhatIfReport> = {}): WhatIfReport {
  return {
    at: ago(0),
    sentence:
      'Draining eu-1 moves 3 apps (2 instances); 1 has nowhere else to run',
    moves: [
      {
        app: 'checkout',
        environment: 'prod',
        environmentTitle: 'Production',
        from: ['eu-1'],
        to: ['eu-2'],
      },
      {
        app: 'search',
        environment: 'prod',
        environmentTitle: 'Production',
        from: ['eu-1'],
        to: ['us-1'],
      },
      {
        app: 'shop',
        environment: 'prod',
        environmentTitle: 'Production',
        from: ['eu-1'],
        to: [],
        replicas: {
          moving: 2,
          of: 5,
          clusters: [
            { cluster: 'ap-1', before: 1, after: 2 },
            { cluster: 'eu-1', before: 2, after: 0 },
            { cluster: 'us-1', before: 2, after: 3 },
          ],
        },
      },
    ],
    shortages: [
      {
        app: 'payments',
        environment: 'prod',
        environmentTitle: 'Production',
        wanted: 3,
        found: 2,
        stuck: ['eu-1'],
        refused: [
          {
            clusters: ['dev-1', 'edge-101', 'edge-102', 'staging-1'],
            reasons: [
              {
                rule: 'required-labels',
                message: 'Needs a prod cluster; this one is dev',
              },
            ],
            remedy: 'Label the cluster env=prod',
          },
          {
            clusters: ['pci-1'],
            reasons: [
              {
                rule: 'tolerates-taints',
                message: 'Reserved for apps that require blueprint pci',
              },
            ],
            remedy: 'Require blueprint pci in app.yaml',
          },
        ],
      },
    ],
    lostSpread: [
      {
        app: 'search',
        environment: 'prod',
        environmentTitle: 'Production',
        topologyKey: 'region',
        skew: 2,
      },
    ],
    stays: [
      { app: 'hello', environment: 'dev', environmentTitle: 'Development' },
    ],
    data: [
      {
        app: 'checkout',
        environment: 'prod',
        environmentTitle: 'Production',
        cluster: 'eu-1',
        resources: [
          { name: 'orders', type: 'postgres' },
          { name: 'receipts', type: 's3' },
        ],
        sentence:
          'The data of orders (postgres) and receipts (s3) stays on eu-1 and is not copied: eu-2 begins without it. Bring it by a dump and a restore, or let checkout come back to eu-1, where it finds it again',
        isListed: true,
        deletedBy: 'kubectl --context eu-1 delete namespace checkout--prod',
      },
    ],
    ...over,
  };
}

/** Actor, time and reason of a cordon or drain. */
export function byAna() {
  return {
    since: ago(3 * MINUTE),
    by: 'user:default/ana',
    why: 'Its disks are swapped',
  };
}

/** One app is moving, another finds no capacity. */
export function drainingCluster(name = 'us-1'): Cluster {
  return cluster(name, {
    sentence: `${name} is live, is being drained (2 apps left, 1 has nowhere else to run), runs blueprint golden 3 with no drift, and carries 2 apps.`,
    scheduling: {
      state: 'draining',
      left: [
        {
          app: 'checkout',
          environment: 'prod',
          environmentTitle: 'Production',
          state: 'moving',
          to: ['us-2'],
          message: 'It waits until it is Healthy on us-2',
        },
        {
          app: 'payments',
          environment: 'prod',
          environmentTitle: 'Production',
          state: 'stuck',
          to: [],
          message:
            'No other cluster takes it. 3 refused: Needs a prod cluster; this one is dev',
        },
      ],
      ...byAna(),
    },
  });
}

/** Output of a successful build. */
export function buildLog(revision: string): BuildLog {
  return {
    revision,
    state: 'succeeded',
    lines: [
      '# built by image',
      'npm ci',
      'added 214 packages in 9s',
      '$ npm run build',
      '> shop@1.4.0 build',
      '> vite build',
      '✓ 412 modules transformed.',
      'dist/index.html   0.46 kB',
      'image pushed, 1.2 MB sent',
    ],
    leftOut: 0,
  };
}
