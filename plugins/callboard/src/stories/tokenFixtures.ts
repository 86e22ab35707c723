import type {
  GitTokenView,
  IssuedGitToken,
} from '@callboard/plugin-callboard-common';
import type { GitTokenList } from '@callboard/plugin-callboard-react';

// Only types are imported, so that Node.js runs this file unchanged.

const DAY_MS = 24 * 60 * 60_000;
const START_MS = Date.now(); // the same in each answer

function ago(millis: number): string {
  return new Date(START_MS - millis).toISOString();
}

/** A token of a person, used a while ago and valid for months. */
function gitToken(over: Partial<GitTokenView> = {}): GitTokenView {
  return {
    id: 'laptop-1',
    name: 'laptop',
    scope: 'git',
    createdBy: 'user:default/ana',
    createdAt: ago(10 * DAY_MS),
    expiresAt: ago(-80 * DAY_MS),
    lastUsedAt: ago(3 * 60 * 60_000),
    ...over,
  };
}

/** One token of each kind: of a person, of an app, expired, never used. */
export function gitTokens(over: Partial<GitTokenList> = {}): GitTokenList {
  return {
    items: [
      gitToken(),
      gitToken({
        id: 'ci-1',
        name: 'ci',
        app: 'checkout',
        createdBy: 'user:default/bo',
      }),
      gitToken({
        id: 'old-1',
        name: 'old laptop',
        createdAt: ago(100 * DAY_MS),
        expiresAt: ago(10 * DAY_MS),
        lastUsedAt: undefined,
      }),
      gitToken({ id: 'terminal-1', name: 'terminal', scope: 'api' }),
    ],
    maxDays: 200,
    ...over,
  };
}

export function issuedGitToken(): IssuedGitToken {
  return {
    id: 'new-1',
    token: `cbt_${'x'.repeat(43)}`,
    expiresAt: ago(-90 * DAY_MS),
  };
}
