import {
  type App,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { type RevisionRecord, findRevisionAt } from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { appMissing } from '../problems';
import { assembleApp } from './assembleApp';
import { type Picture, readPicture } from './Picture';

/** Every app, by name. */
export async function listApps(
  context: ReconcileContext,
  { at }: ReadOptions = {},
): Promise<App[]> {
  const picture = await readPicture(context, { at });
  return assembleAll(picture, context);
}

/** All apps of a picture. */
export async function assembleAll(
  picture: Picture,
  context: ReconcileContext,
): Promise<App[]> {
  const apps: App[] = [];
  for (const app of picture.apps) {
    apps.push(
      assembleApp(app, picture, {
        pushed: await findPushed(app.name, picture, context),
      }),
    );
  }
  return apps;
}

/** One app. */
export async function getApp(
  name: string,
  context: ReconcileContext,
  { at }: ReadOptions = {},
): Promise<Result<App>> {
  const picture = await readPicture(context, { app: name, at });
  const [app] = picture.apps;
  if (!app) return failed(appMissing(name));
  return ok(
    assembleApp(app, picture, {
      pushed: await findPushed(name, picture, context),
    }),
  );
}

/** The push whose build did not become a release (yet). */
async function findPushed(
  app: string,
  { builds }: Picture,
  { deps }: ReconcileContext,
): Promise<RevisionRecord | undefined> {
  const build = builds.get(app);
  return build && build.state !== 'succeeded'
    ? findRevisionAt(deps.knex, build)
    : undefined;
}
