import type {
  PlacementDecision,
  PlacementReason,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from './decidePlacement';
import { findMisconfigured, keepWhereItWas } from './keepWhereItWas';
import { replicasOf } from './replicas/replicasOf';
import { isUndecided } from './rules/isUndecided';
import type { PlacementInput } from './types';

/** Rules that remove a running app, and that can wait until it runs elsewhere. */
const CAN_WAIT = new Set(['keeps-guard-rails', 'not-draining', 'reachable']);

/** A lost cluster that an app left. */
export interface AwayFrom {
  cluster: string;
  /** Clusters that replaced it. */
  standIns: readonly string[];
  /** `returning`: the app may return to it, and it is tried first. */
  state: 'away' | 'returning';
}

/** Input of a decision, with the decisions and failovers before. */
export interface RetentionInput extends PlacementInput {
  /** The last decision that was taken. */
  before?: Pick<PlacementDecision, 'wanted' | 'chosen' | 'verdicts'>;
  failovers?: readonly AwayFrom[];
}

/**
 * Decides a placement of ours; reconciler, preview, what-if and command line
 * all call it. Same as `decidePlacement`, but it never makes an app worse off
 * by our own action: an app that would have to leave a cluster because it is
 * drained, out of contact for too long, got guard rails that the app breaks, or
 * because an expression fails on it, stays there while no other cluster
 * replaces it. Such a verdict has the reason `stays-until-replaced`.
 *
 * An app that wants a number of clusters keeps as many as are missing; one that
 * wants all fitting clusters keeps them only where no other is left. One whose
 * replicas are divided keeps them where the others have not enough capacity for
 * all.
 *
 * An app that may return to a lost cluster is tried there first, in place of
 * the clusters that replaced it; where that cluster refuses it, it stays. It
 * returns early where it would otherwise run on fewer clusters.
 *
 * Where the placement is misconfigured, a running app stays where it is (see
 * `keepWhereItWas`): an error in a file never removes an app.
 */
export function decideWithRetention(
  { before, failovers = [], ...asked }: RetentionInput,
  now: Date,
): PlacementDecision {
  const away = failovers.map(({ cluster }) => cluster);
  const input: PlacementInput =
    away.length > 0 ? { ...asked, absentFrom: away } : asked;
  const back = decideReturn(input, { before, failovers }, now);
  if (back) return back;
  const decision = decideOnce(input, now);
  const fault = before && findMisconfigured(decision);
  return fault
    ? keepWhereItWas(
        input.clusters,
        { ...before, wanted: decision.wanted },
        fault,
      )
    : decision;
}

/**
 * Returns the decision that returns an app to all clusters to which it may
 * return; undefined where none is as good as the current one.
 */
function decideReturn(
  input: PlacementInput,
  {
    before,
    failovers,
  }: Required<Pick<RetentionInput, 'failovers'>> &
    Pick<RetentionInput, 'before'>,
  now: Date,
): PlacementDecision | undefined {
  const returning = failovers.filter(({ state }) => state === 'returning');
  if (returning.length === 0) return undefined;
  const home = returning.map(({ cluster }) => cluster);
  const standIns = returning.flatMap(failover => failover.standIns);
  const decision = decideOnce(
    {
      ...input,
      previous: input.previous.filter(cluster => !standIns.includes(cluster)),
      returning: home,
      absentFrom: input.absentFrom?.filter(cluster => !home.includes(cluster)),
    },
    now,
  );
  const isBack = home.every(cluster => decision.chosen.includes(cluster));
  return isBack && !runsLess(decision, before) ? decision : undefined;
}

/** Returns whether the app runs on fewer clusters than before, or in fewer replicas. */
function runsLess(
  decision: PlacementDecision,
  before: RetentionInput['before'],
): boolean {
  const countOf = (one: Pick<PlacementDecision, 'verdicts'>) =>
    [...replicasOf(one).values()].reduce((sum, replicas) => sum + replicas, 0);
  return (
    before !== undefined &&
    (decision.chosen.length < before.chosen.length ||
      countOf(decision) < countOf(before))
  );
}

/** Keeps the clusters that the app cannot leave yet. */
function decideOnce(input: PlacementInput, now: Date): PlacementDecision {
  const decision = decidePlacement(input, now);
  const fault = findMisconfigured(decision);
  if (fault) {
    return keepWhereItWas(
      input.clusters,
      { wanted: decision.wanted, ...placesBefore(input) },
      fault,
    );
  }
  if (input.absentFrom?.length && isShort(decision)) {
    // An early return is better than running on fewer clusters.
    return decideOnce({ ...input, absentFrom: undefined }, now);
  }
  const running = new Set(input.previous);
  const mayWait = decision.verdicts
    .filter(
      ({ cluster, verdict, reasons }) =>
        verdict === 'refused' && running.has(cluster) && canWait(reasons),
    )
    .map(({ cluster }) => cluster);
  const keeps = mayWait.slice(0, missingIn(decision, mayWait.length));
  return keeps.length === 0
    ? decision
    : decidePlacement({ ...input, keeps }, now);
}

/** A failing required selector can wait only where the expression cannot be evaluated. */
function canWait(reasons: readonly PlacementReason[]): boolean {
  const selected = reasons.filter(({ rule }) => rule.startsWith('required-'));
  return (
    reasons.every(
      reason => CAN_WAIT.has(reason.rule) || selected.includes(reason),
    ) &&
    (selected.length === 0 || isUndecided(selected))
  );
}

function isShort(decision: PlacementDecision): boolean {
  const { wanted = 1, chosen } = decision;
  return chosen.length < wanted || lacksReplicas(decision);
}

/** Replicas are divided, and there is not enough capacity for all. */
function lacksReplicas({ notes }: PlacementDecision): boolean {
  return notes.some(({ rule }) => rule === 'too-few-replicas');
}

/** Returns the clusters of a decision before, with the replicas on each. */
function placesBefore({
  previous,
  previousReplicas = {},
}: PlacementInput): Pick<PlacementDecision, 'chosen' | 'verdicts'> {
  return {
    chosen: previous,
    verdicts: Object.entries(previousReplicas).map(([cluster, replicas]) => ({
      cluster,
      verdict: 'chosen',
      reasons: [],
      replicas,
    })),
  };
}

/** Returns how many of the clusters to leave were not replaced. */
function missingIn(decision: PlacementDecision, waiting: number): number {
  const { wanted, chosen } = decision;
  if (lacksReplicas(decision)) return waiting;
  if (wanted === undefined) return chosen.length === 0 ? waiting : 0;
  return Math.max(0, wanted - chosen.length);
}

/** Returns the clusters that an app should leave and stays on until others replace them. */
export function waitingToLeave({ verdicts }: PlacementDecision): string[] {
  return verdicts
    .filter(({ reasons }) =>
      reasons.some(({ rule }) => rule === 'stays-until-replaced'),
    )
    .map(({ cluster }) => cluster);
}
