import type {
  AuditBlueprint,
  AuditVerdict,
} from '@callboard/plugin-callboard-common';
import type { AuditFacts, AuditedCluster } from './types';

/**
 * Does this environment of an app run on all the clusters that were decided,
 * and on no other? Pure.
 *
 * In order of precedence: not decided yet; a difference that is certain (one
 * on a cluster that is observed); unknown, because a cluster that matters is
 * not observed; as it should be. Unknown is never taken for good.
 */
export function judgeCompliance(facts: AuditFacts): AuditVerdict {
  const { decision, clusters } = facts;
  if (!decision || decision.release !== facts.release)
    return { kind: 'undecided' };
  const chosen = new Set(decision.chosen);
  const known = clusters.filter(({ freshness }) => freshness === 'live');
  const missing = known.filter(
    ({ cluster, isRunning }) => chosen.has(cluster) && !isRunning,
  );
  const extra = known.filter(
    ({ cluster, isRunning }) => !chosen.has(cluster) && isRunning,
  );
  const unheard = [...chosen].filter(
    name => !clusters.some(({ cluster }) => cluster === name),
  );
  const unseen = clusters.filter(isUnseen(chosen));
  const wrongBlueprint = judgeBlueprint(facts)?.notOn ?? [];
  const isShort = !decision.satisfied;
  if (missing.length + extra.length + wrongBlueprint.length > 0 || isShort)
    return {
      kind: 'wrong',
      missing: namesOf(missing),
      extra: namesOf(extra),
      wrongBlueprint,
      unknown: [...namesOf(unseen), ...unheard].sort(),
      ...(isShort &&
        decision.wanted !== undefined && {
          short: { wanted: decision.wanted, chosen: chosen.size },
        }),
    };
  if (unseen.length + unheard.length > 0) {
    const since = earliest(unseen);
    return {
      kind: 'unknown',
      unknown: [...namesOf(unseen), ...unheard].sort(),
      ...(since && { since: since.toISOString() }),
    };
  }
  return { kind: 'compliant' };
}

/** The blueprint that is required and where it is not, as far as clusters are observed; undefined where none is required. */
export function judgeBlueprint({
  decision,
  clusters,
}: AuditFacts): AuditBlueprint | undefined {
  const required = decision?.requiredBlueprint;
  if (required === undefined) return undefined;
  const matter = clusters.filter(
    ({ cluster, isRunning }) => isRunning || decision?.chosen.includes(cluster),
  );
  const known = matter.filter(({ freshness }) => freshness === 'live');
  const notOn = namesOf(
    known.filter(({ blueprints }) => !blueprints.includes(required)),
  );
  if (notOn.length > 0) return { required, met: 'no', notOn };
  return {
    required,
    met: known.length === matter.length ? 'yes' : 'unknown',
    notOn,
  };
}

/** Matters and is not observed: it was chosen, or something ran there when it was seen last. */
function isUnseen(chosen: ReadonlySet<string>) {
  return ({ cluster, freshness, isRunning }: AuditedCluster) =>
    freshness !== 'live' && (chosen.has(cluster) || isRunning);
}

function namesOf(clusters: readonly AuditedCluster[]): string[] {
  return clusters.map(({ cluster }) => cluster).sort();
}

/** Since when not all is known; undefined where one of them never was. */
function earliest(clusters: readonly AuditedCluster[]): Date | undefined {
  const times = clusters.map(({ observedAt }) => observedAt?.getTime());
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return new Date(Math.min(...(times as number[])));
}
