import { type App, countOf } from '@callboard/plugin-callboard-common';
import {
  isOnlyBeingRead,
  needsAttention,
} from '@callboard/plugin-callboard-core';
import { findMatch } from './findMatch';

export type AppFilter = 'all' | 'mine' | 'attention';

export interface Arrangement {
  search: string;
  filter: AppFilter;
  /** Entity references of the user's ownership. */
  owns: ReadonlySet<string>;
  /** Display name of a cluster. */
  nameOf: (cluster: string) => string;
}

/** Filters and sorts apps: those that need attention first, then the user's own, then by name. */
export function arrangeApps(
  apps: App[],
  { search, filter, owns, nameOf }: Arrangement,
): App[] {
  return apps
    .filter(app => filter !== 'mine' || isMine(app, owns))
    .filter(app => filter !== 'attention' || needsAttention(app))
    .filter(app => findMatch(app, { search, nameOf }) !== undefined)
    .sort(
      (a, b) =>
        Number(needsAttention(b)) - Number(needsAttention(a)) ||
        Number(isMine(b, owns)) - Number(isMine(a, owns)) ||
        a.name.localeCompare(b.name),
    );
}

export function isMine({ owner }: App, owns: ReadonlySet<string>): boolean {
  return owns.has(owner);
}

/** First line of the page. */
export function describeApps(apps: App[]): string {
  const waiting = apps.filter(needsAttention).length;
  const reading = apps.filter(
    app => !needsAttention(app) && app.environments.some(isOnlyBeingRead),
  ).length;
  const parts = [
    ...(waiting > 0 || reading === 0 ? [describeWaiting(waiting)] : []),
    ...(reading > 0 ? [`${reading} being read after a start`] : []),
  ];
  return `${countOf(apps.length, 'app')}; ${parts.join(', ')}.`;
}

function describeWaiting(count: number): string {
  if (count === 0) return 'none needs attention';
  return count === 1 ? '1 needs attention' : `${count} need attention`;
}
