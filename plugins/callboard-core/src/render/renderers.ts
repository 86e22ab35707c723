import type { ScoreWorkload } from '@callboard/plugin-callboard-common';

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
 * | 3 | volumes outlive their instance unless they are ephemeral: a workload that has one is a StatefulSet |
 */
export const CURRENT_RENDERER = 3;

/** What the next release of an app changes by itself, where its last one was made with an older version; for the pusher. */
export function describeNewerRenderer(
  last: number,
  workloads: readonly ScoreWorkload[],
): string | undefined {
  const keeps = workloads.some(({ resources = {} }) =>
    Object.values(resources).some(
      ({ type, params }) => type === 'volume' && params?.ephemeral !== true,
    ),
  );
  const changes = [
    ...(hasBaseline(last) ? [] : ['restricted pods', 'denied networks']),
    ...(keepsVolumes(last) || !keeps
      ? []
      : ['volumes that are not ephemeral outlive their instance']),
  ];
  return changes.length === 0
    ? undefined
    : `rendered in the newer way: ${changes.join(', ')} (docs/rendering.md)`;
}

/** Whether a version renders the baseline of objects around a workload, and restricted pods. */
export function hasBaseline(renderer: number): boolean {
  return renderer >= 2;
}

/** Whether a version keeps volumes that do not say they are ephemeral. */
export function keepsVolumes(renderer: number): boolean {
  return renderer >= 3;
}

/** Whether this Callboard knows how a version renders: a database may come from a newer one. */
export function isKnownRenderer(renderer: number): boolean {
  return (
    Number.isInteger(renderer) && renderer >= 1 && renderer <= CURRENT_RENDERER
  );
}
