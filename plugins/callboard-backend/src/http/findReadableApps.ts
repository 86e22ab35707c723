import {
  type App,
  appReadPermission,
} from '@callboard/plugin-callboard-common';
import type { ReadableApps } from '@callboard/plugin-callboard-core';
import type { Caller } from './Guard';
import type { RouterDeps } from './RouterDeps';

/** Apps that a caller may read. */
export interface CallersApps extends ReadableApps {
  apps: App[];
  names: string[];
}

/**
 * Which apps a caller may read, for answers that are not about one app. An app
 * that is no more is not readable: nobody can be asked whose it is.
 *
 * @returns undefined where the caller may read every app, without a look at them
 */
export async function findReadableApps(
  caller: Caller,
  { controlPlane, guard }: Pick<RouterDeps, 'controlPlane' | 'guard'>,
  options: { at?: Date } = {},
): Promise<CallersApps | undefined> {
  const { isForAll, isAllowed } = await guard.decideForApps(
    caller,
    appReadPermission,
  );
  if (isForAll) return undefined;
  const all = await controlPlane.listApps(options);
  const apps = all.filter(isAllowed);
  const names = new Set(apps.map(({ name }) => name));
  return {
    apps,
    names: [...names],
    hidden: all.map(({ name }) => name).filter(name => !names.has(name)),
    mayRead: name => names.has(name),
  };
}
