import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { FactReader, Recorder } from '../../reconcile/roles';
import {
  type GitTokenRecord,
  findApp,
  findGitToken,
  revokeGitToken as endGitToken,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { isOfApp } from './judgeGitToken';
import { nameKind, tokenNotFound } from './problems';

/** Ends a git token at once. Those of others are answered as if they did not exist. */
export async function revokeGitToken(
  request: Parameters<ControlPlane['revokeGitToken']>[0],
  context: Recorder,
): Promise<Result<void>> {
  const { id, actor } = request;
  const token = await findGitToken(context.deps.knex, id);
  if (!token || !(await mayRevoke(token, request, context)))
    return failed(tokenNotFound());
  return record(context, undefined, async (tx, { journal }) => {
    const at = context.deps.clock.now();
    if (!(await endGitToken(tx, { id, by: actor }, at)))
      return failed(tokenNotFound());
    journal({
      at,
      actor,
      action: 'token.revoked',
      ...(token.app !== undefined && { app: token.app }),
      message: `The ${nameKind(token)} was revoked`,
      before: { id, name: token.name },
    });
    return ok(undefined);
  });
}

async function mayRevoke(
  token: GitTokenRecord,
  { person, mayPush }: Parameters<ControlPlane['revokeGitToken']>[0],
  { deps: { knex } }: FactReader,
): Promise<boolean> {
  if (token.app === undefined) return token.holder === person;
  const app = await findApp(knex, token.app);
  return app !== undefined && isOfApp(token, app) && mayPush(app);
}
