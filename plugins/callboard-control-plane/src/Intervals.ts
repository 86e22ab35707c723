/** Durations and intervals. Each has a default that suits a portal; tests choose shorter ones. */
export interface Intervals {
  /** One build. */
  buildDeadlineMs: number;
  /** One run of any other reconciler. */
  runDeadlineMs: number;
  /** Everything is resynced after this, whatever was missed. */
  resyncMs: number;
  /** A process that died is replaced after this. */
  leaseTtlMs: number;
  /** How soon another process's changes are seen. */
  tailMs: number;
  backOffFirstMs: number;
  backOffMaxMs: number;
  /** How long a cluster that was lost must be in contact before apps move back to it. */
  failbackSteadyMs: number;
  /** Number of apps that move back to one cluster within an interval. */
  failbackMoves: number;
  failbackIntervalMs: number;
  /** How often the usage of apps is read from each cluster. */
  usageMs: number;
  /** A cluster that does not report usage is asked again after this at the latest. */
  usageBackOffMaxMs: number;
  /** How often each cluster is checked for workloads that others deployed, beside its events. */
  observeMs: number;
  /** After so long without output a push prints what it is waiting for. */
  pushQuietMs: number;
  /** A push that waits so long ends once it is known for certain what is wrong… */
  pushTroubleMs: number;
  /** …and after this in any case. */
  pushPatienceMs: number;
}

export const DEFAULT_INTERVALS: Intervals = {
  buildDeadlineMs: 10 * 60_000,
  runDeadlineMs: 60_000,
  resyncMs: 60_000,
  leaseTtlMs: 15_000,
  tailMs: 1_000,
  backOffFirstMs: 500,
  backOffMaxMs: 60_000,
  failbackSteadyMs: 10 * 60_000,
  failbackMoves: 5,
  failbackIntervalMs: 60_000,
  usageMs: 60_000,
  usageBackOffMaxMs: 10 * 60_000,
  observeMs: 10_000,
  pushQuietMs: 10_000,
  pushTroubleMs: 30_000, // what starts more slowly is reported as not ready yet
  pushPatienceMs: 180_000,
};
