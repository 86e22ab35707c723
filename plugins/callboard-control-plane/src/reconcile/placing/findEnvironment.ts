import {
  type ResolvedEnvironment,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import {
  type EnvironmentFile,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReleaseRecord } from '../../store';

/** Returns an environment as refined by the app file of a release. */
export function findEnvironment(
  files: readonly EnvironmentFile[],
  release: { app: string; content: Pick<ReleaseRecord['content'], 'appFile'> },
  name: string,
): Result<ResolvedEnvironment> {
  const environments = resolveEnvironments([...files], release.content.appFile);
  if (!environments.ok) return environments;
  const environment = environments.value.find(each => each.name === name);
  return environment
    ? ok(environment)
    : failed(environmentMissing(release.app, name));
}

/** Returns the display name of an environment. */
export function titleOfEnvironment(
  files: readonly EnvironmentFile[],
  name: string,
): string {
  const file = files.find(({ metadata }) => metadata.name === name);
  return file?.metadata.title ?? name;
}

/** Returns the problem that neither the platform nor the app defines an environment of that name. */
function environmentMissing(app: string, environment: string): Problem {
  return {
    code: 'environment-not-found',
    what: `Cannot find environment "${environment}" of "${app}"`,
    why: 'neither the platform nor app.yaml names it',
    next: `Choose one of the environments on the page of "${app}"`,
    transient: false,
  };
}
