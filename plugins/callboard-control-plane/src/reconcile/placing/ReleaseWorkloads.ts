import type {
  AppFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import {
  type GuardRailDemands,
  type ResolvedEnvironment,
  demandsOf,
  fillAmounts,
  workloadsOn,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { type ReleaseRecord, findReleaseContents } from '../../store';

/** The parts of a release that placement reads. */
export interface ReleaseWorkloads {
  appFile?: AppFile;
  renderer: number;
  /** As they were pushed. */
  pushed: readonly ScoreWorkload[];
  /** Demands that are compared with guard rails of clusters, where no override applies. */
  demands: GuardRailDemands;
  /** With the amounts that they are rendered with where no override applies. */
  workloads: readonly ScoreWorkload[];
}

/**
 * Caches the parts that placement reads of desired releases. Releases never
 * change, so that each is read once; those no longer requested are dropped.
 */
export class ReleaseWorkloadsCache {
  #known = new Map<string, ReleaseWorkloads>();

  /** Returns them by `app/number`, without releases that are not recorded. */
  async read(
    tx: Knex,
    wanted: ReadonlyArray<{ app: string; release: number }>,
  ): Promise<ReadonlyMap<string, ReleaseWorkloads>> {
    const found = new Map<string, ReleaseWorkloads>();
    const missing = new Map<string, { app: string; number: number }>();
    for (const { app, release: number } of wanted) {
      const key = `${app}/${number}`;
      const known = this.#known.get(key);
      if (known) found.set(key, known);
      else missing.set(key, { app, number });
    }
    const read = await findReleaseContents(tx, [...missing.values()]);
    for (const [key, release] of read)
      found.set(key, releaseWorkloadsOf(release));
    this.#known = found;
    return found;
  }
}

/** Returns the parts of one release that placement reads. */
export function releaseWorkloadsOf({
  renderer,
  content: { appFile, workloads },
}: Pick<ReleaseRecord, 'renderer' | 'content'>): ReleaseWorkloads {
  return {
    ...(appFile && { appFile }),
    renderer,
    pushed: workloads,
    demands: demandsOf({
      workloads,
      deploy: appFile?.spec.deploy,
      renderer,
    }),
    workloads: workloads.map(workload => fillAmounts(workload, renderer)),
  };
}

/** Returns workloads with the amounts that they are rendered with on a cluster with these labels. */
export function releaseWorkloadsOn(
  { pushed, renderer, workloads }: ReleaseWorkloads,
  environment: Pick<ResolvedEnvironment, 'overrides'>,
  labels: Record<string, string>,
): readonly ScoreWorkload[] {
  const given = { workloads: pushed, renderer };
  return workloadsOn(given, environment, labels) ?? workloads;
}
