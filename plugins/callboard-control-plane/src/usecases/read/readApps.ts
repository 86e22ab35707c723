import {
  type App,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReadOptions } from '../ControlPlane';
import { appMissing } from '../problems';
import { assembleApp } from './assembleApp';
import { type ReadContext, type Shown, look } from './SnapshotCache';
import { readFleetSnapshot } from './FleetSnapshot';

/** Every app, by name. */
export async function listApps(
  context: ReadContext,
  options: ReadOptions = {},
): Promise<App[]> {
  return appsOf(await look(context, options));
}

/** All apps of a snapshot. */
export function appsOf(shown: Shown): App[] {
  const { snapshot } = shown;
  shown.apps ??= snapshot.apps.map(app => assembleApp(app, snapshot));
  return shown.apps;
}

/** One app. */
export async function getApp(
  name: string,
  context: ReadContext,
  { at }: ReadOptions = {},
): Promise<Result<App>> {
  const snapshots = at ? undefined : context.snapshots;
  const read = async (): Promise<Shown> => ({
    snapshot: await readFleetSnapshot(context, { app: name, at }),
  });
  const shown =
    snapshots?.showKept() ??
    (await (snapshots ? snapshots.orLast(read) : read()));
  const app = appsOf(shown).find(each => each.name === name);
  return app ? ok(app) : failed(appMissing(name));
}
