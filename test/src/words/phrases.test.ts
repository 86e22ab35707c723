import {
  kubeconfigSource,
  openConnection,
} from '@callboard/plugin-callboard-clusters-node';
import {
  type DeploymentView,
  type AppEnvironment,
  type Health,
  type HealthStatus,
  parseScore,
  type RolloutSummary,
} from '@callboard/plugin-callboard-common';
import {
  describeApp,
  describeContactLoss,
  describeDrift,
  describeOffers,
  describePhase,
  describePlacementReason,
  describePlacementState,
  describePromotion,
  describeRule,
  describeWhatIf,
  listRolloutActions,
  readStrategy,
  startRollout,
} from '@callboard/plugin-callboard-core';

/*
 * What people are told in situations that were once told badly, one row each.
 * Pages word the rest: `plugins/callboard/src/pages/phrases.test.tsx`.
 */

const NOW = new Date('2026-11-20T12:00:00Z');
const TITLES: Record<string, string> = {
  dev: 'Development',
  prod: 'Production',
};

describe('what people are told', () => {
  it.each<[situation: string, told: string | undefined, wanted: string]>([
    [
      'a release is healthy where it must be first',
      describeApp(
        shop([
          environment('dev', 1, { clusters: [on('dev-1')] }),
          environment('prod', null, {
            promotion: { from: 'dev', candidate: 1 },
          }),
        ]),
        NOW,
      ),
      'Release 1 is healthy in Development and ready for Production.',
    ],
    [
      'an environment is meant',
      describePlacementState({
        environment: 'Production',
        satisfied: false,
        wanted: 3,
        chosen: [],
      }),
      'No cluster fits Production.',
    ],
    [
      'a release still starts where it must be first',
      describePromotion(
        {
          title: 'Production',
          promotion: { from: 'dev', candidate: 6 },
        },
        {
          title: 'Development',
          health: health('Progressing'),
          freshness: 'live',
        },
      ),
      'Waiting: release 6 is still starting in Development',
    ],
    [
      'a rollout is paused',
      describeApp(
        shop([
          environment('prod', 8, {
            clusters: ['ap-1', 'eu-1', 'us-1'].map(name => on(name)),
            rollout: paused(),
          }),
        ]),
        NOW,
      ),
      'Release 8 is paused in Production: 2 of 3 clusters have it. Resume to continue.',
    ],
    [
      'a wave is watched before the next one',
      describePhase(
        { kind: 'soaking', stage: 0, untilMs: NOW.getTime() + 2_000 },
        {
          purpose: 'roll-out',
          revision: '8',
          reached: 2,
          clusters: 3,
          soakMs: 2_000,
          wave: 2,
          waves: 3,
          failed: [],
          isMoreToDo: true,
        },
      ),
      'Wave 2 of 3 is up; watching it for 2 s before wave 3',
    ],
    [
      'a rollout is about to be aborted',
      whatAbortDoes(),
      'Stop here. ap-1, eu-1 and us-1 stay on release 8. It cannot be resumed, only rolled back or replaced by another release.',
    ],
    [
      'an action makes no sense any more',
      describeOffers([{ action: 'rollback' }], { before: 7 }),
      'You can roll back to release 7',
    ],
    [
      'a colon is missing in a file',
      whyRefused(
        'apiVersion: score.dev/v1b1\nmetadata:\n  name: shop\ncontainers\n  web:\n    image: .\n',
      ),
      'Cannot read score.yaml, line 4: `containers` needs a colon',
    ],
    [
      'a field is misspelt',
      whyRefused(
        'apiVersion: score.dev/v1b1\nmetadata: { name: shop }\ncontainer:\n  web:\n    image: .\n',
      ),
      'Cannot read the workload score.yaml, line 3: `container` is not a field; did you mean `containers`?',
    ],
    [
      'a cluster was silent for too long',
      describeContactLoss('eu-1', 15_000),
      'No contact with eu-1 for 15 s',
    ],
    [
      'a drain would move nothing',
      describeWhatIf(
        {
          moves: [],
          lostSpread: [],
          shortages: ['shop', 'billing'].map(app => ({
            app,
            wanted: 1,
            found: 0,
            stuck: ['us-1'],
          })),
          stays: [],
        },
        [{ kind: 'drain', cluster: 'us-1' }],
      ),
      'Draining us-1 moves no app: 2 have nowhere else to run',
    ],
    [
      'a cluster is of another environment',
      describePlacementReason({
        rule: 'required-labels',
        facts: { key: 'env', operator: 'In', wanted: ['prod'], actual: 'dev' },
      }),
      'Needs a prod cluster; this one is dev',
    ],
    [
      'a cluster is preferred because the app runs there',
      describePlacementReason({
        rule: 'score',
        facts: { prioritizer: 'Steady', score: 100, weight: 1 },
      }),
      'Preferred: already runs here',
    ],
    ['labels were judged', describeRule('required-labels'), 'right labels'],
    [
      'taints were judged',
      describeRule('tolerates-taints'),
      'not reserved for others',
    ],
    [
      'a taint keeps the app away',
      describePlacementReason({
        rule: 'tolerates-taints',
        facts: { key: 'team', value: 'a', effect: 'NoSelect' },
      }),
      'Reserved for others: taint team=a (NoSelect)',
    ],
    ['a blueprint is as it was applied', describeDrift(0), 'No drift'],
  ])('when %s', (_, told, wanted) => {
    expect(told).toBe(wanted);
  });

  it('when a cluster cannot be asked', async () => {
    const [cluster] = await kubeconfigSource([
      {
        name: 'eu-1',
        url: 'http://127.0.0.1:1', // nothing listens there
        token: 'token',
        allowPlainHttp: true,
        livenessDeadlineMs: 6_000,
      },
    ]).listClusters();
    const answer = await openConnection(cluster).readVersion();
    expect(answer.ok ? undefined : answer.problem.what).toBe(
      'eu-1 does not answer',
    );
  });
});

function shop(environments: AppEnvironment[]) {
  return { name: 'shop', environments };
}

function health(status: HealthStatus): Health {
  return { status, reason: 'Reported', message: '' };
}

function environment(
  name: string,
  release: number | null,
  over: Partial<AppEnvironment>,
): AppEnvironment {
  return {
    name,
    title: TITLES[name],
    release:
      release === null
        ? null
        : {
            number: release,
            revision: 'a'.repeat(40),
            message: 'Fix rounding',
            author: 'Ana',
            createdAt: NOW.toISOString(),
          },
    health: health('Healthy'),
    freshness: 'live',
    clusters: [],
    findings: [],
    placement: null,
    ...over,
  };
}

function on(cluster: string): DeploymentView {
  return {
    cluster,
    release: 1,
    desiredRelease: 1,
    sync: 'Synced',
    health: health('Healthy'),
    freshness: 'live',
    observedAt: NOW.toISOString(),
    urls: [],
    instances: { ready: 1, wanted: 1 },
  };
}

function paused(): RolloutSummary {
  return {
    release: 8,
    before: 7,
    purpose: 'roll-out',
    phase: 'paused',
    sentence: 'Paused: 2 of 3 clusters have release 8. Resume to continue',
    wave: 2,
    waveCount: 3,
    reached: 2,
    clusterCount: 3,
    startedBy: 'user:default/ana',
    startedAt: NOW.toISOString(),
  };
}

function whatAbortDoes(): string | undefined {
  const strategy = readStrategy({ type: 'All' });
  if (!strategy.ok) throw new Error(strategy.problem.why);
  const { rollout } = startRollout(
    {
      revision: '8',
      strategy: strategy.value,
      groups: [{ name: '', clusters: ['ap-1', 'eu-1', 'us-1'] }],
    },
    NOW,
  );
  return listRolloutActions(rollout, { release: 8, before: 7 }, NOW).find(
    ({ action }) => action === 'abort',
  )?.does;
}

function whyRefused(text: string): string | undefined {
  const parsed = parseScore(text, { file: 'score.yaml' });
  return parsed.ok
    ? undefined
    : `${parsed.problem.what}: ${parsed.problem.why}`;
}
