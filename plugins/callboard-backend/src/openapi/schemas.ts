/*
 * What the API answers, as JSON Schema 2020-12. The same shapes stand as
 * TypeScript in callboard-common/src/api; a test holds what routes really
 * answer against this page, and nothing that is not named here may appear.
 */

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const count = { type: 'integer', minimum: 0 } as const;
const flag = { type: 'boolean' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const labels = { type: 'object', additionalProperties: text } as const;

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` } as const;
}

function orNull(schema: object) {
  return { oneOf: [schema, { type: 'null' }] };
}

function listOf(schema: object) {
  return { type: 'array', items: schema };
}

/** An object of exactly these fields; those whose name ends in `?` may be missing. */
function shape(fields: Record<string, object>, description?: string) {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [
      name.replace(/\?$/, ''),
      schema,
    ]),
  );
  return {
    type: 'object',
    ...(description && { description }),
    properties,
    required: Object.keys(fields).filter(name => !name.endsWith('?')),
    additionalProperties: false,
  };
}

const health = ref('Health');
const freshness = ref('Freshness');
const problem = ref('Problem');
const reading = {
  const: true,
  description:
    'Callboard started a moment ago and has had no contact with it since: the state is of `observedAt`',
} as const;
const resources = shape({
  cpuMillicores: { type: 'number' },
  memoryBytes: { type: 'number' },
  pods: { type: 'number' },
});
const release = {
  number: { type: 'integer', minimum: 1 },
  revision: { ...text, description: 'Full commit id' },
  message: text,
  author: text,
  createdAt: time,
};

const named = { ...text, minLength: 1, maxLength: 253 } as const;
const labelKey = { ...text, minLength: 1, maxLength: 317 } as const;
const schedulingCause = {
  since: time,
  by: { ...text, description: 'Entity reference of who did it' },
  'why?': text,
};

const timelineSpan = {
  from: time,
  'to?': { ...time, description: 'Missing while it lasts' },
};

const recordGap = {
  from: time,
  to: time,
  cause: { enum: ['stopped', 'paused', 'no-database'] },
};

const releaseChange = {
  enum: ['newer', 'older', 'rollback'],
  description: 'rollback: to what was there before the current one came',
};

const rolloutSummary = {
  release: { type: 'integer', minimum: 1 },
  'before?': {
    type: 'integer',
    minimum: 1,
    description: 'What clusters run until their turn',
  },
  purpose: { enum: ['roll-out', 'roll-back'] },
  phase: {
    enum: [
      'applying',
      'soaking',
      'paused',
      'halted',
      'waiting-for-clusters',
      'aborted',
      'done',
    ],
  },
  sentence: text,
  wave: { ...count, description: 'Position of the wave it is at, from 1' },
  waveCount: count,
  reached: { ...count, description: 'Clusters that have the release' },
  clusterCount: count,
  startedBy: text,
  startedAt: time,
};

export const schemas = {
  Error: shape(
    {
      code: text,
      what: text,
      why: text,
      next: text,
      'at?': ref('SourceLocation'),
    },
    'What did not work, why, and what to do next. The code is stable.',
  ),
  Problem: shape({
    code: text,
    what: text,
    why: text,
    next: text,
    transient: flag,
    'at?': ref('SourceLocation'),
    'cause?': ref('Problem'),
  }),
  SourceLocation: shape({
    file: text,
    'path?': text,
    'line?': count,
    'column?': count,
  }),
  Health: shape({
    status: {
      enum: [
        'Healthy',
        'Suspended',
        'Progressing',
        'Missing',
        'Degraded',
        'Unknown',
      ],
    },
    reason: text,
    message: text,
  }),
  Freshness: { enum: ['live', 'stale', 'unreachable'] },
  Release: shape(release, 'Immutable; numbers count up per app'),
  ReleaseDetails: shape({
    ...release,
    createdBy: { ...text, description: 'Entity reference of who pushed it' },
    workloads: listOf(shape({ name: text, images: labels })),
    build: shape({ builder: text, startedAt: time, 'finishedAt?': time }),
    environments: {
      ...texts,
      description: 'Where it is the wanted release now',
    },
    outcomes: listOf(ref('ReleaseOutcome')),
    'evidence?': listOf(ref('ImageEvidence')),
    'warnings?': { ...texts, description: 'What its builds warned of' },
    'lockfile?': ref('ReleaseLockfile'),
    'imagesRemovedAt?': {
      ...time,
      description: 'Since when it cannot run until its commit is built again',
    },
  }),
  ReleaseLockfile: shape(
    { path: text, digest: text, isPushed: flag },
    'The lockfile that dependencies came from; not pushed: the build resolved the versions',
  ),
  ReleaseOutcome: shape(
    {
      environment: text,
      since: time,
      kind: {
        enum: [
          'healthy',
          'not-healthy-yet',
          'rolled-back',
          'never-healthy',
          'replaced',
        ],
      },
      'approval?': shape({ group: text, by: text }),
      healthyOn: texts,
      'next?': shape({
        release: count,
        change: releaseChange,
        by: text,
        at: time,
      }),
      sentence: text,
    },
    'How a release did in one environment',
  ),
  ImageEvidence: shape(
    {
      image: text,
      sbom: shape({ digest: text, mediaType: text, components: count }),
      provenance: shape({
        digest: text,
        mediaType: text,
        builder: { ...text, description: 'Who built it, as a URI' },
        'base?': { ...text, description: 'The image it was built upon' },
      }),
    },
    'What is attached to an image in its registry',
  ),
  App: shape({
    name: text,
    title: text,
    owner: { ...text, description: 'Entity reference' },
    'system?': text,
    repository: shape({ cloneUrl: text }),
    environments: listOf(ref('AppEnvironment')),
    sentence: { ...text, description: 'The answer in words' },
    createdAt: time,
    'build?': ref('BuildStatus'),
    'lastChange?': ref('JournalEntry'),
    'viewer?': shape(
      {
        promote: { ...flag, description: 'Promote and roll back' },
        approve: {
          ...texts,
          description: 'Environments whose promotions they may approve',
        },
      },
      'What the person who asks may do with it',
    ),
  }),
  BuildStatus: shape({
    revision: text,
    message: text,
    author: text,
    state: { enum: ['building', 'failed'] },
    startedAt: time,
    'problem?': problem,
  }),
  AppEnvironment: shape({
    name: text,
    title: text,
    release: orNull(ref('Release')),
    'releasedBy?': text,
    'releasedAt?': time,
    health,
    freshness,
    clusters: listOf(ref('AppCluster')),
    findings: listOf(ref('Finding')),
    placement: orNull(
      shape({
        satisfied: flag,
        'wanted?': count,
        chosen: count,
        message: text,
      }),
    ),
    'rollout?': shape(
      rolloutSummary,
      'The newest rollout; absent where releases go everywhere at once',
    ),
    'promotion?': shape({
      from: text,
      candidate: orNull(count),
      'change?': releaseChange,
      'blockedBy?': problem,
      'approval?': {
        ...text,
        description: 'Entity reference of who must approve',
      },
      'rolledBack?': shape(
        { to: count, by: text, at: time },
        'The candidate was there before and was rolled back',
      ),
    }),
    'problem?': problem,
  }),
  Rollout: shape({
    ...rolloutSummary,
    waves: listOf(shape({ name: text, cells: listOf(ref('RolloutCell')) })),
    soakSeconds: { type: 'number', minimum: 0 },
    'halt?': shape({
      cluster: text,
      why: text,
      failures: count,
      allowed: count,
    }),
    actions: listOf(
      shape({
        action: { enum: ['pause', 'resume', 'abort', 'rollback'] },
        does: { ...text, description: 'What it would do' },
        'approval?': {
          ...text,
          description: 'Entity reference of the group that must approve first',
        },
      }),
    ),
    version: {
      ...text,
      description: 'Of what the actions would do; sent back with one of them',
    },
  }),
  RolloutCell: shape({
    cluster: text,
    state: {
      enum: [
        'to-apply',
        'progressing',
        'soaking',
        'done',
        'failed',
        'timed-out',
        'skipped',
        'deferred',
      ],
    },
    'until?': {
      ...time,
      description: 'When it is through (soaking), or given up',
    },
    'since?': {
      ...time,
      description: 'Since when it has failed or cannot be reached',
    },
    'why?': text,
  }),
  AppCluster: shape({
    cluster: text,
    release: { ...orNull(count), description: 'Observed there' },
    desiredRelease: {
      ...orNull(count),
      description: 'Desired there; null while it is being removed',
    },
    sync: { enum: ['Synced', 'OutOfSync', 'Unknown'] },
    health,
    freshness,
    observedAt: orNull(time),
    'reading?': reading,
    urls: texts,
    instances: shape({ ready: count, wanted: count }),
    'serving?': shape(
      { release: { type: 'integer', minimum: 1 }, ready: count },
      'Another release whose instances are ready while the wanted one is not healthy',
    ),
    'copies?': shape(
      { here: count, of: count },
      'Replicas desired there; only where they are divided over clusters',
    ),
    'drain?': {
      enum: ['moving', 'stuck'],
      description:
        'The cluster is being drained: the app moves away, or no other takes it',
    },
    'region?': text,
    'title?': text,
    'blueprint?': text,
  }),
  Finding: shape({
    code: text,
    what: text,
    evidence: listOf(shape({ label: text, value: text })),
    'excerpt?': texts,
    logTail: texts,
    'since?': time,
    'changedBefore?': text,
    next: text,
    confidence: { enum: ['certain', 'likely'] },
    'conclusive?': flag,
    'cluster?': text,
    'workload?': text,
  }),
  Placement: shape({
    decidedAt: time,
    satisfied: flag,
    'wanted?': count,
    message: text,
    verdicts: listOf(
      shape({
        cluster: text,
        verdict: { enum: ['chosen', 'spare', 'refused'] },
        'copies?': {
          ...count,
          description: 'Replicas it gets, where they are divided over clusters',
        },
        'score?': { type: 'number' },
        reasons: listOf(shape({ rule: text, message: text })),
        remedy: orNull(text),
      }),
    ),
  }),
  Cluster: shape({
    name: text,
    title: text,
    labels,
    'labelsByHand?': ref('LabelsByHand'),
    claims: labels,
    taints: listOf(shape({ key: text, 'value?': text, effect: text })),
    freshness,
    observedAt: orNull(time),
    'reading?': reading,
    connection: shape({
      kind: { enum: ['playground', 'kubeconfig', 'agent'] },
      since: orNull(time),
      roundTripMs: orNull({ type: 'number' }),
      'agentVersion?': text,
      'upgrade?': shape(
        {
          version: text,
          state: { enum: ['waiting', 'upgrading', 'halted'] },
          'problem?': problem,
        },
        'A newer agent that will run there, until it does',
      ),
      'problem?': problem,
    }),
    blueprint: orNull(ref('ClusterBlueprint')),
    scheduling: ref('ClusterScheduling'),
    health,
    apps: listOf(ref('ClusterApp')),
    nodes: shape({ ready: count, total: count }),
    'join?': ref('ClusterJoin'),
    'capacity?': resources,
    'requested?': resources,
    'requestedByOthers?': resources,
    sentence: text,
  }),
  ClusterJoin: shape(
    {
      'expiresAt?': {
        ...time,
        description: 'When the token expires; absent once it was used',
      },
      steps: listOf(
        shape({
          step: {
            enum: [
              'invited',
              'token-used',
              'connected',
              'rights-checked',
              'inventory',
              'ready',
            ],
          },
          state: { enum: ['done', 'waiting', 'failed'] },
          'at?': time,
          'message?': text,
        }),
      ),
    },
    'Progress of a cluster that joins by dialing out',
  ),
  ClusterScheduling: {
    description: 'Whether it takes apps',
    oneOf: [
      shape({ state: { const: 'open' } }),
      shape({ state: { const: 'cordoned' }, ...schedulingCause }),
      shape({
        state: { const: 'draining' },
        left: listOf(ref('DrainingApp')),
        ...schedulingCause,
      }),
      shape({ state: { const: 'drained' }, ...schedulingCause }),
    ],
  },
  DrainingApp: shape(
    {
      app: text,
      environment: text,
      environmentTitle: text,
      state: { enum: ['moving', 'stuck'] },
      to: { ...texts, description: 'Clusters that take its place' },
      message: { ...text, description: 'What it waits for' },
    },
    'An app that has not left yet',
  ),
  LabelsByHand: shape(
    {
      labels,
      replaced: { ...labels, description: 'What the source says instead' },
      by: { ...text, description: 'Entity reference of who did it last' },
      since: time,
    },
    "Labels that people set by hand; they override the source's",
  ),
  LabelChange: shape({
    labels: {
      type: 'object',
      minProperties: 1,
      maxProperties: 64,
      additionalProperties: orNull({ ...text, maxLength: 63 }),
      description: 'By key; null takes away what was set by hand',
    },
    'why?': {
      ...text,
      minLength: 1,
      maxLength: 500,
      description: 'In words, for the journal',
    },
  }),
  SchedulingChange: shape({
    'why?': {
      ...text,
      minLength: 1,
      maxLength: 500,
      description: 'In words, for the journal',
    },
  }),
  WhatIfQuestion: shape({
    changes: { ...listOf(ref('WhatIfChange')), minItems: 1, maxItems: 20 },
  }),
  WhatIfChange: {
    description: 'A change of the fleet to rehearse',
    oneOf: [
      shape({
        kind: { enum: ['cordon', 'drain', 'uncordon', 'lose'] },
        cluster: named,
      }),
      shape(
        {
          kind: { enum: ['label'] },
          cluster: named,
          key: labelKey,
          'value?': { ...text, maxLength: 63 },
        },
        'Without a value the label is taken away',
      ),
      shape({
        kind: { enum: ['taint'] },
        cluster: named,
        key: labelKey,
        'value?': { ...text, maxLength: 63 },
        'effect?': { enum: ['NoSelect', 'PreferNoSelect', 'NoSelectIfNew'] },
      }),
      shape({ kind: { enum: ['untaint'] }, cluster: named, key: labelKey }),
      shape(
        {
          kind: { enum: ['blueprint'] },
          'cluster?': named,
          'running?': named,
          name: named,
          'version?': { type: 'integer', minimum: 1, maximum: 1_000_000 },
        },
        'On one cluster, or on all that run the blueprint `running` now (that of the same name where neither is said)',
      ),
      shape(
        {
          kind: { enum: ['add'] },
          cluster: named,
          'labels?': { ...labels, maxProperties: 64 },
          'claims?': { ...labels, maxProperties: 64 },
          'clusterSet?': named,
          'blueprint?': named,
          'free?': shape({
            'cpuMillicores?': { type: 'number', minimum: 0 },
            'memoryBytes?': { type: 'number', minimum: 0 },
            'pods?': { type: 'number', minimum: 0 },
          }),
        },
        'One cluster more; capacity that is not given is not checked',
      ),
    ],
  },
  WhatIfReport: shape({
    at: { ...time, description: 'Instant of the facts' },
    sentence: { ...text, description: 'The answer in words' },
    moves: listOf(
      shape({
        app: text,
        environment: text,
        environmentTitle: text,
        from: texts,
        to: texts,
        'copies?': shape(
          {
            moving: {
              ...count,
              description: 'Would start where they are not now',
            },
            of: count,
            clusters: listOf(
              shape({ cluster: text, before: count, after: count }),
            ),
          },
          'Only where copies are divided over clusters',
        ),
      }),
    ),
    noRoom: listOf(
      shape(
        {
          app: text,
          environment: text,
          environmentTitle: text,
          wanted: count,
          found: count,
          stuck: {
            ...texts,
            description:
              'Clusters it would have to leave and stays on until something takes its place',
          },
          'copies?': shape(
            { wanted: count, found: count },
            'Only where copies are divided over clusters',
          ),
          refused: listOf(
            shape({
              clusters: texts,
              reasons: listOf(shape({ rule: text, message: text })),
              remedy: {
                ...orNull(text),
                description: 'The smallest change that would admit one of them',
              },
            }),
          ),
        },
        'An app that would run on fewer clusters than it wants and than now, or that could not leave',
      ),
    ),
    lostSpread: listOf(
      shape({
        app: text,
        environment: text,
        environmentTitle: text,
        topologyKey: text,
        skew: count,
      }),
    ),
    stays: listOf(
      shape({ app: text, environment: text, environmentTitle: text }),
    ),
  }),
  NewCluster: shape({
    name: { ...text, minLength: 1, maxLength: 253 },
    'labels?': { ...labels, maxProperties: 64 },
    'blueprint?': { ...text, minLength: 1, maxLength: 253 },
    'exposure?': shape(
      {
        type: { enum: ['ClusterIP', 'LoadBalancer', 'NodePort'] },
        'host?': { ...text, maxLength: 253 },
      },
      'How people reach the apps that run there',
    ),
  }),
  InvitedCluster: shape(
    {
      name: text,
      join: shape({
        manifestUrl: {
          ...text,
          description: 'What kubectl apply -f reads; holds the token',
        },
        command: text,
        expiresAt: time,
      }),
    },
    'What lets one agent in, once. The token is not kept.',
  ),
  RemovedCluster: shape({
    name: text,
    apps: {
      ...listOf(ref('ClusterApp')),
      description: 'What ran there, and goes where placement says',
    },
  }),
  ClusterApp: shape({
    app: text,
    environment: text,
    environmentTitle: text,
    release: orNull(count),
    health,
  }),
  Blueprint: shape({
    name: text,
    title: text,
    'description?': text,
    version: count,
    state: { enum: ['draft', 'active', 'disabled'] },
    'base?': text,
  }),
  ClusterBlueprint: shape({
    name: text,
    version: count,
    state: { enum: ['pending', 'applying', 'applied', 'failed', 'unknown'] },
    message: text,
    drift: listOf(
      shape({
        object: shape({
          apiVersion: text,
          kind: text,
          'namespace?': text,
          name: text,
        }),
        kind: { enum: ['missing', 'changed'] },
        paths: texts,
        message: text,
      }),
    ),
    addons: listOf(
      shape({ name: text, 'description?': text, objects: count, health }),
    ),
  }),
  Fleet: shape({
    sentence: text,
    clusters: shape({
      total: count,
      live: count,
      stale: count,
      unreachable: count,
    }),
    apps: shape({ total: count, needAttention: count }),
    environments: listOf(shape({ name: text, title: text })),
    'problem?': problem,
    playground: flag,
  }),
  AuditRow: shape({
    app: text,
    title: text,
    owner: text,
    environment: text,
    environmentTitle: text,
    release: count,
    'serving?': text,
    health,
    verdict: {
      oneOf: [
        shape({ kind: { const: 'compliant' } }),
        shape({ kind: { const: 'undecided' } }),
        shape({
          kind: { const: 'unknown' },
          unknown: texts,
          'since?': time,
        }),
        shape({
          kind: { const: 'wrong' },
          missing: texts,
          extra: texts,
          wrongBlueprint: texts,
          unknown: texts,
          'short?': shape({ wanted: count, chosen: count }),
        }),
      ],
    },
    explanation: text,
    decided: texts,
    actual: texts,
    'blueprint?': shape({
      required: text,
      met: { enum: ['yes', 'no', 'unknown'] },
      notOn: texts,
    }),
    'decidedAt?': time,
    observed: listOf(shape({ cluster: text, at: orNull(time) })),
  }),
  Audit: shape({
    at: time,
    sentence: text,
    items: listOf(ref('AuditRow')),
    'nextCursor?': text,
  }),
  History: shape({
    since: time,
    'gap?': {
      ...shape({ ...recordGap, sentence: text }),
      description:
        'The time without a record that "at" lies in: what is shown there was known before it',
    },
  }),
  Retention: shape({
    releases: count,
    images: listOf(
      shape({ app: text, image: text, releases: listOf(count), bytes: count }),
    ),
    leftovers: shape({ count, bytes: count }),
    bytes: count,
    problems: listOf(ref('Error')),
  }),
  Joining: shape({ 'problem?': ref('Problem') }),
  Timeline: shape({
    from: time,
    to: time,
    drawnFrom: {
      ...time,
      description:
        'Later than from where history began later or too much happened',
    },
    'beginsWithHistory?': {
      const: true,
      description: 'The window begins where history does',
    },
    lanes: listOf(
      shape({
        name: text,
        title: text,
        environment: text,
        'cluster?': text,
        bars: listOf(
          shape({
            ...timelineSpan,
            release: count,
            'before?': count,
            'change?': releaseChange,
            actor: text,
            cause: text,
            marks: listOf(
              shape({
                ...timelineSpan,
                environment: text,
                cluster: text,
                release: count,
                status: { enum: ['Degraded', 'Missing'] },
                reason: text,
              }),
            ),
          }),
        ),
        unknown: listOf(shape(timelineSpan)),
      }),
    ),
    gaps: {
      ...listOf(shape(recordGap)),
      description: 'Times in which nothing was recorded of any lane',
    },
    leftOut: shape({ lanes: count, bars: count, marks: count }),
  }),
  JournalEntry: shape({
    'sequence?': count,
    at: time,
    'recordedAt?': time,
    actor: text,
    action: text,
    'app?': text,
    'environment?': text,
    'cluster?': text,
    'release?': count,
    'revision?': text,
    message: text,
    'why?': text,
    hash: text,
  }),
  KubernetesView: shape({
    cluster: text,
    namespace: text,
    command: text,
    objects: listOf(
      shape({
        yaml: text,
        kind: text,
        name: text,
        health: orNull(health),
        'owner?': shape({ kind: text, name: text }),
      }),
    ),
    events: listOf(
      shape({
        at: time,
        type: text,
        reason: text,
        message: text,
        object: text,
      }),
    ),
  }),
  Logs: shape({
    cluster: text,
    lines: listOf(shape({ instance: text, text })),
  }),
  CatalogInfo: shape({
    revision: orNull(text),
    text: orNull({
      ...text,
      description: 'catalog-info.yaml at the head of main',
    }),
  }),
  PlaygroundIsolation: shape({
    kind: { enum: ['namespaces', 'users', 'none'] },
    says: text,
    limits: text,
  }),
  Power: shape({ on: flag }),
  Promotion: shape({
    release: { type: 'integer', minimum: 1, maximum: 2_147_483_647 },
    'replaces?': {
      type: ['integer', 'null'],
      minimum: 1,
      maximum: 2_147_483_647,
      description:
        'Release that is there now, null for none: 409 when it is another one by now',
    },
  }),
  Steering: shape({
    'version?': {
      ...text,
      minLength: 1,
      maxLength: 64,
      description:
        'Of the rollout as it was read: 409 when the action would do something else by now',
    },
  }),
  NewApp: shape({
    name: { ...text, minLength: 1, maxLength: 200 },
    owner: {
      ...text,
      minLength: 1,
      maxLength: 300,
      description: 'Entity reference; one that you act for',
    },
    files: {
      type: 'object',
      description: 'Text of every file of the repository, by path',
      additionalProperties: text,
      minProperties: 1,
      maxProperties: 1_000,
    },
    'message?': { ...text, minLength: 1, maxLength: 1_000 },
  }),
};

/** A page of a list of one of the schemas. */
export function itemsOf(name: keyof typeof schemas) {
  return shape({ items: listOf(ref(name)), 'nextCursor?': text });
}
