import {
  type ResourceView,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { listResources } from '@callboard/plugin-callboard-core';
import type { FactReader } from '../../reconcile/roles';
import {
  findApp,
  findEnvironmentRelease,
  findRelease,
  findResourceSecrets,
} from '../../store';
import { appMissing } from '../problems';

/** Resources that the release of an environment requests, and how often their secrets were generated. */
export async function readResources(
  app: string,
  environment: string,
  { deps: { knex } }: FactReader,
): Promise<Result<ResourceView[]>> {
  if (!(await findApp(knex, app))) return failed(appMissing(app));
  const wanted = await findEnvironmentRelease(knex, { app, environment });
  const release = wanted && (await findRelease(knex, app, wanted.release));
  const secrets = await findResourceSecrets(knex, { app, environment });
  return ok(
    listResources(release?.content.workloads ?? []).map(each => {
      const version = secrets.get(each.resource)?.version;
      return {
        ...each,
        ...(version !== undefined && { secrets: { version } }),
      };
    }),
  );
}
