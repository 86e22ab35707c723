/*
 * 10,000 apps on 1,000 clusters with labels, taints, capacity, spread, latency
 * scores and every verdict's reasons, decided as the reconciler does: from
 * scratch, when nothing changed, and when one cluster changes; against the floor
 * of a typed-array loop in the same run.
 *
 *   node test/load/run.mjs placement [APPS]
 */
import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import {
  type BatchApp,
  decideWithRetention,
  StandingDecisions,
} from '@callboard/plugin-callboard-core';
import { PlacementFloor } from './placementFloor';
import { exponent, interval, median, seededRandom, timeOf } from './statistics';

const CLUSTERS = 1_000;
const APPS = Number(process.argv[2] ?? 10_000);
const ROUNDS = 9;
const SIZES = [APPS / 10, (APPS * 3) / 10, APPS];
const AFFECTED = 20; // apps that select the label that changes
const LABELLED = 100; // clusters that have it from the beginning
const NOW = new Date('2026-11-20T12:00:00Z');
const VERSION = '1'; // of every question

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
      ...(index < LABELLED && { canary: 'yes' }),
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

function makeApps(count: number): BatchApp[] {
  return Array.from({ length: count }, (_, index) => {
    const [resourceName, scoreName] = pick(zones).split('/');
    const matchLabels: Record<string, string> =
      index < AFFECTED
        ? { canary: 'yes' }
        : {
            env: pick(environments),
            ...(random() < 0.5 && { region: pick(regions) }),
            ...(random() < 0.3 && { tier: pick(tiers) }),
          };
    return {
      name: `app-${index}`,
      spec: {
        numberOfClusters: 1 + Math.floor(random() * 3),
        predicates: [
          {
            requiredClusterSelector: {
              labelSelector: {
                matchLabels,
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
const floor = new PlacementFloor(clusters, apps, { bitOf, zones, regions });
const floors = Array.from({ length: ROUNDS }, () => timeOf(() => floor.run()));

/** The reconciler's own steps: what does not stand is decided from scratch, and kept. */
function lookAt(
  standing: StandingDecisions,
  looked: readonly BatchApp[],
  fleet: readonly ClusterFacts[],
): number {
  standing.update({ clusters: fleet, places: {} }, NOW);
  let decided = 0;
  for (const app of looked) {
    if (standing.stands(app.name, VERSION)) continue;
    decided += 1;
    const decision = decideWithRetention({ ...app, clusters: [...fleet] }, NOW);
    standing.keep(app, { decision, version: VERSION });
  }
  return decided;
}

// Where they run is decided first; what is measured is the look at what runs.
const running = apps.map(app => ({
  ...app,
  previous: decideWithRetention({ ...app, clusters }, NOW).chosen,
}));
const standings = SIZES.map(() => new StandingDecisions());
const fulls = SIZES.map((size, at) =>
  timeOf(() => lookAt(standings[at], running.slice(0, size), clusters)),
);
const fullMs = fulls[fulls.length - 1];
// What never stands (it lacks a place) is decided at each look: told by number, and not looked at below.
const looked = SIZES.map((size, at) =>
  running
    .slice(0, size)
    .filter(({ name }) => standings[at].stands(name, VERSION)),
);

/** As a reading makes them: other objects with the same facts. */
const readAgain = (): ClusterFacts[] => clusters.map(each => ({ ...each }));

/** One cluster gets the label that 20 apps select, and loses it again. */
function changeOne(
  { at, round }: { at: number; round: number },
  change: (cluster: ClusterFacts) => ClusterFacts,
): { ms: number; decided: number } {
  const index = LABELLED + ((round * 37) % (CLUSTERS - LABELLED));
  const changed = readAgain();
  changed[index] = change(changed[index]);
  let decided = 0;
  const ms = timeOf(() => {
    decided += lookAt(standings[at], looked[at], changed);
    decided += lookAt(standings[at], looked[at], readAgain());
  });
  return { ms: ms / 2, decided: decided / 2 };
}

const last = SIZES.length - 1;
const withLabel = (cluster: ClusterFacts): ClusterFacts => ({
  ...cluster,
  labels: { ...cluster.labels, canary: 'yes' },
});
const withLessCapacity = (cluster: ClusterFacts): ClusterFacts => ({
  ...cluster,
  free: { cpuMillicores: (cluster.free?.cpuMillicores ?? 0) - 300 },
});
const measure = (at: number, change: typeof withLabel) =>
  Array.from({ length: ROUNDS + 1 }, (_, round) =>
    changeOne({ at, round }, change),
  ).slice(1); // the compiler warms up
const neverStand = APPS - looked[last].length;
const idle = Array.from({ length: ROUNDS }, () => {
  const fleet = readAgain();
  return timeOf(() => lookAt(standings[last], looked[last], fleet));
});
const bySize = SIZES.map((size, at) => [size, measure(at, withLabel)] as const);
const labels = bySize[last][1];
const rooms = measure(last, withLessCapacity);
const msOf = (measured: ReadonlyArray<{ ms: number }>) =>
  measured.map(({ ms }) => ms);
const decidedOf = (measured: ReadonlyArray<{ decided: number }>) =>
  median(measured.map(({ decided }) => decided)).toFixed(0);

const show = (values: number[], digits: number) =>
  `${median(values).toFixed(digits)} [${interval(values, random)
    .map(value => value.toFixed(digits))
    .join(', ')}]`;
process.stdout.write(
  [
    `${APPS} apps x ${CLUSTERS} clusters, ${ROUNDS} rounds, Node ${process.version}; median [95 % interval]`,
    `floor, ms                                   ${show(floors, 1)}`,
    `all from scratch, with every reason, s      ${(fullMs / 1000).toFixed(1)}`,
    `  each, ms                                  ${(fullMs / APPS).toFixed(2)}`,
    `  all / floor                               ${(
      fullMs / median(floors)
    ).toFixed(0)}`,
    `nothing changes, ms                         ${show(
      idle,
      1,
    )}; ${neverStand} never stand, and are decided at each look`,
    `a label of one cluster changes, ms          ${show(
      msOf(labels),
      1,
    )}; ${decidedOf(labels)} decided`,
    `  all / one change (goal at least 200)      ${(
      fullMs / median(msOf(labels))
    ).toFixed(0)}`,
    `capacity of one cluster changes, ms         ${show(
      msOf(rooms),
      1,
    )}; ${decidedOf(rooms)} decided`,
    `a label at ${SIZES.join('/')} apps, ms      ${bySize
      .map(([, measured]) => median(msOf(measured)).toFixed(1))
      .join(' / ')}`,
    `its exponent in apps (goal at most 0.1)     ${exponent(
      bySize.map(([size, measured]) => [size, median(msOf(measured))] as const),
    ).toFixed(3)}`,
    '',
  ].join('\n'),
);
