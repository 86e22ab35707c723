import type {
  ClusterFacts,
  PlacementDecision,
  PlacementRemedy,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { compareText } from './selectors';

/** Why a placement could not be decided, and how to fix it. */
export interface Misconfiguration {
  why: string;
  next: string;
}

const NEXT =
  'Correct the placement in the file of the environment or in app.yaml; it is then decided again';

/**
 * Returns the decision for a misconfigured placement: the app stays on its
 * clusters, none is added or removed, and every verdict gives this reason.
 * Decision groups and replicas stay as they were decided.
 *
 * @param before - the last decision that was taken
 */
export function keepWhereItWas(
  clusters: readonly ClusterFacts[],
  before: Pick<PlacementDecision, 'wanted' | 'chosen' | 'verdicts'>,
  { why, next }: Misconfiguration,
): PlacementDecision {
  const known = new Set(clusters.map(({ name }) => name));
  const chosen = before.chosen
    .filter(cluster => known.has(cluster))
    .sort(compareText);
  const spared = [...known]
    .filter(cluster => !chosen.includes(cluster))
    .sort(compareText);
  const remedy: PlacementRemedy = { rule: 'mend-placement', facts: { next } };
  return {
    satisfied: false,
    ...(before.wanted !== undefined && { wanted: before.wanted }),
    chosen,
    notes: [
      {
        rule: 'misconfigured',
        facts: { why, next, ...(chosen.length > 0 && { kept: true }) },
      },
    ],
    verdicts: [
      ...chosen.map((cluster): PlacementVerdict => {
        const { group, replicas } =
          before.verdicts.find(verdict => verdict.cluster === cluster) ?? {};
        return {
          cluster,
          verdict: 'chosen',
          reasons: [{ rule: 'stays-undecided', facts: { why } }],
          ...(group !== undefined && { group }),
          ...(replicas !== undefined && { replicas }),
        };
      }),
      ...spared.map(
        (cluster): PlacementVerdict => ({
          cluster,
          verdict: 'refused',
          reasons: [{ rule: 'misconfigured', facts: { why } }],
          remedy,
        }),
      ),
    ],
  };
}

/** Returns why a decision could not be taken from its placement; undefined where it could. */
export function findMisconfigured({
  notes,
}: Pick<PlacementDecision, 'notes'>): Misconfiguration | undefined {
  const note = notes.find(each => each.rule === 'misconfigured');
  return (
    note && {
      why: note.facts.why,
      next: note.facts.next ?? NEXT,
    }
  );
}
