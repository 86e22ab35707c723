/** How long things may take. Each has a default that fits a portal; tests choose shorter ones. */
export interface Intervals {
  /** One build. */
  buildDeadlineMs: number;
  /** One run of any other reconciler. */
  runDeadlineMs: number;
  /** Everything is looked at again after this, whatever was missed. */
  resyncMs: number;
  /** A process that died is replaced after this. */
  leaseTtlMs: number;
  /** How soon another process's changes are seen. */
  tailMs: number;
  backOffFirstMs: number;
  backOffMaxMs: number;
  /** A cluster that was lost must be in contact for so long before apps come back to it. */
  failbackSteadyMs: number;
  /** So many apps come back to one cluster within an interval. */
  failbackMoves: number;
  failbackIntervalMs: number;
  /** How often what apps use is read from each cluster. */
  usageMs: number;
  /** A cluster that does not say is asked again after this at the latest. */
  usageBackOffMaxMs: number;
  /** How often each cluster is checked for what others deployed, beside its events. */
  observeMs: number;
  /** After so long without news a pusher is told what is waited for. */
  pushQuietMs: number;
  /** A pusher who waits so long is let go once it is known for certain what is wrong… */
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
  pushTroubleMs: 30_000, // what starts more slowly is told as what is not ready yet
  pushPatienceMs: 180_000,
};
