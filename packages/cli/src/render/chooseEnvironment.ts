import { filesOfKind } from '@callboard/plugin-callboard-common';
import {
  type ResolvedEnvironment,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import { UsageError } from '../Io';
import type { AppFiles } from './AppFiles';

const WITHOUT_PLATFORM = 'dev';

/** Settings of an environment for rendering and placing an app. */
export type ChosenEnvironment = Pick<
  ResolvedEnvironment,
  | 'name'
  | 'placement'
  | 'requires'
  | 'overrides'
  | 'replicas'
  | 'addresses'
  | 'requestedAddresses'
>;

/**
 * Lists the environments of an app, in the order of promotion: those of the
 * platform's files, or otherwise those that the app's own file refines.
 */
export function listEnvironments({
  appFile,
  platform,
}: Pick<AppFiles, 'appFile' | 'platform'>): ChosenEnvironment[] {
  const files = filesOfKind(platform, 'Environment');
  if (files.length > 0) {
    const resolved = resolveEnvironments(files, appFile);
    return resolved.ok ? resolved.value : []; // errors were reported by the checks before
  }
  const own = appFile?.spec.environments ?? [];
  return own.map(
    ({ name, placement = {}, overrides = [], replicas = 1, addresses }) => ({
      name,
      placement,
      overrides,
      replicas,
      ...(addresses && { requestedAddresses: addresses }),
    }),
  );
}

/** The environment of that name, or the first one. Without platform files any name is accepted. */
export function chooseEnvironment(
  app: Pick<AppFiles, 'appFile' | 'platform'>,
  name: string | undefined,
): ChosenEnvironment {
  const all = listEnvironments(app);
  const found =
    name === undefined ? all[0] : all.find(each => each.name === name);
  if (found) return found;
  if (app.platform.some(({ kind }) => kind === 'Environment'))
    throw new UsageError(
      `There is no environment "${name}", only ${all
        .map(each => each.name)
        .join(', ')}`,
    );
  const chosen = name ?? WITHOUT_PLATFORM;
  if (!/^[a-z0-9](?:-?[a-z0-9]){0,62}$/.test(chosen))
    throw new UsageError(`"${chosen}" is no name of an environment`);
  return { name: chosen, placement: {}, overrides: [], replicas: 1 };
}
