import { appDeleted, describeEntity } from '@callboard/plugin-callboard-core';
import {
  type Problem,
  type ReleaseOrigin,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  AcceptedPush,
  JudgedPush,
} from '@callboard/plugin-callboard-node';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import {
  type AppRecord,
  findLastApp,
  insertBuild,
  insertProvenance,
  insertReleaseRequest,
  insertRevision,
  lockApp,
  saveApp,
} from '../../store';
import { nameKept, ownedByOthers } from './judgePush';
import { takeAddresses } from './takeAddresses';

/**
 * Records a push whose branch has moved, as it was judged: the app (when new),
 * the revision, and a pending build. The same commit again changes nothing,
 * unless `main` was moved back to it.
 *
 * Only the owner, the existence and the addresses of the app are checked again:
 * since the push was judged another process may have changed them, or deleted
 * the app. A push to an app that existed then does not create it again.
 */
export async function recordPush(
  push: JudgedPush,
  { isHead }: { isHead: boolean },
  context: Recorder,
): Promise<Result<AcceptedPush>> {
  const { accepted, title, owner, system, spec, builder, elsewhere } = push;
  const { commit, message, author } = push.revision;
  const judged: Omit<AppRecord, 'createdAt'> = {
    name: push.app,
    title,
    owner,
    ...(system !== undefined && { system }),
  };
  const at = context.deps.clock.now();
  let refused: Problem | undefined;
  await record(context, undefined, async (tx, { journal, signal, wake }) => {
    await lockApp(tx, judged.name);
    const last = await findLastApp(tx, judged.name);
    refused = undefined;
    if (last && !push.ownershipRefs.includes(last.owner)) {
      refused = last.isDeleted ? nameKept(last) : ownedByOthers(last);
      return;
    }
    if (last?.isDeleted && !accepted.created) {
      refused = appDeleted(judged.name, 'record the push to');
      return;
    }
    refused = await takeAddresses(tx, {
      app: judged.name,
      appFile: spec.appFile,
      environments: context.deps.platform.environments,
    });
    if (refused) return;
    const existing = last?.isDeleted ? undefined : last;
    // What app.yaml does not set stays as people set it, also since the push was judged.
    const { metadata, spec: said } = spec.appFile ?? {};
    const description = metadata?.description ?? existing?.description;
    const app = {
      ...judged,
      ...(existing && {
        title: metadata?.title ?? existing.title,
        ...(said?.owner === undefined && { owner: existing.owner }),
      }),
      ...(description !== undefined && { description }),
    };
    const position = await insertRevision(
      tx,
      {
        app: app.name,
        commit,
        message,
        author,
        pushedBy: push.actor,
        pushedAt: at,
        spec,
      },
      { isHead, isNew: last?.isDeleted === true },
    );
    wake({ kind: 'build', app: app.name, owner: app.owner });
    if (position === undefined) return;
    const revision = { app: app.name, commit };
    if (elsewhere?.request)
      await insertReleaseRequest(tx, { ...revision, ...elsewhere.request });
    if (elsewhere?.provenance)
      await insertProvenance(tx, {
        ...revision,
        statement: JSON.stringify(elsewhere.provenance),
      });
    await saveApp(tx, { ...app, createdAt: existing?.createdAt ?? at }, at);
    await insertBuild(tx, {
      app: app.name,
      commit,
      position,
      builder,
      requestedAt: at,
    });
    const about = { at, actor: push.actor, app: app.name };
    if (!existing) {
      journal({
        ...about,
        action: 'app.created',
        message: `${app.name} was created, owned by ${describeEntity(
          app.owner,
        )}`,
        after: app,
      });
      signal({ kind: 'fleet' });
    } else if (existing.owner !== app.owner) {
      journal({
        ...about,
        action: 'app.owner-changed',
        message: `${app.name} belongs to ${describeEntity(app.owner)} now`,
        why: 'app.yaml says so',
        before: { owner: existing.owner },
        after: { owner: app.owner },
      });
    }
    journal({
      ...about,
      action: 'revision.pushed',
      message: `"${message}" was ${describeArrival(spec.origin)}`,
      ...(spec.origin?.run !== undefined && {
        why: `its images were built in ${spec.origin.run}`,
      }),
      after: {
        revision: commit,
        commitMessage: message,
        ...(spec.origin && { origin: withoutProvenance(spec.origin) }),
      },
    });
    signal({ kind: 'app', name: app.name });
  });
  return refused ? failed(refused) : ok(accepted);
}

/** `released from GitHub Actions, at 1a2b3c4 of main`. */
function describeArrival(origin: ReleaseOrigin | undefined): string {
  if (!origin) return 'pushed';
  const { commit, branch, builtBy = 'elsewhere' } = origin;
  const of = branch === undefined ? '' : ` of ${branch}`;
  return `released from ${builtBy}, at ${commit.slice(0, 7)}${of}`;
}

/** The provenance statement is stored separately. */
function withoutProvenance({
  provenance: _kept,
  ...origin
}: ReleaseOrigin): Omit<ReleaseOrigin, 'provenance'> {
  return origin;
}
