/*
 * 10,000 apps on 1,000 clusters with labels, taints, capacity, spread, latency
 * scores and the reasons kept: full decision and one changed cluster, against
 * the floor of a typed-array loop in the same run.
 *
 *   node test/load/run.mjs placement
 */
import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import {
  decidePlacement,
  type FleetApp,
  PlacementFleet,
} from '@callboard/plugin-callboard-core';
import { PlacementFloor } from './placementFloor';
import { exponent, interval, median, seededRandom, timeOf } from './statistics';

const CLUSTERS = 1_000;
const APPS = 10_000;
const ROUNDS = 9;
const AFFECTED = 20; // apps that select the label that changes
const NOW = new Date('2026-11-20T12:00:00Z');

const regions = ['eu', 'us', 'ap', 'sa', 'af', 'me', 'ca', 'au'];
const tiers = ['gold', 'silver', 'bronze'];
const environments = ['prod', 'staging', 'dev'];
const zones = Array.from({ length: 8 }, (_, index) => `net/zone-${index}`);
const words = new Map<string, number>();
const bitOf = (word: string) => {
  if (!words.has(word)) words.set(word, 1 << words.size % 31);
  return words.get(word)!;
};

const random = seededRandom(42);
const pick = <T>(list: readonly T[]): T =>
  list[Math.floor(random() * list.length)];

function makeClusters(): ClusterFacts[] {
  return Array.from({ length: CLUSTERS }, (_, index) => ({
    name: `cluster-${String(index).padStart(4, '0')}`,
    labels: {
      env: pick(environments),
      region: pick(regions),
      tier: pick(tiers),
    },
    claims: {},
    taints:
      random() < 0.2
        ? [{ key: pick(['gpu', 'pci', 'edge']), effect: 'NoSelect' as const }]
        : [],
    freshness: 'live' as const,
    free: { cpuMillicores: Math.floor(random() * 16_000) },
    scores: Object.fromEntries(
      zones.map(zone => [zone, Math.floor(random() * 200) - 100]),
    ),
  }));
}

function makeApps(count: number): FleetApp[] {
  return Array.from({ length: count }, (_, index) => {
    const [resourceName, scoreName] = pick(zones).split('/');
    const canary: Record<string, string> =
      index < AFFECTED ? { canary: 'yes' } : {};
    return {
      name: `app-${index}`,
      spec: {
        numberOfClusters: 1 + Math.floor(random() * 3),
        predicates: [
          {
            requiredClusterSelector: {
              labelSelector: {
                matchLabels: {
                  env: pick(environments),
                  ...(random() < 0.5 && { region: pick(regions) }),
                  ...(random() < 0.3 && { tier: pick(tiers) }),
                  ...canary,
                },
              },
            },
          },
        ],
        tolerations:
          random() < 0.2
            ? [
                {
                  key: pick(['gpu', 'pci', 'edge']),
                  operator: 'Exists' as const,
                },
              ]
            : [],
        spreadPolicy: {
          spreadConstraints: [
            { topologyKey: 'region', topologyKeyType: 'Label' as const },
          ],
        },
        prioritizerPolicy: {
          configurations: [
            {
              scoreCoordinate: {
                type: 'AddOn' as const,
                addOn: { resourceName, scoreName },
              },
            },
          ],
        },
      },
      needs: { cpuMillicores: 250 * (1 + Math.floor(random() * 16)) },
      previous: [],
    };
  });
}

const clusters = makeClusters();
const apps = makeApps(APPS);
const fleet = new PlacementFleet(clusters, apps, NOW);
const floor = new PlacementFloor(clusters, apps, { bitOf, zones, regions });

// Before anything is timed: is it right?
for (let index = 0; index < APPS; index += 97) {
  const scratch = decidePlacement({ ...apps[index], clusters }, NOW);
  const kept = fleet.chosenFor(apps[index].name);
  if (scratch.chosen.join() !== kept.join())
    throw new Error(
      `${apps[index].name}: ${kept} instead of ${scratch.chosen}`,
    );
}

/** One cluster gets the label that 20 apps select, and loses it again. */
function changeOne(of: PlacementFleet, round: number): void {
  const cluster = clusters[(round * 37) % CLUSTERS];
  of.updateCluster({
    ...cluster,
    labels: { ...cluster.labels, canary: 'yes' },
  });
  of.updateCluster(cluster);
}

const full: number[] = [];
const floors: number[] = [];
const incremental: number[] = [];
for (let round = 0; round < ROUNDS + 2; round += 1) {
  const floorMs = timeOf(() => floor.run());
  const fullMs = timeOf(() => fleet.decideAll());
  const changeMs =
    timeOf(() => {
      for (let at = 0; at < 50; at += 1) changeOne(fleet, round * 50 + at);
    }) / 100;
  if (round < 2) continue; // the compiler warms up
  floors.push(floorMs);
  full.push(fullMs);
  incremental.push(changeMs);
}

const sizes = [1_000, 3_000, 10_000].map(count => {
  const of =
    count === APPS ? fleet : new PlacementFleet(clusters, makeApps(count), NOW);
  const times = Array.from(
    { length: 7 },
    (_, round) =>
      timeOf(() => {
        for (let at = 0; at < 50; at += 1) changeOne(of, round * 50 + at);
      }) / 100,
  );
  return [count, median(times)] as const;
});

const wholeMs =
  timeOf(() => {
    for (let index = 0; index < 20; index += 1)
      decidePlacement({ ...apps[index * 50], clusters }, NOW);
  }) / 20;

const ratios = full.map((value, index) => value / floors[index]);
const shares = incremental.map((value, index) => full[index] / value);
const show = (values: number[], digits: number) =>
  `${median(values).toFixed(digits)} [${interval(values, random)
    .map(value => value.toFixed(digits))
    .join(', ')}]`;
process.stdout.write(
  [
    `${APPS} apps x ${CLUSTERS} clusters, ${ROUNDS} rounds, Node ${process.version}; median [95 % interval]`,
    `floor, ms                                   ${show(floors, 1)}`,
    `full decision with verdicts, ms             ${show(full, 1)}`,
    `full / floor (goal at most 5)               ${show(ratios, 2)}`,
    `one cluster changes, ms                     ${show(incremental, 3)}`,
    `full / one change (goal at least 200)       ${show(shares, 0)}`,
    `one change at 1,000/3,000/10,000 apps, ms   ${sizes
      .map(([, ms]) => ms.toFixed(3))
      .join(' / ')}`,
    `its exponent in apps (goal at most 0.1)     ${exponent(sizes).toFixed(3)}`,
    `one decision with every sentence's facts, ms ${wholeMs.toFixed(2)}`,
    '',
  ].join('\n'),
);
