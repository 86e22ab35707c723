import {
  type DataDeletion,
  type Problem,
  type Result,
  failed,
  listOf,
  ok,
} from '@callboard/plugin-callboard-common';
import { describeEntity } from '@callboard/plugin-callboard-core';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import {
  closeKeptData,
  findCluster,
  findDeployment,
  findKeptData,
  findLastApp,
  lockApp,
  saveKeptData,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { judgeDeletion } from './judgeDeletion';

export type Deletion = Parameters<ControlPlane['deleteData']>[0];

/**
 * Requests the deletion of the data that an app left on a cluster, and of
 * everything else of the app there. It happens as soon as the cluster is in
 * contact.
 *
 * Data on a cluster that is not registered can only be forgotten, and data on a
 * registered one only be deleted: consent to the one is not consent to the
 * other when the cluster comes or goes in the meantime.
 */
export async function deleteData(
  { actor, ownershipRefs, mayPromote = true, forget = false, ...of }: Deletion,
  context: Recorder,
): Promise<Result<DataDeletion>> {
  const { knex, clock, platform } = context.deps;
  const { app, environment, cluster } = of;
  const { owner } = (await findLastApp(knex, app)) ?? {};
  if (owner === undefined) return failed(appMissing(app));
  const title = titleOfEnvironment(platform.environments, environment);
  const judged = await judgeDeletion(
    of,
    { actor, ownershipRefs, mayPromote },
    context,
  );
  if (judged.kind === 'not-allowed') return failed(notYours(of, owner));
  if (judged.kind === 'missing')
    return failed(notApproved(of, { title, approver: judged.group }));
  const key = { kind: 'app', ...of } as const;
  return record(
    context,
    undefined,
    async (tx, { journal, signal, wake }): Promise<Result<DataDeletion>> => {
      await lockApp(tx, app);
      const [data] = await findKeptData(tx, of);
      if (await findDeployment(tx, key)) return failed(inUse(of, title));
      if (!data) return failed(nothingKept(of, title));
      const isRegistered = (await findCluster(tx, cluster)) !== undefined;
      if (forget && isRegistered) return failed(withinReach(of));
      if (!forget && !isRegistered) return failed(outOfReach(of));
      if (!forget) wake({ kind: 'delivery', key });
      if (!forget && data.deletion) return ok({ isForgotten: false });
      const at = clock.now();
      if (forget) await closeKeptData(tx, of, at);
      else await saveKeptData(tx, { ...data, deletion: { by: actor } }, at);
      const names = listOf(data.resources.map(({ name }) => name));
      journal({
        at,
        actor,
        action: forget ? 'app.data-forgotten' : 'app.data-deletion',
        ...of,
        message: forget
          ? `The data of ${names} of ${app} in ${title} on ${cluster} was struck off the list`
          : `The data of ${names} of ${app} in ${title} is to be deleted on ${cluster}`,
        ...(forget && {
          why: `${cluster} is not registered: who reaches it deletes it there`,
        }),
        before: { resources: data.resources, since: data.since.toISOString() },
      });
      signal({ kind: 'app', name: app });
      return ok({ isForgotten: forget });
    },
  );
}

type Place = Pick<Deletion, 'app' | 'environment' | 'cluster'>;

function cannotDelete({ app, cluster }: Place): string {
  return `Cannot delete the data of "${app}" on ${cluster}`;
}

function notYours(of: Place, owner: string): Problem {
  return {
    code: 'not-allowed',
    what: cannotDelete(of),
    why: `only ${describeEntity(owner)} may`,
    next: `Ask ${describeEntity(owner)}`,
    transient: false,
  };
}

function notApproved(
  of: Place,
  { title, approver }: { title: string; approver: string },
): Problem {
  const group = describeEntity(approver);
  return {
    code: 'approval-missing',
    what: cannotDelete(of),
    why: `what comes to ${title} needs approval by ${group}, and you are not a member`,
    next: `Ask a member of ${group} to do it`,
    transient: false,
  };
}

function inUse(of: Place, title: string): Problem {
  return {
    code: 'data-in-use',
    what: cannotDelete(of),
    why: `it runs there in ${title}, or is about to leave`,
    next: `Drain ${of.cluster}, or place it elsewhere; its data is kept then, and can be deleted`,
    transient: false,
  };
}

function nothingKept(of: Place, title: string): Problem {
  return {
    code: 'data-not-found',
    what: cannotDelete(of),
    why: `none of ${title} is known to be kept there`,
    next: 'The page of the app lists what is',
    transient: false,
  };
}

function outOfReach(of: Place): Problem {
  return {
    code: 'data-out-of-reach',
    what: cannotDelete(of),
    why: `${of.cluster} is not registered any more`,
    next: `Register ${of.cluster} again, or have the data there forgotten`,
    transient: false,
  };
}

function withinReach(of: Place): Problem {
  return {
    code: 'data-within-reach',
    what: `Cannot forget the data of "${of.app}" on ${of.cluster}`,
    why: `${of.cluster} is registered`,
    next: 'Look at what is there, then have it deleted, or leave it',
    transient: false,
  };
}
