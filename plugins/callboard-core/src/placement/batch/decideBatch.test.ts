import fc from 'fast-check';
import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import { type BatchApp, decideBatch } from './decideBatch';

const NOW = new Date('2026-11-20T12:00:00Z');

function cluster(
  name: string,
  pods?: number,
  labels: Record<string, string> = {},
): ClusterFacts {
  return {
    name,
    labels,
    claims: {},
    taints: [],
    freshness: 'live',
    ...(pods !== undefined && { free: { pods } }),
  };
}

function app(name: string, known: Partial<BatchApp> = {}): BatchApp {
  return {
    name,
    spec: { numberOfClusters: 1 },
    needs: { pods: 1 },
    previous: [],
    ...known,
  };
}

function tally(
  apps: BatchApp[],
  clusters: ClusterFacts[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { chosen } of decideBatch({ apps, clusters }, NOW).values()) {
    for (const name of chosen) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('decideBatch', () => {
  it('fills the capacity there is: 15 equal apps, capacity for 10 and 5, end 10 and 5', () => {
    const apps = Array.from({ length: 15 }, (_, index) => app(`app-${index}`));
    expect(tally(apps, [cluster('a', 10), cluster('b', 5)])).toEqual({
      a: 10,
      b: 5,
    });
  });

  it('asks who has few places to go before who has many', () => {
    const picky = app('zebra', {
      spec: {
        numberOfClusters: 1,
        predicates: [
          {
            requiredClusterSelector: {
              labelSelector: { matchLabels: { gpu: 'yes' } },
            },
          },
        ],
      },
    });
    const decisions = decideBatch(
      {
        apps: [app('ant'), picky],
        clusters: [cluster('a', 1, { gpu: 'yes' }), cluster('b', 1)],
      },
      NOW,
    );
    expect(decisions.get('zebra')?.chosen).toEqual(['a']);
    expect(decisions.get('ant')?.chosen).toEqual(['b']);
  });

  it('takes no capacity from what runs already', () => {
    const apps = [app('new'), app('old', { previous: ['a'] })];
    const decisions = decideBatch(
      { apps, clusters: [cluster('a', 0), cluster('b', 0)] },
      NOW,
    );
    expect(decisions.get('old')?.chosen).toEqual(['a']);
    expect(decisions.get('new')).toMatchObject({
      satisfied: false,
      chosen: [],
    });
    expect(decisions.get('new')?.verdicts[0]).toMatchObject({
      reasons: [
        {
          rule: 'has-capacity',
          facts: { resource: 'pods', free: 0, needed: 1 },
        },
      ],
      remedy: { rule: 'free-capacity', facts: { pods: 1 } },
    });
  });

  it('gives back the capacity of what leaves', () => {
    const clusters = [{ ...cluster('a', 0), draining: true }, cluster('b', 1)];
    const decisions = decideBatch(
      { apps: [app('old', { previous: ['a'] })], clusters },
      NOW,
    );
    expect(decisions.get('old')?.chosen).toEqual(['b']);
  });

  it('asks who runs already before who is new', () => {
    const clusters = [{ ...cluster('x'), draining: true }, cluster('y', 1)];
    const apps = [app('ant'), app('zebra', { previous: ['x'] })];
    const decisions = decideBatch({ apps, clusters }, NOW);
    expect(decisions.get('zebra')?.chosen).toEqual(['y']);
    expect(decisions.get('ant')?.chosen).toEqual([]);
  });

  it('finds capacity for others where somebody left', () => {
    const spec = {
      numberOfClusters: 1,
      predicates: [
        {
          requiredClusterSelector: {
            labelSelector: { matchLabels: { disk: 'fast' } },
          },
        },
      ],
    };
    const terminating = app('old', {
      spec,
      previous: ['x'],
      needs: { pods: 2, cpuMillicores: 10, memoryBytes: 7 },
    });
    const decisions = decideBatch(
      {
        apps: [terminating, app('one'), app('two'), app('too-many')],
        clusters: [cluster('x', 0), cluster('y', 2, { disk: 'fast' })],
      },
      NOW,
    );
    expect(
      [...decisions].map(([name, { chosen }]) => [name, ...chosen]),
    ).toEqual([['old', 'y'], ['one', 'x'], ['too-many', 'x'], ['two']]);
  });

  it('counts what one copy takes on each cluster by itself', () => {
    const apps = ['one', 'two', 'three'].map(name =>
      app(name, { needsOn: { x: { pods: 2 } } }),
    );
    expect(tally(apps, [cluster('x', 3), cluster('y', 1)])).toEqual({
      x: 1,
      y: 1,
    });
    const choosy = app('a-needs-much', {
      needsOn: { x: { pods: 9 } },
      needs: { pods: 1 },
    });
    expect(
      decideBatch(
        {
          apps: [app('a'), choosy],
          clusters: [cluster('x', 1), cluster('y', 1)],
        },
        NOW,
      ).get('a-needs-much')?.chosen,
    ).toEqual(['y']);
  });

  it('balances with what runs elsewhere, and not with itself', () => {
    const balanced = {
      numberOfClusters: 1,
      prioritizerPolicy: {
        mode: 'Exact' as const,
        configurations: [
          {
            scoreCoordinate: { type: 'BuiltIn' as const, builtIn: 'Balance' },
            weight: 1,
          },
        ],
      },
    };
    const alone = app('alone', { spec: balanced, previous: ['x'] });
    expect(tally([alone], [cluster('x'), cluster('y')])).toEqual({ x: 1 });
    const other = app('other', { previous: ['x'] });
    expect(tally([alone, other], [cluster('x'), cluster('y')])).toEqual({
      x: 1,
      y: 1,
    });
  });

  it('spreads apps evenly where capacity is not known', () => {
    const apps = Array.from({ length: 6 }, (_, index) =>
      app(`app-${index}`, { needs: undefined }),
    );
    expect(tally(apps, [cluster('a'), cluster('b'), cluster('c', 9)])).toEqual({
      a: 2,
      b: 2,
      c: 2,
    });
  });

  it('never gives more than there is, and leaves nobody out while there is capacity', () => {
    const given = fc.tuple(
      fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
      fc.nat(15),
    );
    fc.assert(
      fc.property(given, ([pods, count]) => {
        const clusters = pods.map((capacity, index) =>
          cluster(`c${index}`, capacity),
        );
        const counts = tally(
          Array.from({ length: count }, (_, index) => app(`app-${index}`)),
          clusters,
        );
        pods.forEach((capacity, index) =>
          expect(counts[`c${index}`] ?? 0).toBeLessThanOrEqual(capacity),
        );
        const placed = Object.values(counts).reduce(
          (sum, number) => sum + number,
          0,
        );
        expect(placed).toBe(
          Math.min(
            count,
            pods.reduce((sum, capacity) => sum + capacity, 0),
          ),
        );
      }),
    );
  });
});
