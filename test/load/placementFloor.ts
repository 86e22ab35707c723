import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import type { BatchApp } from '@callboard/plugin-callboard-core';

/**
 * The least that comparing each app with each cluster can cost: one loop over
 * typed arrays that checks labels, taints and capacity by masks and numbers,
 * writes a code for why, and keeps the best few over the regions. It knows no
 * CEL, no claims, no staying and no explanation.
 */
export class PlacementFloor {
  private readonly clusterLabels: Int32Array;
  private readonly clusterTaints: Int32Array;
  private readonly clusterCpu: Int32Array;
  private readonly clusterRegion: Int32Array;
  private readonly latency: Float64Array[];
  private readonly appLabels: Int32Array;
  private readonly appTolerates: Int32Array;
  private readonly appCpu: Int32Array;
  private readonly appZone: Int32Array;
  private readonly appWanted: Int32Array;
  readonly why: Uint8Array;
  readonly chosen: Int32Array;

  constructor(
    clusters: readonly ClusterFacts[],
    apps: readonly BatchApp[],
    { bitOf, zones, regions }: FloorWords,
  ) {
    const mask = (labels: Record<string, string>) =>
      Object.entries(labels).reduce(
        (bits, [key, value]) => bits | bitOf(`${key}=${value}`),
        0,
      );
    this.clusterLabels = Int32Array.from(clusters, ({ labels }) =>
      mask(labels),
    );
    this.clusterTaints = Int32Array.from(clusters, ({ taints }) =>
      taints.reduce((bits, { key }) => bits | bitOf(key), 0),
    );
    this.clusterCpu = Int32Array.from(
      clusters,
      ({ free }) => free?.cpuMillicores ?? 0,
    );
    this.clusterRegion = Int32Array.from(clusters, ({ labels }) =>
      regions.indexOf(labels.region),
    );
    this.latency = zones.map(zone =>
      Float64Array.from(clusters, ({ scores }) => scores?.[zone] ?? 0),
    );
    this.appLabels = Int32Array.from(apps, ({ spec }) =>
      mask(
        spec.predicates?.[0]?.requiredClusterSelector?.labelSelector
          ?.matchLabels ?? {},
      ),
    );
    this.appTolerates = Int32Array.from(apps, ({ spec }) =>
      (spec.tolerations ?? []).reduce(
        (bits, { key }) => bits | bitOf(key ?? ''),
        0,
      ),
    );
    this.appCpu = Int32Array.from(
      apps,
      ({ needs }) => needs?.cpuMillicores ?? 0,
    );
    this.appZone = Int32Array.from(apps, ({ spec }) => {
      const { resourceName, scoreName } =
        spec.prioritizerPolicy?.configurations?.[0]?.scoreCoordinate.addOn ??
        {};
      return zones.indexOf(`${resourceName}/${scoreName}`);
    });
    this.appWanted = Int32Array.from(
      apps,
      ({ spec }) => spec.numberOfClusters ?? 1,
    );
    this.why = new Uint8Array(apps.length * clusters.length);
    this.chosen = new Int32Array(apps.length * 4).fill(-1);
  }

  run(): void {
    const count = this.clusterLabels.length;
    const best = new Int32Array(8);
    for (let app = 0; app < this.appLabels.length; app += 1) {
      const labels = this.appLabels[app];
      const tolerates = this.appTolerates[app];
      const cpu = this.appCpu[app];
      const scores = this.latency[this.appZone[app]];
      best.fill(-1);
      for (let cluster = 0; cluster < count; cluster += 1) {
        let code = 0;
        if ((this.clusterLabels[cluster] & labels) !== labels) code |= 1;
        if ((this.clusterTaints[cluster] & ~tolerates) !== 0) code |= 2;
        if (this.clusterCpu[cluster] < cpu) code |= 4;
        this.why[app * count + cluster] = code;
        if (code !== 0) continue;
        const region = this.clusterRegion[cluster];
        if (best[region] < 0 || scores[cluster] > scores[best[region]])
          best[region] = cluster;
      }
      let taken = 0;
      for (
        let region = 0;
        region < 8 && taken < this.appWanted[app];
        region += 1
      ) {
        if (best[region] < 0) continue;
        this.chosen[app * 4 + taken] = best[region];
        taken += 1;
      }
    }
  }
}

/** What the loop's bits and numbers stand for. */
export interface FloorWords {
  bitOf(word: string): number;
  zones: string[];
  regions: string[];
}
