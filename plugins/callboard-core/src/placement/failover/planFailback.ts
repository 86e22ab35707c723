/** An app that left a lost cluster. */
export interface Away {
  /** App and environment, as one text. */
  key: string;
  cluster: string;
  since: Date;
}

export interface FailbackInput {
  away: readonly Away[];
  /** Start of each cluster's unbroken contact. Clusters out of contact or cordoned are missing. */
  steadySince: ReadonlyMap<string, Date>;
  /** Returns that were allowed recently. */
  recent: ReadonlyArray<{ cluster: string; at: Date }>;
  limits: FailbackLimits;
}

export interface FailbackLimits {
  /** Time in contact before anything returns to a cluster. */
  steadySeconds: number;
  /** Most apps that return to one cluster … */
  moves: number;
  /** … within any interval of this length. */
  intervalSeconds: number;
}

export interface FailbackPlan {
  /** Apps that may return now, longest away first. */
  comesBack: Away[];
  /** When to plan again; undefined when nothing waits for a time. */
  nextAt?: Date;
}

/**
 * Plans which apps may return to clusters that were lost and are in contact
 * again. Only a few at a time, and only to a stable cluster, so that a flapping
 * cluster moves nothing and a returned one is not overloaded. Pure.
 */
export function planFailback(
  { away, steadySince, recent, limits }: FailbackInput,
  now: Date,
): FailbackPlan {
  const { moves, steadySeconds, intervalSeconds } = limits;
  const comesBack: Away[] = [];
  const times: number[] = [];
  for (const [cluster, waiting] of byCluster(away)) {
    const since = steadySince.get(cluster);
    if (since === undefined) continue;
    const steadyAt = since.getTime() + steadySeconds * 1000;
    if (steadyAt > now.getTime()) {
      times.push(steadyAt);
      continue;
    }
    const endsOf = recent
      .filter(returned => returned.cluster === cluster)
      .map(({ at }) => at.getTime() + intervalSeconds * 1000)
      .filter(end => end > now.getTime())
      .sort((a, b) => a - b);
    const allowed = waiting.slice(0, Math.max(0, moves - endsOf.length));
    comesBack.push(...allowed);
    if (allowed.length < waiting.length)
      times.push(endsOf[0] ?? now.getTime() + intervalSeconds * 1000);
  }
  return {
    comesBack,
    ...(times.length > 0 && { nextAt: new Date(Math.min(...times)) }),
  };
}

/** Longest away first, ties by name; clusters by name. */
function byCluster(away: readonly Away[]): Array<[string, Away[]]> {
  const groups = new Map<string, Away[]>();
  const inOrder = [...away].sort(
    (a, b) => a.since.getTime() - b.since.getTime() || (a.key < b.key ? -1 : 1),
  );
  for (const one of inOrder)
    groups.set(one.cluster, [...(groups.get(one.cluster) ?? []), one]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
