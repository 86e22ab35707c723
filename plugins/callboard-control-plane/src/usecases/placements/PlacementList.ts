import type { ChosenClusters } from '@callboard/plugin-callboard-node';
import type { FactReader, LeaseHolder } from '../../reconcile/roles';
import { LEADER_LEASE } from '../../reconcile/LeaseKeeper';
import { findPlacement, findPlacementVersions } from '../../store';

interface KnownPlacement extends ChosenClusters {
  decidedAtMs: number;
}

/**
 * Where apps are placed. A decision holds a verdict on every cluster, so only
 * decisions that have changed are read again.
 */
export class PlacementList {
  readonly #context: FactReader & LeaseHolder;
  #known = new Map<string, KnownPlacement>();

  constructor(context: FactReader & LeaseHolder) {
    this.#context = context;
  }

  /** @returns undefined where another process decides */
  async read(): Promise<ChosenClusters[] | undefined> {
    const { deps, leases } = this.#context;
    if (!leases.holds(LEADER_LEASE)) return undefined;
    const known = new Map<string, KnownPlacement>();
    for (const version of await findPlacementVersions(deps.knex)) {
      const { app, environment, decidedAt } = version;
      const key = `${app}/${environment}`;
      const decidedAtMs = decidedAt.getTime();
      const before = this.#known.get(key);
      if (before?.decidedAtMs === decidedAtMs) {
        known.set(key, before);
        continue;
      }
      const placement = await findPlacement(deps.knex, { app, environment });
      if (!placement) continue;
      const clusters = [...placement.decision.chosen].sort();
      known.set(key, { app, environment, clusters, decidedAtMs });
    }
    this.#known = known;
    return [...known.values()].map(({ app, environment, clusters }) => ({
      app,
      environment,
      clusters,
    }));
  }
}
