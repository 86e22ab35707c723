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

/** What placement reads of a release. */
export interface ReleaseWorkloads {
  appFile?: AppFile;
  renderer: number;
  /** As they were pushed. */
  pushed: readonly ScoreWorkload[];
  /** What guard rails of clusters are compared with, where no override says otherwise. */
  demands: GuardRailDemands;
  /** With the amounts that they are rendered with where no override says otherwise. */
  workloads: readonly ScoreWorkload[];
}

/**
 * What placement reads of the releases that are wanted somewhere. Releases never
 * change, so that each is read once; what is no longer asked for is forgotten.
 */
export class ReleaseWorkloadsCache {
  #known = new Map<string, ReleaseWorkloads>();

  /** By `app/number`; a release that is not recorded is missing. */
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

/** What placement reads of one release. */
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

/** With the amounts that they are rendered with on a cluster with these labels. */
export function releaseWorkloadsOn(
  { pushed, renderer, workloads }: ReleaseWorkloads,
  environment: Pick<ResolvedEnvironment, 'overrides'>,
  labels: Record<string, string>,
): readonly ScoreWorkload[] {
  const given = { workloads: pushed, renderer };
  return workloadsOn(given, environment, labels) ?? workloads;
}
