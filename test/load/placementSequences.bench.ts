/*
 * Random sequences of changes to small fleets: after every change each kept
 * decision and every kept verdict must equal the decision from scratch.
 *
 *   node test/load/run.mjs placementSequences 100000
 */
import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import {
  decidePlacement,
  type FleetApp,
  PlacementFleet,
} from '@callboard/plugin-callboard-core';
import { seededRandom, timeOf } from './statistics';

const SEQUENCES = Number(process.argv[2] ?? 1_000);
const CHANGES = 4;
const NOW = new Date('2026-11-20T12:00:00Z');
const random = seededRandom(Number(process.argv[3] ?? 7));
const pick = <T>(list: readonly T[]): T =>
  list[Math.floor(random() * list.length)];
const chance = (share: number) => random() < share;

function makeCluster(index: number): ClusterFacts {
  return {
    name: `c${index}`,
    labels: {
      ...(chance(0.8) && { env: pick(['prod', 'dev']) }),
      ...(chance(0.8) && { region: pick(['eu', 'us', 'ap']) }),
    },
    claims: chance(0.5) ? { provider: pick(['aws', 'gcp']) } : {},
    clusterSet: chance(0.5) ? 'gold' : undefined,
    taints: chance(0.3)
      ? [
          {
            key: pick(['team', 'callboard.dev/blueprint']),
            value: 'pci',
            effect: pick(['NoSelect', 'NoSelectIfNew', 'PreferNoSelect']),
          },
        ]
      : [],
    freshness: pick(['live', 'live', 'live', 'stale', 'unreachable']),
    blueprint: chance(0.3)
      ? { name: 'pci', version: 1, state: 'active', inherits: ['golden'] }
      : undefined,
    cordoned: chance(0.15),
    draining: chance(0.1),
    deleting: chance(0.05),
    free: chance(0.5) ? { pods: Math.floor(random() * 3) } : undefined,
    scores: { 'net/latency': Math.floor(random() * 5) * 10 },
  };
}

function makeApp(index: number, clusters: readonly ClusterFacts[]): FleetApp {
  return {
    name: `app-${index}`,
    spec: {
      ...(chance(0.9) && { numberOfClusters: Math.floor(random() * 4) }),
      clusterSets: chance(0.2) ? ['gold'] : [],
      predicates: chance(0.6)
        ? [
            {
              requiredClusterSelector: {
                labelSelector: pick([
                  { matchLabels: { env: 'prod' } },
                  {
                    matchExpressions: [
                      {
                        key: 'region',
                        operator: 'NotIn' as const,
                        values: ['ap'],
                      },
                    ],
                  },
                ]),
              },
            },
          ]
        : [],
      tolerations: chance(0.3) ? [{ key: 'team', operator: 'Exists' }] : [],
      ...(chance(0.6) && {
        spreadPolicy: {
          spreadConstraints: [
            {
              topologyKey: pick(['region', 'env']),
              topologyKeyType: 'Label' as const,
              maxSkew: pick([1, 2]),
              whenUnsatisfiable: pick([
                'DoNotSchedule' as const,
                'ScheduleAnyway' as const,
              ]),
            },
          ],
        },
      }),
      ...(chance(0.5) && {
        prioritizerPolicy: {
          configurations: [
            {
              scoreCoordinate: {
                type: 'AddOn' as const,
                addOn: { resourceName: 'net', scoreName: 'latency' },
              },
              weight: pick([1, -2]),
            },
          ],
        },
      }),
    },
    requires: chance(0.2) ? { blueprint: pick(['golden', 'pci']) } : undefined,
    needs: chance(0.4) ? { pods: 1 } : undefined,
    previous: clusters.filter(() => chance(0.2)).map(({ name }) => name),
  };
}

let decisions = 0;
let moves = 0;
function check(
  fleet: PlacementFleet,
  apps: readonly FleetApp[],
  clusters: ClusterFacts[],
): void {
  for (const app of apps) {
    const scratch = decidePlacement({ ...app, clusters }, NOW);
    decisions += 1;
    const kept = fleet.chosenFor(app.name).join();
    const verdicts = scratch.verdicts.every(
      ({ cluster, verdict }) =>
        fleet.verdictOf(app.name, cluster).verdict === verdict,
    );
    if (kept !== scratch.chosen.join() || !verdicts) {
      throw new Error(
        `Not equal: ${JSON.stringify({
          app,
          clusters,
          kept,
          scratch: scratch.chosen,
        })}`,
      );
    }
  }
}

const ms = timeOf(() => {
  for (let sequence = 0; sequence < SEQUENCES; sequence += 1) {
    const clusters = Array.from(
      { length: 2 + Math.floor(random() * 7) },
      (_, index) => makeCluster(index),
    );
    const apps = Array.from({ length: 2 }, (_, index) =>
      makeApp(index, clusters),
    );
    const fleet = new PlacementFleet(clusters, apps, NOW);
    for (let change = 0; change < CHANGES; change += 1) {
      const index = Math.floor(random() * clusters.length);
      clusters[index] = makeCluster(index);
      moves += fleet.updateCluster(clusters[index]).length;
      check(fleet, apps, clusters);
    }
  }
});
process.stdout.write(
  `${SEQUENCES} of ${SEQUENCES} sequences of ${CHANGES} changes equal from scratch: ${decisions} decisions, ${moves} moves, ${(
    ms / 1000
  ).toFixed(0)} s\n`,
);
