import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { AppRecord, GitTokenRecord } from '../../store';
import type { GitTokenHolder } from '../ControlPlane';
import { appMovedOn, tokenExpired, tokenRevoked } from './problems';

/**
 * Returns the holder of a token, or why it is no longer valid. An app's token
 * ends with the app, and when the app gets another owner: its former owners
 * have the text.
 *
 * @param app - as it is now, where the token is one of an app
 */
export function judgeGitToken(
  token: GitTokenRecord,
  app: AppRecord | undefined,
  now: Date,
): Result<GitTokenHolder> {
  if (token.revoked) return failed(tokenRevoked(token, token.revoked.at));
  if (token.expiresAt <= now) return failed(tokenExpired(token));
  if (token.app === undefined)
    return ok({
      kind: 'person',
      userEntityRef: token.holder,
      inCatalog: token.inCatalog,
      token: token.name,
      scope: token.scope,
    });
  return app && isOfApp(token, app)
    ? ok({
        kind: 'app',
        app: app.name,
        owner: app.owner,
        actor: `token:${app.name}/${token.name}`,
        token: token.name,
      })
    : failed(appMovedOn(token));
}

/** Whether a token was made for this app under its current owner; the name may have been used before. */
export function isOfApp(token: GitTokenRecord, app: AppRecord): boolean {
  return (
    token.app === app.name &&
    token.holder === app.owner &&
    token.createdAt >= app.createdAt
  );
}
