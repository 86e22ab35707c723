import {
  type Problem,
  type ResourceRotation,
  type Result,
  failed,
  listOf,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  describeEntity,
  listResources,
} from '@callboard/plugin-callboard-core';
import { clusterStatusOf } from '../../reconcile/fleet/clusterStatusOf';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import { record } from '../../reconcile/record';
import type { FleetReader, Recorder } from '../../reconcile/roles';
import {
  findApp,
  findDeploymentsIn,
  findEnvironmentRelease,
  findRelease,
  findResourceSecrets,
  lockApp,
  saveResourceSecret,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';

export type Rotation = Parameters<ControlPlane['rotateSecrets']>[0];

/**
 * Requests new secrets for a resource: one cluster in contact generates them,
 * the others copy them from there, and workloads that read them are restarted.
 */
export async function rotateSecrets(
  { app, environment, resource, actor, mayPromote = true }: Rotation,
  context: Recorder & FleetReader,
): Promise<Result<ResourceRotation>> {
  const { knex, clock, platform } = context.deps;
  const { owner } = (await findApp(knex, app)) ?? {};
  if (owner === undefined) return failed(appMissing(app));
  const title = titleOfEnvironment(platform.environments, environment);
  const about = { app, title, resource };
  if (!mayPromote) return failed(notYours(about, owner));
  const statuses = await clusterStatusOf(context);
  const wanted = await findEnvironmentRelease(knex, { app, environment });
  const release = wanted && (await findRelease(knex, app, wanted.release));
  const asked = listResources(release?.content.workloads ?? []).find(
    each => each.resource === resource,
  );
  return record(
    context,
    undefined,
    async (
      tx,
      { journal, signal, wake },
    ): Promise<Result<ResourceRotation>> => {
      await lockApp(tx, app);
      const secrets = await findResourceSecrets(tx, { app, environment });
      const known = secrets.get(resource);
      if (!known) return failed(nothingToRotate(about, [...secrets.keys()]));
      const of = { app, environment };
      const places = (await findDeploymentsIn(tx, of)).filter(
        ({ state }) => state.desiredRelease !== undefined,
      );
      const home = places
        .map(({ key }) => key.cluster)
        .find(cluster => statuses(cluster).freshness === 'live');
      if (home === undefined) return failed(nowhereToRotate(about));
      const at = clock.now();
      const version = known.version + 1;
      await saveResourceSecret(
        tx,
        { ...known, version, home, state: 'drawing' },
        at,
      );
      const name = asked?.name ?? resource;
      const restarts = asked ? [name, ...asked.workloads] : [name];
      journal({
        at,
        actor,
        action: 'app.secrets-rotated',
        app,
        environment,
        message: `The secrets of ${name} in ${title} are rotated; ${listOf(
          restarts,
        )} start again`,
        before: { version: known.version },
        after: { version },
      });
      signal({ kind: 'app', name: app });
      for (const { key } of places) wake({ kind: 'delivery', key });
      return ok({ version, restarts });
    },
  );
}

interface About {
  app: string;
  title: string;
  resource: string;
}

function cannotRotate({ app, title, resource }: About): string {
  return `Cannot rotate the secrets of "${resource}" of "${app}" in ${title}`;
}

function notYours(about: About, owner: string): Problem {
  return {
    code: 'not-allowed',
    what: cannotRotate(about),
    why: `only ${describeEntity(owner)} may`,
    next: `Ask ${describeEntity(owner)}`,
    transient: false,
  };
}

function nothingToRotate(about: About, known: readonly string[]): Problem {
  return {
    code: 'resource-secrets-not-found',
    what: cannotRotate(about),
    why: 'nothing was generated for a resource of that name',
    next:
      known.length === 0
        ? 'There is nothing to rotate in this environment'
        : `Use one of ${listOf([...known].sort())}`,
    transient: false,
  };
}

function nowhereToRotate(about: About): Problem {
  return {
    code: 'secrets-not-rotated',
    what: cannotRotate(about),
    why: 'no cluster that it is placed on is in contact',
    next: 'Try again once one of them is',
    transient: true,
  };
}
