import { type Result, ok } from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { findApp, insertBuild, insertRevision, saveApp } from '../../store';
import type { AcceptedPush, RecordablePush } from '../ControlPlane';
import { judgePush } from './judgePush';

/**
 * Records a push whose branch has moved: the app (when new), the revision, and
 * a build to do. The same commit again changes nothing, unless `main` was moved
 * back to it.
 */
export async function recordPush(
  push: RecordablePush,
  context: ReconcileContext,
): Promise<Result<AcceptedPush>> {
  const judged = await judgePush(push, context.deps);
  if (!judged.ok) return judged;
  const { accepted, app, spec, builder } = judged.value;
  const { commit, message, author } = push.revision;
  const at = context.deps.clock.now();
  await record(context, undefined, async (tx, { journal, signal, wake }) => {
    const existing = await findApp(tx, app.name);
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
      push,
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
        message: `${app.name} was created, owned by ${app.owner}`,
        after: app,
      });
      signal({ kind: 'fleet' });
    } else if (existing.owner !== app.owner) {
      journal({
        ...about,
        action: 'app.owner-changed',
        message: `${app.name} belongs to ${app.owner} now`,
        why: 'app.yaml says so',
        before: { owner: existing.owner },
        after: { owner: app.owner },
      });
    }
    journal({
      ...about,
      action: 'revision.pushed',
      message: `"${message}" was pushed`,
      after: { revision: commit },
    });
    signal({ kind: 'app', name: app.name });
  });
  return ok(accepted);
}
