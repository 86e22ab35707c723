import { describeEntity } from '@callboard/plugin-callboard-core';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type {
  AcceptedPush,
  JudgedPush,
} from '@callboard/plugin-callboard-node';
import { record } from '../../reconcile/record';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import {
  type AppRecord,
  findApp,
  insertBuild,
  insertRevision,
  saveApp,
} from '../../store';
import { ownedByOthers } from './judgePush';

/**
 * Records a push whose branch has moved, as it was judged: the app (when new),
 * the revision, and a build to do. The same commit again changes nothing, unless
 * `main` was moved back to it.
 *
 * Only whose the app is, is looked at again: another process may have given its
 * name away since the push was judged.
 */
export async function recordPush(
  push: JudgedPush,
  { isHead }: { isHead: boolean },
  context: ReconcileContext,
): Promise<Result<AcceptedPush>> {
  const { accepted, title, owner, system, spec, builder } = push;
  const { commit, message, author } = push.revision;
  const app: Omit<AppRecord, 'createdAt'> = {
    name: push.app,
    title,
    owner,
    ...(system !== undefined && { system }),
  };
  const at = context.deps.clock.now();
  let refused: AppRecord | undefined;
  await record(context, undefined, async (tx, { journal, signal, wake }) => {
    const existing = await findApp(tx, app.name);
    refused =
      existing && !push.ownershipRefs.includes(existing.owner)
        ? existing
        : undefined;
    if (refused) return;
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
      { isHead },
    );
    wake({ kind: 'build', app: app.name, owner: app.owner });
    if (position === undefined) return;
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
      message: `"${message}" was pushed`,
      after: { revision: commit, commitMessage: message },
    });
    signal({ kind: 'app', name: app.name });
  });
  return refused ? failed(ownedByOthers(refused)) : ok(accepted);
}
