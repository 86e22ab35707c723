import {
  type DeploymentView,
  type AppEnvironment,
  type BuildStatus,
  type Finding,
  type Health,
  OBSERVED_ONLY_TAINT,
  type Problem,
  type Release,
} from '@callboard/plugin-callboard-common';
import { type AppFacts, describeApp, needsAttention } from './describeApp';
import { type ClusterSentenceFacts, describeCluster } from './describeCluster';
import { describeFleet } from './describeFleet';
import { describePlacementState } from './describePlacementState';

const NOW = new Date('2026-11-20T12:00:00Z');
const TITLES: Record<string, string> = {
  dev: 'Development',
  staging: 'Staging',
  prod: 'Production',
};

const HEALTHY: Health = {
  status: 'Healthy',
  reason: 'Available',
  message: '1 of 1 instance is ready',
};
const CRASHED: Health = {
  status: 'Degraded',
  reason: 'Restarted',
  message: 'It keeps ending',
};
const STARTING: Health = {
  status: 'Progressing',
  reason: 'InstancesStarting',
  message: '1 of 3 instances are ready',
};
const LOST: Health = {
  status: 'Unknown',
  reason: 'LastSeen',
  message: 'last seen 4 min ago',
};

describe('sentence of an app', () => {
  const cases: Array<{ name: string; given: AppFacts }> = [
    { name: 'nothing released', given: app([environment('dev', null)]) },
    { name: 'no environments', given: app([]) },
    {
      name: 'first push is being built',
      given: app([environment('dev', null)], build('building')),
    },
    {
      name: 'first push was not built',
      given: app([environment('dev', null)], build('failed')),
    },
    {
      name: 'healthy in dev',
      given: app([environment('dev', 1, { clusters: [on('dev-1')] })]),
    },
    {
      name: 'healthy in production, staging waits for approval',
      given: app([
        environment('dev', 44, { clusters: [on('dev-1')] }),
        environment('staging', 42, {
          clusters: [on('st-1')],
          promotion: {
            from: 'dev',
            candidate: 43,
            blockedBy: {
              code: 'approval-missing',
              what: 'w',
              why: 'payments-leads must approve',
              next: 'n',
              transient: false,
            },
          },
        }),
        environment('prod', 42, {
          clusters: [on('eu-1'), on('us-1'), on('ap-1')],
        }),
      ]),
    },
    ...(
      [
        ['in waves', 'applying', 'Rolling out, wave 2 of 3: us-1', STARTING],
        [
          'halted',
          'halted',
          'Halted at eu-1: it ends. 1 failed, none may; nothing new starts',
          HEALTHY,
        ],
        [
          'paused between two waves',
          'paused',
          'Paused: 2 of 3 clusters have release 42. Resume to continue',
          HEALTHY,
        ],
        [
          'aborted',
          'aborted',
          'Aborted: 2 of 3 clusters have release 42. Roll back, or promote another release',
          HEALTHY,
        ],
        ['rolled out', 'done', 'Rolled out everywhere', HEALTHY],
      ] as const
    ).map(([name, phase, sentence, health]) => ({
      name,
      given: app([
        environment('prod', 42, {
          health,
          clusters: [on('eu-1'), on('us-1'), on('ap-1')],
          rollout: {
            release: 42,
            before: 41,
            purpose: 'roll-out',
            phase,
            sentence,
            wave: 1,
            waveCount: 3,
            reached: 2,
            clusterCount: 3,
            startedBy: 'user:default/ana',
            startedAt: '2026-11-20T11:59:00Z',
          },
        }),
      ]),
    })),
    {
      name: 'a newer release can be promoted',
      given: app([
        environment('dev', 43, { clusters: [on('dev-1')] }),
        environment('prod', 42, {
          clusters: [on('eu-1'), on('us-1')],
          promotion: { from: 'dev', candidate: 43 },
        }),
      ]),
    },
    {
      name: 'the only release can be promoted',
      given: app([
        environment('dev', 1, { clusters: [on('dev-1')] }),
        environment('prod', null, {
          promotion: { from: 'dev', candidate: 1 },
        }),
      ]),
    },
    {
      name: 'a promotion waits for approval',
      given: app([
        environment('dev', 43, { clusters: [on('dev-1')] }),
        environment('prod', 42, {
          clusters: [on('eu-1')],
          promotion: {
            from: 'dev',
            candidate: 43,
            approval: 'group:default/payments-leads',
          },
        }),
      ]),
    },
    {
      name: 'the newer release was rolled back',
      given: app([
        environment('dev', 43, { clusters: [on('dev-1')] }),
        environment('prod', 42, {
          clusters: [on('eu-1')],
          promotion: {
            from: 'dev',
            candidate: 43,
            rolledBack: {
              to: 42,
              by: 'user:default/bo',
              at: '2026-11-20T11:59:00Z',
            },
          },
        }),
      ]),
    },
    {
      name: 'an older release may go on that never was in production',
      given: app([
        environment('dev', 41, { clusters: [on('dev-1')] }),
        environment('prod', 42, {
          clusters: [on('eu-1')],
          promotion: { from: 'dev', candidate: 41, change: 'older' },
        }),
      ]),
    },
    {
      name: 'development rolled back to what was in production before',
      given: app([
        environment('dev', 41, { clusters: [on('dev-1')] }),
        environment('prod', 42, {
          clusters: [on('eu-1')],
          promotion: { from: 'dev', candidate: 41, change: 'rollback' },
        }),
      ]),
    },
    {
      name: 'dev runs something newer',
      given: app([
        environment('dev', 43, { clusters: [on('dev-1')] }),
        environment('prod', 42, {
          clusters: [on('eu-1'), on('us-1')],
        }),
      ]),
    },
    {
      name: 'dev crashes, production is untouched',
      given: app([
        environment('dev', 43, {
          health: CRASHED,
          clusters: [on('dev-1', { health: CRASHED })],
          findings: [finding()],
        }),
        environment('prod', 42, {
          clusters: [on('eu-1'), on('us-1'), on('ap-1')],
        }),
      ]),
    },
    {
      name: 'dev crashes, and the release before still answers',
      given: app([
        environment('dev', 43, {
          health: CRASHED,
          clusters: [
            {
              ...on('dev-1', { health: CRASHED }),
              serving: { release: 42, ready: 1 },
            },
          ],
          findings: [finding()],
        }),
      ]),
    },
    {
      name: 'what takes long and has a finding speaks through it, and nothing is offered',
      given: app([
        environment('dev', 43, {
          health: STARTING,
          clusters: [on('dev-1', { health: STARTING })],
          findings: [
            {
              ...finding(),
              what: 'shop does not get ready in dev: nothing listens on port 8080',
            },
          ],
        }),
        environment('prod', 42, {
          clusters: [on('eu-1')],
          promotion: { from: 'dev', candidate: 43 },
        }),
      ]),
    },
    {
      name: 'what starts is not offered for promotion',
      given: app([
        environment('dev', 43, {
          health: STARTING,
          clusters: [on('dev-1', { health: STARTING })],
        }),
        environment('prod', 42, {
          clusters: [on('eu-1')],
          promotion: { from: 'dev', candidate: 43 },
        }),
      ]),
    },
    {
      name: 'production crashes without a finding yet',
      given: app([
        environment('prod', 42, {
          health: CRASHED,
          clusters: [on('eu-1', { health: CRASHED }), on('us-1')],
        }),
      ]),
    },
    {
      name: 'starting',
      given: app([
        environment('dev', 3, {
          health: STARTING,
          clusters: [on('dev-1', { health: STARTING })],
        }),
      ]),
    },
    {
      name: 'one of three clusters is silent',
      given: app([
        environment('prod', 42, {
          health: LOST,
          clusters: [on('eu-1', lost('11:56')), on('us-1'), on('ap-1')],
        }),
      ]),
    },
    {
      name: 'all clusters are silent',
      given: app([
        environment('prod', 42, {
          health: LOST,
          clusters: [on('eu-1', lost('11:56')), on('us-1', lost('11:58'))],
        }),
      ]),
    },
    {
      name: 'a cluster that was never seen',
      given: app([
        environment('dev', 1, {
          health: LOST,
          clusters: [on('dev-1', { ...lost('11:56'), observedAt: null })],
        }),
      ]),
    },
    {
      name: 'fewer clusters fit than wanted',
      given: app([
        environment('prod', 42, {
          clusters: [on('pci-1')],
          placement: {
            satisfied: false,
            wanted: 3,
            chosen: 1,
            message: 'only 1 cluster runs blueprint pci',
          },
        }),
      ]),
    },
    {
      name: 'no cluster fits',
      given: app([
        environment('dev', 1, {
          health: { status: 'Missing', reason: 'NothingThere', message: '' },
          placement: {
            satisfied: false,
            wanted: 1,
            chosen: 0,
            message: 'no cluster has the label env=dev',
          },
        }),
      ]),
    },
    {
      name: 'objects are not there yet',
      given: app([
        environment('dev', 1, {
          health: { status: 'Missing', reason: 'NotThere', message: '' },
          clusters: [on('dev-1')],
        }),
      ]),
    },
    {
      name: 'a release that cannot be deployed',
      given: app([
        environment('dev', 2, {
          problem: {
            code: 'file-path-invalid',
            what: 'w',
            why: 'the name of its file is too long',
            next: 'n',
            transient: false,
          },
        }),
      ]),
    },
    {
      name: 'suspended',
      given: app([
        environment('dev', 2, {
          health: { status: 'Suspended', reason: 'Paused', message: '' },
          clusters: [on('dev-1')],
        }),
      ]),
    },
    {
      name: 'stopped',
      given: app([
        environment('dev', 2, {
          health: {
            status: 'Suspended',
            reason: 'Stopped',
            message: 'ana stopped it: Too expensive',
          },
          clusters: [on('dev-1')],
        }),
      ]),
    },
    {
      name: 'being stopped',
      given: app([
        environment('dev', 2, {
          health: {
            status: 'Progressing',
            reason: 'Stopping',
            message: '2 instances still have to end',
          },
          clusters: [on('dev-1')],
        }),
      ]),
    },
    {
      name: 'healthy, the newest push is being built',
      given: app(
        [environment('dev', 1, { clusters: [on('dev-1')] })],
        build('building'),
      ),
    },
    {
      name: 'healthy, the newest push was not built',
      given: app(
        [environment('dev', 1, { clusters: [on('dev-1')] })],
        build('failed'),
      ),
    },
  ];

  it('has one for every state', () => {
    expect(
      catalogue(cases, given => describeApp(given, NOW)),
    ).toMatchSnapshot();
  });

  it.each([
    {
      name: 'healthy',
      given: app([environment('dev', 1, { clusters: [on('dev-1')] })]),
      expected: false,
    },
    {
      name: 'not released',
      given: app([environment('dev', null)]),
      expected: false,
    },
    {
      name: 'starting',
      given: app([environment('dev', 1, { health: STARTING })]),
      expected: false,
    },
    {
      name: 'crashed',
      given: app([environment('dev', 1, { health: CRASHED })]),
      expected: true,
    },
    {
      name: 'silent',
      given: app([environment('dev', 1, { health: LOST })]),
      expected: true,
    },
    {
      name: 'silent as Callboard just started',
      given: app([
        environment('dev', 1, {
          health: LOST,
          clusters: [notReadYet('dev-1')],
        }),
      ]),
      expected: false,
    },
    {
      name: 'silent as Callboard just started, in trouble before',
      given: app([
        environment('dev', 1, {
          health: LOST,
          clusters: [notReadYet('dev-1')],
          findings: [finding()],
        }),
      ]),
      expected: true,
    },
    {
      name: 'one cluster silent, another not asked yet',
      given: app([
        environment('dev', 1, {
          health: LOST,
          clusters: [
            notReadYet('dev-1'),
            { ...notReadYet('dev-2'), reading: undefined },
          ],
        }),
      ]),
      expected: true,
    },
    {
      name: 'on fewer clusters than wanted, well on each',
      given: app([
        environment('dev', 1, {
          clusters: [on('dev-1')],
          placement: {
            satisfied: false,
            wanted: 3,
            chosen: 1,
            message: 'Runs on 1 of 3 wanted clusters',
          },
        }),
      ]),
      expected: true,
    },
    {
      name: 'healthy when it was seen last',
      given: app([
        environment('dev', 1, {
          clusters: [on('dev-1')],
          freshness: 'stale',
        }),
      ]),
      expected: true,
    },
    {
      name: 'not built',
      given: app([environment('dev', null)], build('failed')),
      expected: true,
    },
  ])('needs attention when it should: $name', ({ given, expected }) => {
    expect(needsAttention(given)).toBe(expected);
  });
});

describe('sentence of a cluster', () => {
  const cases: Array<{ name: string; given: ClusterSentenceFacts }> = [
    { name: 'live', given: cluster({}) },
    { name: 'one app', given: cluster({ apps: [carries('a')] }) },
    {
      name: 'not read yet after a start',
      given: cluster({
        apps: [carries('a')],
        freshness: 'stale',
        observedAt: '2026-11-20T11:56:00Z',
        reading: true,
      }),
    },
    {
      name: 'no blueprint, no app',
      given: cluster({ blueprint: null, apps: [] }),
    },
    {
      name: 'only observed',
      given: cluster({
        blueprint: null,
        apps: [],
        taints: [{ key: OBSERVED_ONLY_TAINT, effect: 'NoSelect' }],
      }),
    },
    { name: 'drift', given: cluster({ blueprint: blueprint('applied', 2) }) },
    { name: 'pending', given: cluster({ blueprint: blueprint('pending') }) },
    { name: 'applying', given: cluster({ blueprint: blueprint('applying') }) },
    { name: 'failed', given: cluster({ blueprint: blueprint('failed') }) },
    {
      name: 'unknown blueprint',
      given: cluster({ blueprint: blueprint('unknown') }),
    },
    {
      name: 'sick apps',
      given: cluster({
        apps: [carries('a'), carries('b', CRASHED), carries('b', CRASHED)],
      }),
    },
    {
      name: 'two sick apps',
      given: cluster({ apps: [carries('a', CRASHED), carries('b', CRASHED)] }),
    },
    {
      name: 'cordoned',
      given: cluster({ scheduling: { state: 'cordoned', ...byAna() } }),
    },
    {
      name: 'drained',
      given: cluster({
        apps: [],
        scheduling: { state: 'drained', ...byAna() },
      }),
    },
    {
      name: 'being drained',
      given: cluster({
        scheduling: {
          state: 'draining',
          left: [leaves('a'), leaves('b')],
          ...byAna(),
        },
      }),
    },
    {
      name: 'being drained, one that finds no capacity',
      given: cluster({
        scheduling: {
          state: 'draining',
          left: [leaves('a', 'stuck')],
          ...byAna(),
        },
      }),
    },
    {
      name: 'silent',
      given: cluster({
        freshness: 'stale',
        observedAt: '2026-11-20T11:56:00Z',
      }),
    },
    {
      name: 'unreachable with a reason',
      given: cluster({
        freshness: 'unreachable',
        observedAt: '2026-11-20T09:56:00Z',
        connection: {
          kind: 'kubeconfig',
          since: null,
          roundTripMs: null,
          problem: {
            code: 'cluster-unreachable',
            what: 'w',
            why: 'it did not answer within 5 s',
            next: 'n',
            transient: true,
          },
        },
      }),
    },
    {
      name: 'never seen',
      given: cluster({ freshness: 'unreachable', observedAt: null }),
    },
  ];

  it('has one for every state', () => {
    expect(
      catalogue(cases, given => describeCluster(given, NOW)),
    ).toMatchSnapshot();
  });
});

describe('sentence of the fleet', () => {
  const live = {
    freshness: 'live',
    observedAt: '2026-11-20T12:00:00Z',
    health: HEALTHY,
    scheduling: { state: 'open' },
    blueprint: null,
  } as const;
  const cause = { since: '2026-11-20T11:00:00Z', by: 'user:default/ana' };
  const silent = {
    ...live,
    freshness: 'stale',
    observedAt: '2026-11-20T11:56:00Z',
  } as const;
  const never = {
    ...live,
    freshness: 'unreachable',
    observedAt: null,
  } as const;
  const reading = { ...silent, reading: true } as const;
  const cases = [
    {
      name: 'nothing read yet after a start',
      given: {
        clusters: [reading, reading],
        apps: { total: 13, needAttention: 0 },
      },
    },
    {
      name: 'not all read yet after a start, one silent',
      given: {
        clusters: [live, reading, { ...silent, observedAt: live.observedAt }],
        apps: { total: 13, needAttention: 2 },
      },
    },
    {
      name: 'not read after a start and never seen',
      given: {
        clusters: [live, { ...never, reading: true as const }],
        apps: { total: 1, needAttention: 0 },
      },
    },
    {
      name: 'kept from taking apps, and drifted',
      given: {
        clusters: [
          live,
          { ...live, scheduling: { state: 'cordoned' as const, ...cause } },
          { ...live, scheduling: { state: 'drained' as const, ...cause } },
          {
            ...live,
            scheduling: { state: 'draining' as const, left: [], ...cause },
            blueprint: {
              name: 'golden',
              version: 3,
              state: 'applied' as const,
              message: '',
              addons: [],
              drift: [
                {
                  object: {
                    apiVersion: 'v1',
                    kind: 'ConfigMap',
                    name: 'rules',
                  },
                  kind: 'missing' as const,
                  paths: [],
                  message: 'It is missing',
                },
              ],
            },
          },
        ],
        apps: { total: 3, needAttention: 0 },
      },
    },
    {
      name: 'as the page draws it',
      given: {
        clusters: [...Array(7).fill(live), silent],
        apps: { total: 12, needAttention: 1 },
      },
    },
    {
      name: 'all is well',
      given: { clusters: [live, live], apps: { total: 1, needAttention: 0 } },
    },
    {
      name: 'never seen',
      given: { clusters: [live, never], apps: { total: 2, needAttention: 2 } },
    },
    {
      name: 'no apps',
      given: { clusters: [live], apps: { total: 0, needAttention: 0 } },
    },
    {
      name: 'no clusters',
      given: { clusters: [], apps: { total: 0, needAttention: 0 } },
    },
  ];

  it('has one for every state', () => {
    expect(
      catalogue(cases, given => describeFleet(given, NOW)),
    ).toMatchSnapshot();
  });

  it('says that changes cannot be recorded', () => {
    expect(
      describeFleet(
        {
          clusters: [],
          apps: { total: 0, needAttention: 0 },
          problem: {
            code: 'disk-full',
            why: 'the disk of the database is full',
          },
        },
        NOW,
      ),
    ).toBe(
      'No cluster is registered yet; no app yet. Changes cannot be recorded at the moment: the disk of the database is full.',
    );
  });

  it('says that pushes are refused', () => {
    expect(
      describeFleet(
        {
          clusters: [],
          apps: { total: 0, needAttention: 0 },
          problem: {
            code: 'disk-nearly-full',
            why: 'only 3 MB are free on the disk of the repositories, and 100 MB must stay free',
          },
        },
        NOW,
      ),
    ).toBe(
      'No cluster is registered yet; no app yet. Pushes are refused at the moment: only 3 MB are free on the disk of the repositories, and 100 MB must stay free.',
    );
  });
});

describe('sentence of a placement', () => {
  const cases = [
    {
      name: 'satisfied',
      given: {
        environment: 'prod',
        satisfied: true,
        wanted: 3,
        chosen: ['eu-1', 'us-1', 'ap-1'],
      },
    },
    {
      name: 'fewer than wanted',
      given: {
        environment: 'prod',
        satisfied: false,
        wanted: 3,
        chosen: ['pci-1'],
      },
    },
    {
      name: 'none',
      given: { environment: 'prod', satisfied: false, wanted: 1, chosen: [] },
    },
    {
      name: 'all that fit',
      given: {
        environment: 'edge',
        satisfied: true,
        chosen: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      },
    },
    {
      name: 'divided replicas',
      given: {
        environment: 'prod',
        satisfied: true,
        chosen: ['eu-1', 'us-1'],
        replicas: {
          wanted: 5,
          on: new Map([
            ['eu-1', 3],
            ['us-1', 2],
          ]),
        },
      },
    },
    {
      name: 'fewer replicas than wanted',
      given: {
        environment: 'prod',
        satisfied: false,
        chosen: ['eu-1'],
        replicas: { wanted: 5, on: new Map([['eu-1', 3]]) },
        planned: true,
      },
    },
    {
      name: 'before a first release',
      given: {
        environment: 'prod',
        satisfied: true,
        wanted: 2,
        chosen: ['eu-1', 'us-1'],
        planned: true,
      },
    },
    {
      name: 'before a first release, fewer than wanted',
      given: {
        environment: 'prod',
        satisfied: false,
        wanted: 3,
        chosen: ['pci-1'],
        planned: true,
      },
    },
    {
      name: 'could not be decided',
      given: {
        environment: 'prod',
        satisfied: false,
        wanted: 2,
        chosen: ['eu-1', 'us-1'],
        misconfigured: { why: 'The rule is no rule', next: 'Mend it' },
      },
    },
    {
      name: 'could not be decided, runs nowhere',
      given: {
        environment: 'prod',
        satisfied: false,
        chosen: [],
        misconfigured: { why: 'The rule is no rule', next: 'Mend it' },
      },
    },
  ];

  it('has one for every state', () => {
    expect(catalogue(cases, describePlacementState)).toMatchSnapshot();
  });
});

function catalogue<T>(
  cases: Array<{ name: string; given: T }>,
  describeOne: (given: T) => string,
): string {
  return cases
    .map(({ name, given }) => `${name}: ${describeOne(given)}`)
    .join('\n');
}

function app(environments: AppEnvironment[], newest?: BuildStatus): AppFacts {
  return { name: 'shop', environments, ...(newest && { build: newest }) };
}

function build(state: BuildStatus['state']): BuildStatus {
  const problem: Problem = {
    code: 'no-start-command',
    what: 'w',
    why: 'package.json names no start command',
    next: 'n',
    transient: false,
  };
  return {
    revision: 'abc',
    message: 'Fix',
    author: 'Ana',
    state,
    startedAt: '2026-11-20T11:59:00Z',
    ...(state === 'failed' && { problem }),
  };
}

function environment(
  name: string,
  release: number | null,
  facts: Partial<AppEnvironment> = {},
): AppEnvironment {
  return {
    name,
    title: TITLES[name] ?? name,
    release: release === null ? null : aRelease(release),
    health: HEALTHY,
    freshness: 'live',
    clusters: [],
    findings: [],
    placement: null,
    ...facts,
  };
}

/** A cluster that was out of contact since Callboard started. */
function notReadYet(name: string): DeploymentView {
  return {
    ...on(name),
    freshness: 'stale',
    observedAt: '2026-11-20T11:56:00Z',
    health: LOST,
    reading: true,
  };
}

function aRelease(number: number): Release {
  return {
    number,
    revision: 'abc',
    message: 'Fix',
    author: 'Ana',
    createdAt: '2026-11-20T11:00:00Z',
  };
}

function on(name: string, facts: Partial<DeploymentView> = {}): DeploymentView {
  return {
    cluster: name,
    release: 42,
    desiredRelease: 42,
    sync: 'Synced',
    health: HEALTHY,
    freshness: 'live',
    observedAt: '2026-11-20T12:00:00Z',
    urls: [],
    instances: { ready: 1, wanted: 1 },
    ...facts,
  };
}

function lost(at: string): Partial<DeploymentView> {
  return {
    health: LOST,
    freshness: 'stale',
    observedAt: `2026-11-20T${at}:00Z`,
  };
}

function finding(): Finding {
  return {
    code: 'crashed-at-start',
    what: 'shop cannot start in Development: it ends with exit code 3 right after start',
    evidence: [],
    logTail: [],
    next: 'n',
    confidence: 'certain',
  };
}

function byAna() {
  return { since: '2026-11-20T11:00:00Z', by: 'user:default/ana' };
}

function leaves(name: string, state: 'moving' | 'stuck' = 'moving') {
  return {
    app: name,
    environment: 'prod',
    environmentTitle: 'Production',
    state,
    to: [],
    message: '',
  };
}

function cluster(facts: Partial<ClusterSentenceFacts>): ClusterSentenceFacts {
  return {
    name: 'eu-1',
    freshness: 'live',
    observedAt: '2026-11-20T12:00:00Z',
    blueprint: blueprint('applied'),
    apps: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => carries(name)),
    connection: { kind: 'playground', since: null, roundTripMs: 2 },
    scheduling: { state: 'open' },
    taints: [],
    ...facts,
  };
}

function blueprint(
  state: NonNullable<ClusterSentenceFacts['blueprint']>['state'],
  drifted = 0,
): ClusterSentenceFacts['blueprint'] {
  return {
    name: 'golden',
    version: 3,
    state,
    message: '',
    addons: [],
    drift: Array.from({ length: drifted }, (_, index) => ({
      object: { apiVersion: 'v1', kind: 'ConfigMap', name: `c${index}` },
      kind: 'changed' as const,
      paths: ['data.a'],
      message: '',
    })),
  };
}

function carries(
  name: string,
  health: Health = HEALTHY,
): ClusterSentenceFacts['apps'][number] {
  return {
    app: name,
    environment: 'prod',
    environmentTitle: 'Production',
    release: 1,
    health,
  };
}
