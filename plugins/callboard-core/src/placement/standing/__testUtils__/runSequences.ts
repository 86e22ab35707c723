import type {
  ClusterFacts,
  PlacementDecision,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import type { BatchApp } from '../../batch';
import { decideWithRetention } from '../../decideWithRetention';
import type { ModulePlacementRule } from '../../moduleRules';
import { isSameAnswer } from '../isSameAnswer';
import { StandingDecisions } from '../StandingDecisions';

const CHANGES = 6;
const START_MS = Date.parse('2026-11-20T12:00:00Z');

interface Fleet {
  clusters: ClusterFacts[];
  apps: BatchApp[];
  recorded: Map<string, PlacementDecision>;
  nowMs: number;
}

/** They look at all that rules of modules may look at. */
const MODULE_RULES: readonly ModulePlacementRule[] = [
  {
    name: 'by-labels-and-claims',
    refuse: ({ labels, claims }) =>
      labels.region === 'ap' && claims.provider === 'aws'
        ? { why: 'Not there' }
        : undefined,
  },
  {
    name: 'by-the-rest',
    refuse: (
      { name, clusterSet, taints, blueprint },
      { app, requires, needs },
    ) =>
      (clusterSet === 'gold' && taints.length > 0) ||
      (blueprint?.name === 'pci' && requires?.blueprint !== 'pci') ||
      (name === 'c1' && app === 'app-1' && needs?.pods === 1)
        ? { why: 'Not that one' }
        : undefined,
  },
  {
    name: 'fails',
    refuse: ({ labels }) => {
      if (labels.env === undefined) throw new Error('no env');
      return undefined;
    },
  },
];

/** The same throws for the same seed (mulberry32). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
}

/**
 * Plays random sequences of changes to small fleets, as the reconciler meets
 * them: it looks at each app, decides where the decision does not stand, and
 * records what says something new. Where a decision stands it is decided from
 * scratch all the same, and has to be the same answer.
 *
 * @throws at the first that is not
 */
export function runSequences({
  sequences,
  seed,
}: {
  sequences: number;
  seed: number;
}): { decisions: number; stood: number; moves: number } {
  const dice = new Dice(seed);
  const counts = { decisions: 0, stood: 0, moves: 0 };
  for (let sequence = 0; sequence < sequences; sequence += 1) {
    const clusters = Array.from({ length: 2 + dice.below(6) }, (_, index) =>
      makeCluster(index, dice),
    );
    const apps = [0, 1, 2].map(index => makeApp(index, dice));
    const fleet: Fleet = {
      clusters,
      apps,
      recorded: new Map(),
      nowMs: START_MS,
    };
    const standing = new StandingDecisions();
    for (let change = 0; change < CHANGES; change += 1) {
      lookAtAll(fleet, standing, counts);
      // Twice: what has just moved is decided once more where it is now.
      if (dice.chance(0.7)) lookAtAll(fleet, standing, counts);
      changeSomething(fleet, dice);
    }
  }
  return counts;
}

function lookAtAll(
  fleet: Fleet,
  standing: StandingDecisions,
  counts: { decisions: number; stood: number; moves: number },
): void {
  const now = new Date(fleet.nowMs);
  for (const app of fleet.apps) {
    const before = fleet.recorded.get(app.name);
    const asked: BatchApp = {
      ...app,
      previous: before?.chosen ?? [],
      ...(before && { before }),
    };
    const places = countPlaces(fleet);
    const clusters = withCapacity(fleet, places);
    standing.update({ clusters, places }, now);
    const others = { ...places };
    for (const cluster of asked.previous) others[cluster] -= 1;
    const scratch = decideWithRetention({ ...asked, clusters, others }, now);
    counts.decisions += 1;
    const version = JSON.stringify([app, asked.previous]);
    if (before && standing.stands(app.name, version)) {
      counts.stood += 1;
      if (!isSameAnswer(before, scratch))
        throw new Error(
          `Does not stand: ${JSON.stringify({
            asked,
            clusters,
            others,
            scratch,
          })}`,
        );
      continue;
    }
    if (before?.chosen.join() !== scratch.chosen.join()) counts.moves += 1;
    const kept = before && isSameAnswer(before, scratch) ? before : scratch;
    fleet.recorded.set(app.name, kept);
    standing.keep(asked, {
      decision: scratch,
      version: JSON.stringify([app, kept.chosen]),
    });
  }
}

function changeSomething(fleet: Fleet, dice: Dice): void {
  const { clusters, apps } = fleet;
  fleet.nowMs += dice.pick([0, 1_000, 400_000]);
  const index = dice.below(clusters.length);
  switch (dice.below(6)) {
    case 0: {
      const at = dice.below(apps.length);
      apps[at] = makeApp(at, dice);
      break;
    }
    case 1:
      if (dice.chance(0.3) && clusters.length > 2) clusters.splice(index, 1);
      else if (clusters.length < 8)
        clusters.push(makeCluster(clusters.length + 10, dice));
      break;
    case 2:
      clusters[index] = {
        ...clusters[index],
        observedAt: new Date(fleet.nowMs).toISOString(),
      };
      break;
    default: {
      const other = makeCluster(0, dice);
      const fact = dice.pick(Object.keys(other) as Array<keyof ClusterFacts>);
      if (fact !== 'name')
        clusters[index] = { ...clusters[index], [fact]: other[fact] };
    }
  }
}

function makeCluster(index: number, dice: Dice): ClusterFacts {
  return {
    name: `c${index}`,
    labels: {
      ...(dice.chance(0.8) && { env: dice.pick(['prod', 'dev']) }),
      ...(dice.chance(0.8) && { region: dice.pick(['eu', 'us', 'ap']) }),
    },
    claims: dice.chance(0.5) ? { provider: dice.pick(['aws', 'gcp']) } : {},
    clusterSet: dice.chance(0.5) ? 'gold' : undefined,
    taints: dice.chance(0.3)
      ? [
          {
            key: dice.pick(['team', 'callboard.dev/blueprint']),
            value: 'pci',
            effect: dice.pick(['NoSelect', 'NoSelectIfNew', 'PreferNoSelect']),
          },
        ]
      : [],
    freshness: dice.pick(['live', 'live', 'live', 'live', 'stale']),
    observedAt: new Date(START_MS).toISOString(),
    blueprint: dice.chance(0.3)
      ? { name: 'pci', version: 1, state: 'active', inherits: ['golden'] }
      : undefined,
    unknownBlueprint: dice.chance(0.1) ? 'lost' : undefined,
    cordoned: dice.chance(0.15),
    draining: dice.chance(0.1),
    deleting: dice.chance(0.05),
    free: dice.chance(0.5) ? { pods: dice.below(4) } : undefined,
    allocatable: dice.chance(0.5) ? { pods: dice.below(4) } : undefined,
    capacity: dice.chance(0.3)
      ? { cpuMillicores: 1, largestNode: { memoryBytes: dice.below(3) } }
      : undefined,
    scores: { 'net/latency': dice.below(5) * 10 },
  };
}

function makeApp(index: number, dice: Dice): BatchApp {
  return {
    name: `app-${index}`,
    spec: makeSpec(dice),
    requires: dice.chance(0.2)
      ? { blueprint: dice.pick(['golden', 'pci']) }
      : undefined,
    needs: dice.chance(0.5) ? { pods: 1 } : undefined,
    ...(dice.chance(0.2) && { needsOn: { c1: { pods: 2 } } }),
    ...(dice.chance(0.3) && { instance: { memoryBytes: 1 } }),
    ...(dice.chance(0.3) && { failoverAfterSeconds: 300 }),
    ...(dice.chance(0.3) && {
      modules: {
        rules: [dice.pick(MODULE_RULES)],
        app: { app: `app-${index}`, environment: 'live' },
      },
    }),
    ...(dice.chance(0.1) && {
      failovers: [
        {
          cluster: 'c0',
          standIns: ['c1'],
          state: dice.pick(['away', 'returning'] as const),
        },
      ],
    }),
    previous: [],
  };
}

function makeSpec(dice: Dice): PlacementSpec {
  return {
    ...(dice.chance(0.8) && { numberOfClusters: dice.below(4) }),
    clusterSets: dice.chance(0.2) ? ['gold'] : [],
    predicates: dice.chance(0.6) ? [makePredicate(dice)] : [],
    tolerations: dice.chance(0.3)
      ? [
          {
            key: 'team',
            operator: 'Exists',
            ...(dice.chance(0.2) && { tolerationSeconds: 5 }),
          },
        ]
      : [],
    ...(dice.chance(0.4) && {
      spreadPolicy: {
        spreadConstraints: [
          {
            topologyKey: dice.pick(['region', 'env', 'provider']),
            topologyKeyType: dice.pick(['Label', 'Claim']),
            maxSkew: dice.pick([1, 2]),
            whenUnsatisfiable: dice.pick(['DoNotSchedule', 'ScheduleAnyway']),
          },
        ],
      },
    }),
    ...(dice.chance(0.3) && { prioritizerPolicy: makePolicy(dice) }),
    ...(dice.chance(0.1) && {
      decisionStrategy: {
        groupStrategy: {
          decisionGroups: [
            {
              groupName: 'first',
              groupClusterSelector: {
                labelSelector: { matchLabels: { env: 'prod' } },
              },
            },
          ],
        },
      },
    }),
    ...(dice.chance(0.05) && {
      replicaScheduling: { replicaSchedulingType: 'Divided' },
    }),
  };
}

function makePredicate(
  dice: Dice,
): NonNullable<PlacementSpec['predicates']>[number] {
  return {
    requiredClusterSelector: dice.pick([
      { labelSelector: { matchLabels: { env: 'prod' } } },
      {
        labelSelector: {
          matchExpressions: [
            { key: 'region', operator: 'NotIn' as const, values: ['ap'] },
          ],
        },
      },
      {
        claimSelector: {
          matchExpressions: [{ key: 'provider', operator: 'Exists' as const }],
        },
      },
      {
        celSelector: {
          celExpressions: ["managedCluster.metadata.labels['env'] == 'prod'"],
        },
      },
    ]),
  };
}

function makePolicy(
  dice: Dice,
): NonNullable<PlacementSpec['prioritizerPolicy']> {
  return {
    mode: dice.pick(['Additive', 'Exact']),
    configurations: [
      dice.pick([
        {
          scoreCoordinate: {
            type: 'AddOn' as const,
            addOn: { resourceName: 'net', scoreName: 'latency' },
          },
          weight: 2,
        },
        {
          scoreCoordinate: { type: 'BuiltIn' as const, builtIn: 'Steady' },
          weight: 0,
        },
        {
          scoreCoordinate: { type: 'BuiltIn' as const, builtIn: 'Balance' },
          weight: 3,
        },
        {
          scoreCoordinate: {
            type: 'BuiltIn' as const,
            builtIn: 'ResourceAllocatableCPU',
          },
        },
      ]),
    ],
  };
}

/** How many placements each cluster carries. */
function countPlaces({ clusters, recorded }: Fleet): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(
    clusters.map(({ name }) => [name, 0]),
  );
  for (const { chosen } of recorded.values())
    for (const name of chosen) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** What is promised is no longer free. New objects each time, as each reading makes them. */
function withCapacity(
  { clusters }: Fleet,
  places: Readonly<Record<string, number>>,
): ClusterFacts[] {
  return clusters.map(cluster => ({
    ...cluster,
    ...(cluster.free && {
      free: { pods: (cluster.free.pods ?? 0) - (places[cluster.name] ?? 0) },
    }),
  }));
}
