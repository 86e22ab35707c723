import { type App, listOf } from '@callboard/plugin-callboard-common';
import { isDocument } from '../documents/Document';
import { readDocuments } from '../documents/readDocuments';
import { type Io, UsageError } from '../Io';
import type { PortalClient } from './PortalClient';

const APP_FILE = 'app.yaml';

/** An app, and an environment of it when one was named. */
export interface Place {
  app: App;
  environment?: string;
}

/**
 * Resolves the names of a command: `APP ENV`, `APP`, `ENV` of the app of this
 * folder, or the app of this folder alone. A single name is an environment when
 * the app of the folder has one of that name.
 */
export async function findPlace(
  names: readonly string[],
  client: PortalClient,
  io: Io,
): Promise<Place> {
  if (names.length > 2)
    throw new UsageError(`"${names[2]}" is one name too many`);
  const read = (app: string) => client.read('getApp', { path: { app } });
  const [first, second] = names;
  const here = second === undefined ? appOfFolder(client.base, io) : undefined;
  if (second !== undefined)
    return { app: await read(first), environment: second };
  if (here === undefined) {
    if (first !== undefined) return { app: await read(first) };
    throw new UsageError(
      'Which app? Name it, or run this in its folder: one with an app.yaml, or a git remote of the portal',
    );
  }
  if (first === undefined) return { app: await read(here) };
  if (first === here) return { app: await read(first) };
  const app = await read(here).catch(() => undefined); // it may never have been pushed
  return app?.environments.some(({ name }) => name === first)
    ? { app, environment: first }
    : { app: await read(first) };
}

/** The named environment, or the only one. */
export function demandEnvironment({ app, environment }: Place): string {
  const names = app.environments.map(({ name }) => name);
  if (environment !== undefined) {
    if (names.includes(environment)) return environment;
    throw new UsageError(
      `${app.name} has no environment "${environment}": it has ${
        listOf(names) || 'none'
      }`,
    );
  }
  const released = app.environments.filter(({ release }) => release !== null);
  if (released.length === 1) return released[0].name;
  throw new UsageError(
    `In which environment? ${app.name} has ${listOf(names) || 'none'}`,
  );
}

/** Name of the app in this folder, by its app.yaml or by a git remote of the portal. */
function appOfFolder(base: string, io: Io): string | undefined {
  return nameInFile(io) ?? nameInRemotes(base, io.listRemotes());
}

function nameInFile(io: Io): string | undefined {
  if (!io.hasFile(APP_FILE)) return undefined;
  try {
    for (const { kind, metadata } of readDocuments([APP_FILE], io))
      if (kind === 'App' && isDocument(metadata))
        return typeof metadata.name === 'string' ? metadata.name : undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error; // `check` reports the faults of the file
  }
  return undefined;
}

function nameInRemotes(
  base: string,
  remotes: readonly string[],
): string | undefined {
  for (const remote of remotes) {
    if (!URL.canParse(remote)) continue;
    const { origin, pathname } = new URL(remote);
    const [, name] =
      /^(?:.*)\/api\/callboard\/git\/([^/]+?)(?:\.git)?\/?$/.exec(pathname) ??
      [];
    if (name !== undefined && origin === new URL(base).origin) return name;
  }
  return undefined;
}
