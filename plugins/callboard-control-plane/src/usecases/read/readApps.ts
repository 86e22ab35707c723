import {
  type App,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReadOptions } from '../ControlPlane';
import { appMissing } from '../problems';
import { assembleApp } from './assembleApp';
import { type ReadContext, type Shown, look } from './KeptPictures';
import { readPicture } from './Picture';

/** Every app, by name. */
export async function listApps(
  context: ReadContext,
  options: ReadOptions = {},
): Promise<App[]> {
  return appsOf(await look(context, options));
}

/** All apps of a picture. */
export function appsOf(shown: Shown): App[] {
  const { picture } = shown;
  shown.apps ??= picture.apps.map(app => assembleApp(app, picture));
  return shown.apps;
}

/** One app. */
export async function getApp(
  name: string,
  context: ReadContext,
  { at }: ReadOptions = {},
): Promise<Result<App>> {
  const pictures = at ? undefined : context.pictures;
  const read = async (): Promise<Shown> => ({
    picture: await readPicture(context, { app: name, at }),
  });
  const shown =
    pictures?.showKept() ?? (await (pictures ? pictures.orLast(read) : read()));
  const app = appsOf(shown).find(each => each.name === name);
  return app ? ok(app) : failed(appMissing(name));
}
