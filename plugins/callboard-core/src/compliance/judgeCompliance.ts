import type {
  AuditBlueprint,
  AuditVerdict,
} from '@callboard/plugin-callboard-common';
import type { AuditFacts, AuditedCluster } from './types';

/**
 * Judges whether this environment of an app runs on all the chosen clusters,
 * and on no other. Pure.
 *
 * In order of precedence: not decided yet; a certain difference (one on an
 * observed cluster); unknown, because a relevant cluster is not observed;
 * compliant. Unknown never counts as compliant.
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

/** Returns the required blueprint and the clusters without it, as far as observed; undefined where none is required. */
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

/** Relevant and not observed: it was chosen, or ran the app when last observed. */
function isUnseen(chosen: ReadonlySet<string>) {
  return ({ cluster, freshness, isRunning }: AuditedCluster) =>
    freshness !== 'live' && (chosen.has(cluster) || isRunning);
}

function namesOf(clusters: readonly AuditedCluster[]): string[] {
  return clusters.map(({ cluster }) => cluster).sort();
}

/** Returns the earliest last contact; undefined where one of them was never observed. */
function earliest(clusters: readonly AuditedCluster[]): Date | undefined {
  const times = clusters.map(({ observedAt }) => observedAt?.getTime());
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return new Date(Math.min(...(times as number[])));
}
