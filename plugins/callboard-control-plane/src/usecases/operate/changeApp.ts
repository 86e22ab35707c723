import {
  type AppChange,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type AppChangeDecision,
  decideAppChange,
  describeEntity,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import {
  type AppRecord,
  type JournalDraft,
  findApp,
  findLiveGitTokens,
  findNewestSpecs,
  lockApp,
  saveApp,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { ownerMoved } from './problems';

/** A request to change the title, description or owner of an app. */
export type AppChangeRequest = Parameters<ControlPlane['changeApp']>[0];

/**
 * Changes the title, description or owner of an app, or describes the effect. A
 * new owner takes effect at the same instant for pushes, permissions and
 * tokens.
 */
export async function changeApp(
  request: AppChangeRequest,
  context: Recorder,
): Promise<Result<AppChange>> {
  const { app, actor, why, dryRun } = request;
  const { knex, clock } = context.deps;
  const before = await decide(knex, request);
  if (!before.ok) return before;
  if (dryRun) return ok(before.value.answer);
  return record(
    context,
    undefined,
    async (tx, { journal, signal }): Promise<Result<AppChange>> => {
      await lockApp(tx, app);
      const decided = await decide(tx, request);
      if (!decided.ok) return decided;
      const { found, after, answer } = decided.value;
      if (!answer.changes) return ok(answer);
      const at = clock.now();
      const { description: _, ...rest } = found;
      await saveApp(tx, { ...rest, ...after }, at);
      for (const entry of entriesOf(found, after))
        journal({
          at,
          actor,
          app,
          ...(why !== undefined && { why }),
          ...entry,
        });
      signal({ kind: 'app', name: app });
      signal({ kind: 'fleet' });
      return ok(answer);
    },
  );
}

async function decide(
  tx: Knex,
  { app, owner, asked, ownershipRefs }: AppChangeRequest,
): Promise<Result<AppChangeDecision & { found: AppRecord }>> {
  const found = await findApp(tx, app);
  if (!found) return failed(appMissing(app));
  // The actor's permission was judged by the owner that the request names.
  if (found.owner !== owner) return failed(ownerMoved(app, found.owner));
  const appFile = (await findNewestSpecs(tx, { app })).get(app)?.appFile;
  const decision = decideAppChange({
    app,
    before: found,
    asked,
    ...(appFile && { appFile }),
    ...(ownershipRefs && { ownershipRefs }),
    tokens: (await findLiveGitTokens(tx, { app })).filter(
      ({ holder }) => holder === found.owner,
    ).length,
  });
  return decision.ok ? ok({ ...decision.value, found }) : decision;
}

type Entry = Pick<JournalDraft, 'action' | 'message' | 'before' | 'after'>;

function entriesOf(
  before: AppRecord,
  after: AppChangeDecision['after'],
): Entry[] {
  const { name } = before;
  const entries: Entry[] = [];
  if (after.title !== before.title)
    entries.push({
      action: 'app.renamed',
      message: `${name} is called "${after.title}" now`,
      before: { title: before.title },
      after: { title: after.title },
    });
  if (after.description !== before.description)
    entries.push({
      action: 'app.described',
      message:
        after.description === undefined
          ? `${name} has no description any more`
          : `${name} is described as "${after.description}"`,
      before: { description: before.description ?? '' },
      after: { description: after.description ?? '' },
    });
  if (after.owner !== before.owner)
    entries.push({
      action: 'app.owner-changed',
      message: `${name} belongs to ${describeEntity(after.owner)} now`,
      before: { owner: before.owner },
      after: { owner: after.owner },
    });
  return entries;
}
