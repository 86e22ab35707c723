import {
  type App,
  appReadPermission,
} from '@callboard/plugin-callboard-common';
import type { ReadableApps } from '@callboard/plugin-callboard-core';
import type { Caller } from './Caller';
import type { RouterDeps } from './RouterDeps';

/** Apps that a caller may read. */
export interface CallersApps extends ReadableApps {
  apps: App[];
  names: string[];
}

/**
 * Returns the apps that a caller may read, for responses about several apps.
 * The current owner of an app decides about its past too; for a deleted app,
 * its last owner.
 *
 * @param options - `at`: the instant whose apps are returned
 * @returns undefined where the caller may read every app, without reading them
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
  const now = await controlPlane.listApps();
  const then = options.at ? await controlPlane.listApps(options) : now;
  const known = [...now, ...(await controlPlane.listDeletedApps())];
  const names = new Set(known.filter(isAllowed).map(({ name }) => name));
  const isHidden = (name: string) => !names.has(name);
  return {
    apps: then.filter(({ name }) => names.has(name)),
    names: [...names],
    hidden: [...known, ...then].map(({ name }) => name).filter(isHidden),
    mayRead: name => names.has(name),
  };
}

/** Filter for reads of the control plane that cover many apps. */
export function onlyAppsOf(readable: CallersApps | undefined): {
  onlyApps?: readonly string[];
} {
  return readable ? { onlyApps: readable.names } : {};
}
