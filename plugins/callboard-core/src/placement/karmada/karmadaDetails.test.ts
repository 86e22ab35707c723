import { readPlacementRemedy } from '@callboard/plugin-callboard-common';
import { applyKarmadaChange } from './applyKarmadaChange';
import { decideKarmadaPolicy } from './decideKarmadaPolicy';
import { findKarmadaRemedy } from './findKarmadaRemedy';
import { filterCluster } from './filterCluster';
import type { KarmadaCluster, KarmadaInput } from './types';

function cluster(
  name: string,
  known: Partial<KarmadaCluster> = {},
): KarmadaCluster {
  return {
    name,
    labels: {},
    taints: [],
    zones: [],
    deleting: false,
    apis: new Set(),
    ...known,
  };
}

function input(
  clusters: KarmadaCluster[],
  known: Partial<KarmadaInput['placement']> = {},
  replicas = 0,
): KarmadaInput {
  return {
    placement: {
      affinities: [],
      tolerations: [],
      spread: [],
      division: { kind: 'duplicated' },
      ...known,
    },
    workload: { replicas, requests: {} },
    clusters,
    previous: [],
  };
}

const capacity = (pods: number) => ({
  resources: { allocatable: { pods }, allocated: {}, allocating: {} },
});
const chosen = (question: KarmadaInput) =>
  decideKarmadaPolicy(question).chosen.join(' ');

describe('karmada in its corners', () => {
  it.each<[object, boolean]>([
    [{ key: 'x', value: 'y' }, true],
    [{ key: 'x', operator: 'Equal', value: 'z' }, false],
    [{ key: 'x', operator: 'Exists', effect: 'NoExecute' }, false],
    [{ key: 'x', operator: 'Like' }, false],
    [{ operator: 'Exists' }, true],
    [{ key: 'other', operator: 'Exists' }, false],
  ])('toleration %j', (toleration, isTolerated) => {
    const tainted = cluster('a', {
      taints: [{ key: 'x', value: 'y', effect: 'NoSchedule' }],
    });
    const reasons = filterCluster(
      tainted,
      undefined,
      input([tainted], { tolerations: [toleration] }),
    );
    expect(reasons.length).toBe(isTolerated ? 0 : 1);
  });

  it('tolerates a taint without a value by its key', () => {
    const tainted = cluster('a', {
      taints: [{ key: 'x', effect: 'NoSchedule' }],
    });
    expect(
      filterCluster(
        tainted,
        undefined,
        input([tainted], { tolerations: [{ key: 'x' }] }),
      ),
    ).toEqual([]);
    expect(filterCluster(tainted, undefined, input([tainted]))).toMatchObject([
      { facts: { value: '' } },
    ]);
  });

  it('chooses regions by the share they have capacity for', () => {
    const members = [
      cluster('a', { region: 'eu', ...capacity(2) }),
      cluster('b', { region: 'eu', ...capacity(2) }),
      cluster('c', { region: 'us', ...capacity(9) }),
      cluster('d', { region: 'ap', ...capacity(1) }),
    ];
    const spread = [
      { field: 'region', minGroups: 2, maxGroups: 2 },
      { field: 'cluster', minGroups: 1, maxGroups: 4 },
    ];
    expect(
      chosen(input(members, { spread, division: { kind: 'dynamic' } }, 6)),
    ).toBe('a b c');
    expect(
      chosen(input(members, { spread, division: { kind: 'duplicated' } }, 99)),
    ).not.toBe('');
  });

  it('refuses where no combination of regions has clusters enough', () => {
    const members = [
      cluster('a', { region: 'eu' }),
      cluster('b', { region: 'us' }),
    ];
    const spread = [
      { field: 'region', minGroups: 1, maxGroups: 2 },
      { field: 'cluster', minGroups: 5, maxGroups: 5 },
    ];
    expect(
      decideKarmadaPolicy(input(members, { spread })).notes[0].facts,
    ).toEqual({ why: expect.stringContaining('combination of regions') });
  });

  it('takes only the best of each region where clusters have no limit', () => {
    const members = [
      cluster('a', { region: 'eu' }),
      cluster('b', { region: 'eu' }),
    ];
    expect(
      chosen(
        input(members, {
          spread: [{ field: 'region', minGroups: 1, maxGroups: 1 }],
        }),
      ),
    ).toBe('a');
  });

  it('refuses where exchanging clusters does not make capacity enough', () => {
    const members = [
      cluster('a', capacity(1)),
      cluster('b', capacity(2)),
      cluster('c', capacity(1)),
    ];
    const spread = [{ field: 'cluster', minGroups: 1, maxGroups: 2 }];
    expect(
      decideKarmadaPolicy(
        input(members, { spread, division: { kind: 'dynamic' } }, 9),
      ).notes[0].facts,
    ).toEqual({ why: 'no 2 clusters have capacity for 9 replicas' });
    expect(
      chosen(input(members, { spread, division: { kind: 'dynamic' } }, 3)),
    ).toBe('a b');
  });

  it('says why when no affinity works, and which one did', () => {
    const affinity = (affinityName: string, ...clusterNames: string[]) => ({
      affinityName,
      clusterNames,
      exclude: [],
    });
    const none = decideKarmadaPolicy(
      input([cluster('a')], {
        affinities: [affinity('one', 'x'), affinity('two', 'y')],
      }),
    );
    expect(none).toMatchObject({
      satisfied: false,
      notes: [{ rule: 'unschedulable' }, { facts: { affinity: 'two' } }],
    });
    expect(none.verdicts[0].reasons[0].facts).toMatchObject({
      affinity: 'two',
    });
    expect(
      decideKarmadaPolicy(
        input([cluster('a')], { affinities: [affinity('one', 'a')] }),
      ).notes,
    ).toEqual([{ rule: 'affinity-taken', facts: { affinity: 'one' } }]);
  });

  it('names every kind of change, and applies it', () => {
    const question: KarmadaInput = {
      ...input([cluster('a', { labels: { old: 'x' } }), cluster('b')], {
        affinities: [
          {
            clusterNames: ['b'],
            exclude: ['a'],
            fieldSelector: [
              { key: 'provider', operator: 'Exists', values: [] },
            ],
            labelSelector: {
              matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }],
            },
          },
        ],
        spread: [
          { field: 'zone', minGroups: 1, maxGroups: 1 },
          { field: 'provider', minGroups: 1, maxGroups: 1 },
          { field: 'cluster', minGroups: 1, maxGroups: 9 },
        ],
      }),
      workload: { apiVersion: 'v1', kind: 'Pod', replicas: 0, requests: {} },
    };
    const remedy = findKarmadaRemedy(
      'a',
      question.placement.affinities[0],
      question,
    )!;
    const { and = [], ...first } = remedy;
    const changes = [first, ...and];
    expect(changes.map(({ rule }) => rule)).toEqual([
      'no-longer-exclude',
      'remove-label',
      'drop-field-selector',
      'name-cluster',
      'serve-api',
      'set-field',
      'set-field',
    ]);
    const fixed = changes.reduce(
      (current, change) => applyKarmadaChange(current, 'a', change),
      question,
    );
    expect(
      filterCluster(fixed.clusters[0], fixed.placement.affinities[0], fixed),
    ).toEqual([]);
    expect(
      applyKarmadaChange(
        question,
        'a',
        readPlacementRemedy({ rule: 'nonsense', facts: {} }),
      ),
    ).toBe(question);
  });

  it('has no remedy for what is deleted or not there', () => {
    const question = input([cluster('a', { deleting: true })]);
    expect(findKarmadaRemedy('a', undefined, question)).toBeUndefined();
    expect(findKarmadaRemedy('z', undefined, question)).toBeUndefined();
  });

  it('breaks ties of equal capacities as Webster does', () => {
    const members = ['c', 'b', 'a'].map(name => cluster(name, capacity(7)));
    const decision = decideKarmadaPolicy(
      input(members, { division: { kind: 'dynamic' } }, 8),
    );
    expect(
      decision.verdicts.map(
        ({ cluster: name, replicas }) => `${name}=${replicas}`,
      ),
    ).toEqual(['a=3', 'b=3', 'c=2']);
  });
});
