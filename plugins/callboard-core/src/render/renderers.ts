import type { ScoreWorkload } from '@callboard/plugin-callboard-common';

/**
 * The version by which new releases are rendered. It is raised with every
 * change that would alter the objects of an unchanged app. A release keeps the
 * version that it was made with, so that an upgrade of Callboard rolls no app:
 * its next release is rendered by the newer version.
 *
 * | version | what it renders |
 * | --- | --- |
 * | 1 | ConfigMap, Service, Deployment |
 * | 2 | also ServiceAccount, NetworkPolicy and PodDisruptionBudget; restricted pods, spread over nodes and zones, with default requests and a default limit of memory |
 * | 3 | volumes outlive their instance unless they are ephemeral: a workload that has one is a StatefulSet |
 */
export const CURRENT_RENDERER = 3;

/**
 * Describes to the pusher what the next release of an app changes due to a
 * newer renderer, where its last one was made with an older version.
 */
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

/** Returns whether a version renders the baseline of objects around a workload, and restricted pods. */
export function hasBaseline(renderer: number): boolean {
  return renderer >= 2;
}

/** Returns whether a version keeps volumes that are not declared ephemeral. */
export function keepsVolumes(renderer: number): boolean {
  return renderer >= 3;
}

/** Returns whether this Callboard supports a version: the database may have been written by a newer one. */
export function isKnownRenderer(renderer: number): boolean {
  return (
    Number.isInteger(renderer) && renderer >= 1 && renderer <= CURRENT_RENDERER
  );
}
