import type { GitTokenView } from '@callboard/plugin-callboard-common';
import type { FactReader } from '../../reconcile/roles';
import {
  type AppRecord,
  type GitTokenRecord,
  findApp,
  findLiveGitTokens,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { isOfApp } from './judgeGitToken';

/** Git tokens of a person, and of apps that the person may push to; including expired ones, newest first. */
export async function listGitTokens(
  {
    person,
    ownershipRefs,
    app,
    mayPush,
  }: Parameters<ControlPlane['listGitTokens']>[0],
  { deps: { knex } }: FactReader,
): Promise<GitTokenView[]> {
  const own =
    app === undefined ? await findLiveGitTokens(knex, { person }) : [];
  const ofApps = await findLiveGitTokens(
    knex,
    app === undefined ? { holders: ownershipRefs } : { app },
  );
  const apps = new Map<string, AppRecord | undefined>();
  for (const name of new Set(ofApps.map(token => token.app!)))
    apps.set(name, await findApp(knex, name));
  const isShown = (token: GitTokenRecord) => {
    const of = apps.get(token.app!);
    return of !== undefined && isOfApp(token, of) && mayPush(of);
  };
  return [...own, ...ofApps.filter(isShown)].map(viewOf);
}

function viewOf(token: GitTokenRecord): GitTokenView {
  return {
    id: token.id,
    name: token.name,
    ...(token.app !== undefined && { app: token.app }),
    scope: token.scope,
    createdBy: token.createdBy,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    ...(token.lastUsedAt && { lastUsedAt: token.lastUsedAt.toISOString() }),
  };
}
