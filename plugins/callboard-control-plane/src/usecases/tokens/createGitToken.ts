import { createHash, randomBytes } from 'node:crypto';
import {
  type IssuedGitToken,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import {
  type GitTokenRecord,
  findApp,
  findLiveGitTokens,
  forgetGitTokens,
  insertGitToken,
  lockGitTokens,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { isOfApp } from './judgeGitToken';
import {
  lifetimeInvalid,
  nameInvalid,
  nameKind,
  nameTaken,
  notYours,
  scopeOfPeople,
  tooMany,
} from './problems';

const PREFIX = 'cbt_'; // secret scanners recognize it by this prefix
export const MAX_GIT_TOKEN_DAYS = 365;

const DEFAULT_DAYS = 90;
const TOKEN_BYTES = 32;
const DAY_MS = 24 * 60 * 60_000;
const MOST_TOKENS = 20; // of one person, and of one app
const MOST_CHARS = 60;
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}])?$/u;
const REMEMBERED_MS = 30 * DAY_MS; // for this long a token that ended is refused with the reason

/** Makes a git token. Its text is in the answer and nowhere else. */
export async function createGitToken(
  request: Parameters<ControlPlane['createGitToken']>[0],
  context: Recorder & { deps: { gitTokens?: { maxDays?: number } } },
): Promise<Result<IssuedGitToken>> {
  const {
    name,
    app,
    person,
    scope = 'git',
    inCatalog,
    mayPush,
    actor,
  } = request;
  const { clock, newId, gitTokens } = context.deps;
  const maxDays = gitTokens?.maxDays ?? MAX_GIT_TOKEN_DAYS;
  const days = request.expiresInDays ?? Math.min(DEFAULT_DAYS, maxDays);
  if (name.length > MOST_CHARS || !NAME.test(name))
    return failed(nameInvalid(MOST_CHARS));
  if (!Number.isInteger(days) || days < 1 || days > maxDays)
    return failed(lifetimeInvalid(name, maxDays));
  if (scope === 'api' && app !== undefined) return failed(scopeOfPeople(name));

  const token = `${PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  return record(
    context,
    undefined,
    async (tx, { journal }): Promise<Result<IssuedGitToken>> => {
      const found = app === undefined ? undefined : await findApp(tx, app);
      if (app !== undefined && !found) return failed(appMissing(app));
      // The app may have got another owner since the request was authorized.
      if (found && !mayPush(found)) return failed(notYours(found.name));
      await lockGitTokens(tx);
      const at = clock.now();
      await forgetGitTokens(tx, new Date(at.getTime() - REMEMBERED_MS));
      const others = await findLiveGitTokens(
        tx,
        app === undefined ? { person } : { app },
      );
      const live = others.filter(
        each => each.expiresAt > at && (!found || isOfApp(each, found)),
      );
      const named = { name, ...(app !== undefined && { app }) };
      if (live.some(each => each.name === name))
        return failed(nameTaken(named));
      if (live.length >= MOST_TOKENS)
        return failed(tooMany(named, MOST_TOKENS));
      const made: GitTokenRecord = {
        id: newId(),
        ...named,
        holder: found?.owner ?? person,
        inCatalog: !found && inCatalog,
        scope,
        createdBy: actor,
        createdAt: at,
        expiresAt: new Date(at.getTime() + days * DAY_MS),
      };
      await insertGitToken(tx, { ...made, hash: hashGitToken(token) });
      const expiresAt = made.expiresAt.toISOString();
      journal({
        at,
        actor,
        action: 'token.created',
        ...(app !== undefined && { app }),
        message: `The ${nameKind(made)} was created`,
        after: { id: made.id, name, scope, expiresAt },
      });
      return ok({ id: made.id, token, expiresAt });
    },
  );
}

/** Whether a password is, or was, one of these tokens. */
export function isIssuedGitToken(password: string): boolean {
  return password.startsWith(PREFIX);
}

/** The stored hash of a token. */
export function hashGitToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
