import { type Result, failed } from '@callboard/plugin-callboard-common';
import type { Recorder } from '../../reconcile/roles';
import { findApp, findGitTokenByHash, markGitTokenUsed } from '../../store';
import type { GitTokenHolder } from '../ControlPlane';
import { hashGitToken } from './createGitToken';
import { judgeGitToken } from './judgeGitToken';
import { tokenUnknown } from './problems';

const USED_MS = 60_000; // a push asks several times; one record of its use is enough

/**
 * Returns the holder of a git token. Reads the database each time: a token that
 * was revoked is refused at once. Its use is recorded once a minute at most.
 */
export async function admitGitToken(
  text: string,
  { deps }: Recorder,
): Promise<Result<GitTokenHolder>> {
  const { knex, clock } = deps;
  const token = await findGitTokenByHash(knex, hashGitToken(text));
  if (!token) return failed(tokenUnknown());
  const app =
    token.app === undefined ? undefined : await findApp(knex, token.app);
  const now = clock.now();
  const judged = judgeGitToken(token, app, now);
  const unlessSince = new Date(now.getTime() - USED_MS);
  if (judged.ok && (token.lastUsedAt ?? unlessSince) <= unlessSince)
    await markGitTokenUsed(knex, { id: token.id, unlessSince }, now).catch(
      error => deps.logger.warn('use of a git token not noted', error), // a full disk must not prevent fetches
    );
  return judged;
}
