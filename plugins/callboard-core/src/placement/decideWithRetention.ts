import type {
  PlacementDecision,
  PlacementReason,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from './decidePlacement';
import { findMisconfigured, keepWhereItWas } from './keepWhereItWas';
import { replicasOf } from './replicas/replicasOf';
import { isUndecided } from './rules/isUndecided';
import type { PlacementInput } from './types';

/** Rules that send away what runs, and that can wait until it runs elsewhere. */
const CAN_WAIT = new Set(['keeps-guard-rails', 'not-draining', 'reachable']);

/** A cluster that an app left when it was lost. */
export interface AwayFrom {
  cluster: string;
  /** Clusters that took its place. */
  standIns: readonly string[];
  /** `returning`: it may come back, and is tried there first. */
  state: 'away' | 'returning';
}

/** The question, with what was decided and lost before. */
export interface RetentionInput extends PlacementInput {
  /** The last decision that was taken. */
  before?: Pick<PlacementDecision, 'wanted' | 'chosen' | 'verdicts'>;
  failovers?: readonly AwayFrom[];
}

/**
 * The one way to a placement of ours: reconciler, preview, what-if and command
 * line decide by it. As `decidePlacement`, and it leaves no app worse off by our
 * own doing: what would have to leave a cluster that is drained, or that is silent
 * for too long, whose blueprint brought guard rails that it breaks, or on which
 * an expression fails, stays there while no other
 * cluster takes its place. Such a verdict says `stays-until-replaced`.
 *
 * An app that wants a number of clusters keeps as many as are missing; one that
 * wants all that fit keeps them only where nothing else is left. One whose replicas
 * are divided keeps them where the others have not capacity for all.
 *
 * What may come back to a cluster that was lost is tried there first, in the
 * place of what stood in for it; where that cluster does not take it, it stays.
 * It comes back early where it would run on fewer clusters else.
 *
 * Where the placement makes no sense, what runs stays where it is (see
 * `keepWhereItWas`): no fault of a file takes an app away.
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

/** The decision that takes an app back to all clusters it may return to; undefined where there is none as good as now. */
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

/** On fewer clusters than before, or in fewer replicas. */
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

/** Keeps what cannot leave yet. */
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
    // Better back at once than on fewer clusters.
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

/** What a required selector says counts only where it says that it cannot tell. */
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

/** Replicas are divided, and there is not capacity for all of them. */
function lacksReplicas({ notes }: PlacementDecision): boolean {
  return notes.some(({ rule }) => rule === 'too-few-replicas');
}

/** Where it runs, with the replicas on each cluster, as a decision says it. */
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

/** How many of the waiting places nothing else has taken. */
function missingIn(decision: PlacementDecision, waiting: number): number {
  const { wanted, chosen } = decision;
  if (lacksReplicas(decision)) return waiting;
  if (wanted === undefined) return chosen.length === 0 ? waiting : 0;
  return Math.max(0, wanted - chosen.length);
}

/** Clusters that an app would have left and stays on until something takes its place. */
export function waitingToLeave({ verdicts }: PlacementDecision): string[] {
  return verdicts
    .filter(({ reasons }) =>
      reasons.some(({ rule }) => rule === 'stays-until-replaced'),
    )
    .map(({ cluster }) => cluster);
}
