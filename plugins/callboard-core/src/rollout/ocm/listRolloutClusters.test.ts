import { answerRollout } from './answerRollout';
import { listRolloutClusters } from './listRolloutClusters';
import { readStrategy } from './readStrategy';
import type {
  ClusterRolloutStatus,
  RolloutAnswer,
  RolloutGroup,
  RolloutStatus,
} from './types';

const NOW = new Date('2026-11-20T12:00:00Z');

/** `a:Progressing@60` is progressing for 60 seconds. */
function statuses(text: string): ClusterRolloutStatus[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map(word => {
      const [, cluster, status, age] = /^(\w+):(\w+)(?:@(\d+))?$/.exec(word)!;
      return {
        cluster,
        status: status as RolloutStatus,
        ...(age && {
          lastTransitionTime: new Date(NOW.getTime() - Number(age) * 1000),
        }),
      };
    });
}

/** `canary=a,b =c` */
function groups(text: string): RolloutGroup[] {
  return text.split(' ').map(word => {
    const [name, clusters] = word.split('=');
    return { name, clusters: clusters.split(',').filter(Boolean) };
  });
}

function brief({
  rollout,
  timeOut,
  removed,
  maxFailureBreach,
  recheckAfterMs,
}: RolloutAnswer): string {
  const list = (name: string, items: RolloutAnswer['rollout']) =>
    items.length > 0
      ? [
          `${name} ${items
            .map(
              ({ cluster, status, group }) =>
                `${cluster}${group === undefined ? '' : group}:${status}`,
            )
            .join(' ')}`,
        ]
      : [];
  return [
    ...list('rollout', rollout),
    ...list('timeOut', timeOut),
    ...list('removed', removed),
    ...(maxFailureBreach ? ['breach'] : []),
    ...(recheckAfterMs === undefined ? [] : [`again ${recheckAfterMs / 1000}`]),
  ].join('; ');
}

const progressive = (rest: object) => ({
  type: 'Progressive',
  progressive: rest,
});
const perGroup = (rest: object) => ({
  type: 'ProgressivePerGroup',
  progressivePerGroup: rest,
});
const all = (rest: object = {}) => ({ type: 'All', all: rest });

describe('listRolloutClusters answers as the engine does', () => {
  it.each<[string, object, string, string, string]>([
    ['all at once', all(), '=b,a', '', 'rollout a0:ToApply b0:ToApply'],
    [
      'per group: a cluster of two groups is listed with the one that is begun',
      perGroup({}),
      'one=a,b two=c,b',
      '',
      'rollout a0:ToApply b0:ToApply',
    ],
    [
      'all: a deadline met is timed out',
      all({ progressDeadline: '60s' }),
      '=a,b',
      'a:Progressing@60 b:Failed@59',
      'rollout b0:Failed; timeOut a0:TimeOut; again 1',
    ],
    [
      'all: a deadline ends within a second, even within a millisecond',
      all({ progressDeadline: '60s500ms' }),
      '=a,b',
      'a:Progressing@60 b:Failed@61',
      'rollout a0:Progressing; timeOut b0:TimeOut; again 0.5',
    ],
    [
      'progressive: a soak ends within a millisecond',
      progressive({ minSuccessTime: '60s500us' }),
      '=a,b',
      'a:Succeeded@60 b:Succeeded@61',
      'rollout a0:Succeeded; again 60.0005',
    ],
    [
      'all: failures stop nothing',
      all(),
      '=a,b',
      'a:Failed@9',
      'rollout a0:Failed b0:ToApply',
    ],
    [
      'skip vanishes, and so does what succeeded',
      all(),
      '=a,b,c',
      'a:Skip b:Succeeded@1',
      'rollout c0:ToApply',
    ],
    [
      'no longer placed',
      all(),
      '=a',
      'z:Succeeded a:Succeeded y:Failed',
      'removed z:Succeeded y:Failed',
    ],
    [
      'progressive: no more than may be',
      progressive({ maxConcurrency: 2 }),
      '=c,b,a',
      '',
      'rollout a0:ToApply b0:ToApply',
    ],
    [
      'progressive: what waits with a status of its own takes a place',
      progressive({ maxConcurrency: 1, progressDeadline: '60s' }),
      '=a,b',
      'b:ToApply@99',
      'rollout b0:ToApply',
    ],
    [
      'progressive: a percentage is rounded up',
      progressive({ maxConcurrency: '34%' }),
      '=a,b,c',
      '',
      'rollout a0:ToApply b0:ToApply',
    ],
    [
      'progressive: out of range is all',
      progressive({ maxConcurrency: 9 }),
      '=a,b',
      '',
      'rollout a0:ToApply b0:ToApply',
    ],
    [
      'progressive: what soaks takes its place',
      progressive({ maxConcurrency: 1, minSuccessTime: '60s' }),
      '=a,b',
      'a:Succeeded@59',
      'rollout a0:Succeeded; again 60',
    ],
    [
      'progressive: the end of the soak is over',
      progressive({ maxConcurrency: 1, minSuccessTime: '60s' }),
      '=a,b',
      'a:Succeeded@60',
      'rollout b0:ToApply; again 60',
    ],
    [
      'progressive: a missing time counts as now',
      progressive({ maxConcurrency: 1, minSuccessTime: '5s' }),
      '=a,b',
      'a:Succeeded',
      'rollout a0:Succeeded; again 5',
    ],
    [
      'progressive: too many failures hold back what is to apply',
      progressive({ maxFailures: 0 }),
      '=a,b,c',
      'a:Failed@1 b:ToApply',
      'rollout a0:Failed; breach',
    ],
    [
      'progressive: failures within the limit',
      progressive({ maxFailures: 1 }),
      '=a,b,c',
      'a:Failed@1',
      'rollout a0:Failed b0:ToApply c0:ToApply',
    ],
    [
      'progressive: a time-out that arrives counts and is not listed',
      progressive({ maxFailures: 0 }),
      '=a,b',
      'a:TimeOut',
      'breach',
    ],
    [
      'progressive: full before later time-outs are seen',
      progressive({ maxConcurrency: 1, progressDeadline: '10s' }),
      '=a,b',
      'a:Progressing@1 b:Progressing@99',
      'rollout a0:Progressing; again 9',
    ],
    [
      'progressive: mandatory groups first',
      progressive({
        maxConcurrency: 1,
        mandatoryDecisionGroups: [{ groupName: 'canary' }],
      }),
      'canary=x,y =a',
      '',
      'rollout x0:ToApply y0:ToApply',
    ],
    [
      'progressive: the rest after them',
      progressive({ maxConcurrency: 1, mandatoryDecisionGroups: [{}] }),
      'canary=x =a,b',
      'x:Succeeded@9',
      'rollout a1:ToApply',
    ],
    [
      'progressive: a percentage is of those that are not mandatory',
      progressive({
        maxConcurrency: '50%',
        mandatoryDecisionGroups: [{ groupName: 'canary' }],
      }),
      'canary=x,y =a,b',
      'x:Succeeded@9 y:Succeeded@9',
      'rollout a1:ToApply',
    ],
    [
      'progressive: a mandatory group tolerates no failure',
      progressive({
        maxFailures: 5,
        mandatoryDecisionGroups: [{ groupIndex: 0 }],
      }),
      'canary=x,y =a',
      'x:Failed@1',
      'rollout x0:Failed y0:ToApply; breach',
    ],
    [
      'unknown mandatory groups are ignored',
      progressive({
        mandatoryDecisionGroups: [{ groupName: 'none' }, { groupIndex: 7 }],
      }),
      '=a',
      '',
      'rollout a0:ToApply',
    ],
    [
      'per group: one after the other',
      perGroup({}),
      'one=b,a two=c',
      '',
      'rollout a0:ToApply b0:ToApply',
    ],
    [
      'per group: the next when the first is done',
      perGroup({}),
      'one=a two=c',
      'a:Succeeded@9',
      'rollout c1:ToApply',
    ],
    [
      'per group: begun ones first, in the order given',
      perGroup({}),
      'one=a,b,c',
      'c:Progressing b:Progressing',
      'rollout c0:Progressing b0:Progressing a0:ToApply',
    ],
    [
      'per group: failures of the group',
      perGroup({ maxFailures: '50%' }),
      'one=a,b two=c',
      'a:Failed@1 b:Succeeded@9',
      'rollout a0:Failed c1:ToApply',
    ],
    [
      'per group: too many failures',
      perGroup({ maxFailures: 0 }),
      'one=a,b two=c',
      'a:Failed@1 b:Succeeded@9',
      'rollout a0:Failed; breach',
    ],
    [
      'per group: mandatory first',
      perGroup({ mandatoryDecisionGroups: [{ groupName: 'two' }] }),
      'one=a two=c',
      '',
      'rollout c1:ToApply',
    ],
    [
      'per group: all were mandatory, and are done',
      perGroup({ mandatoryDecisionGroups: [{ groupName: 'one' }] }),
      'one=a',
      'a:Succeeded@9',
      '',
    ],
    [
      'per group: all done',
      perGroup({}),
      'one=a two=c',
      'a:Succeeded@9 c:Skip',
      '',
    ],
    [
      'statuses by name, whatever their order',
      progressive({ maxConcurrency: 1 }),
      '=a,b',
      'b:Progressing a:Progressing',
      'rollout a0:Progressing',
    ],
    [
      'after a failure too many what is under way is listed, what waits is not',
      progressive({ maxFailures: 0 }),
      '=a,b,c',
      'a:Failed@1 b:Progressing@1 c:ToApply',
      'rollout a0:Failed b0:Progressing; breach',
    ],
    [
      'more failures than clusters mean none',
      progressive({ maxFailures: 9 }),
      '=a,b',
      'a:Failed@1',
      'rollout a0:Failed; breach',
    ],
    [
      'looks again at the earliest time-out',
      all({ progressDeadline: '60s' }),
      '=a,b',
      'a:Progressing@10 b:Progressing@30',
      'rollout a0:Progressing b0:Progressing; again 30',
    ],
    [
      'mandatory: a time-out holds the rest back',
      perGroup({
        progressDeadline: '60s',
        mandatoryDecisionGroups: [{ groupName: 'two' }],
      }),
      'one=a two=c',
      'c:Progressing@60',
      'timeOut c1:TimeOut; breach',
    ],
    [
      'per group: a time-out that arrives is a failure',
      perGroup({}),
      'one=a two=b',
      'a:TimeOut',
      'breach',
    ],
    [
      'per group: what was begun comes first',
      perGroup({}),
      'one=b,a',
      'b:ToApply a:Progressing@1',
      'rollout a0:Progressing b0:ToApply',
    ],
    ['no groups', progressive({}), '=', '', ''],
    [
      'a cluster in two groups counts once',
      progressive({ maxConcurrency: '50%', maxFailures: '50%' }),
      'one=a,b two=b,c three=c,d',
      'a:TimeOut b:TimeOut',
      'rollout c2:ToApply d2:ToApply',
    ],
  ])('%s', (_, strategy, given, status, expected) => {
    const read = readStrategy(strategy);
    if (!read.ok) throw new Error(read.problem.why);
    const answer = listRolloutClusters(
      {
        strategy: read.value,
        groups: groups(given),
        statuses: statuses(status),
      },
      NOW,
    );
    expect(brief(answer)).toBe(expected);
    const asWritten = answerRollout(
      {
        strategy,
        groups: groups(given),
        statuses: statuses(status),
      },
      NOW,
    );
    expect(asWritten).toEqual({ ok: true, value: answer });
  });

  it.each([
    [
      'is not read while mandatory groups are under way',
      '',
      'rollout c1:ToApply',
    ],
    ['is refused once they are done', 'c:Succeeded', undefined],
  ])('a faulty maxConcurrency %s', (_, status, expected) => {
    const step = answerRollout(
      {
        strategy: progressive({
          maxConcurrency: '3',
          mandatoryDecisionGroups: [{ groupName: 'two' }],
        }),
        groups: groups('one=a two=c'),
        statuses: statuses(status),
      },
      NOW,
    );
    expect(step.ok ? brief(step.value) : undefined).toBe(expected);
  });

  it.each<[unknown, boolean]>([
    [undefined, true],
    [null, true],
    ['All', false],
    [{ type: 'All', progressive: { minSuccessTime: 'soon' } }, false],
    [{ type: 'All', progressivePerGroup: { maxFailures: 1.5 } }, false],
    [{ type: 'All', progressive: { maxConcurrency: 'two' } }, true],
    [{ type: 'Slowly', progressive: null }, false],
    [{ type: 'Slowly', progressive: 1 }, false],
    [{ type: 'Progressive', progressive: 1 }, true],
  ])('strategy %j is read: %s', (strategy, isRead) => {
    const question = { groups: groups('one=a'), statuses: [] };
    expect(answerRollout({ ...question, strategy }, NOW).ok).toBe(isRead);
  });

  it.each<[string, object]>([
    ['an unknown type', { type: 'Slowly' }],
    ['an empty type', { type: '' }],
    [
      'a deadline that is no duration',
      progressive({ progressDeadline: 'soon' }),
    ],
    [
      'a deadline with trailing nonsense',
      progressive({ progressDeadline: '5m30' }),
    ],
    ['a minimum that is no duration', progressive({ minSuccessTime: 5 })],
    ['a size that is no percentage', progressive({ maxConcurrency: 'two' })],
    ['failures that are no number', perGroup({ maxFailures: 1.5 })],
  ])('refuses %s', (_, strategy) => {
    const read = readStrategy(strategy);
    expect(read).toMatchObject({
      ok: false,
      problem: { code: 'rollout-misconfigured' },
    });
  });
});
