import type { App, HealthStatus } from '@callboard/plugin-callboard-common';
import { needsAttention } from '@callboard/plugin-callboard-core';
import { compareUrgency } from '@callboard/plugin-callboard-react';
import { worstOf } from '../pages/worstOf';

/** Combined state of several apps. */
export interface RollUp {
  /** Sorted by need for attention, then by urgency and name. */
  apps: App[];
  /** Number of apps by their worst status, the most urgent first. */
  statuses: Array<{ status: HealthStatus; count: number }>;
  /** Names of the clusters that any of them runs on, in order. */
  clusters: string[];
}

/** Sums up apps for a System or a Domain. Apps without a release have no status. */
export function rollUp(apps: readonly App[]): RollUp {
  const counts = new Map<HealthStatus, number>();
  for (const app of apps) {
    const status = worstOf(app);
    if (status !== undefined) counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const statusOf = (app: App) => worstOf(app) ?? 'Healthy';
  const clusters = apps.flatMap(({ environments }) =>
    environments.flatMap(each => each.clusters.map(({ cluster }) => cluster)),
  );
  return {
    apps: [...apps].sort(
      (a, b) =>
        Number(needsAttention(b)) - Number(needsAttention(a)) ||
        compareUrgency(statusOf(a), statusOf(b)) ||
        a.name.localeCompare(b.name),
    ),
    statuses: [...counts]
      .map(([status, count]) => ({ status, count }))
      .sort((a, b) => compareUrgency(a.status, b.status)),
    clusters: [...new Set(clusters)].sort(),
  };
}
