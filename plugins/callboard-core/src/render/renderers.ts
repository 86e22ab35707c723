/**
 * The version by which releases that are made now are rendered. It is raised
 * with every change that would alter the objects of an app that nobody changed.
 * A release keeps the version that it was made with, so that a newer Callboard
 * rolls no app: its next release is rendered by the newer version.
 *
 * | version | what it renders |
 * | --- | --- |
 * | 1 | ConfigMap, Service, Deployment |
 * | 2 | also ServiceAccount, NetworkPolicy and PodDisruptionBudget; restricted pods, spread over nodes and zones, with default requests and a default limit of memory |
 */
export const CURRENT_RENDERER = 2;

/** What the next release of an app changes by itself, where its last one was made with an older version; for the pusher. */
export function describeNewerRenderer(last: number): string | undefined {
  if (last >= CURRENT_RENDERER) return undefined;
  return 'rendered in the newer way: restricted pods, denied networks (docs/rendering.md)';
}

/** Whether a version renders the baseline of objects around a workload, and restricted pods. */
export function hasBaseline(renderer: number): boolean {
  return renderer >= 2;
}

/** Whether this Callboard knows how a version renders: a database may come from a newer one. */
export function isKnownRenderer(renderer: number): boolean {
  return (
    Number.isInteger(renderer) && renderer >= 1 && renderer <= CURRENT_RENDERER
  );
}
