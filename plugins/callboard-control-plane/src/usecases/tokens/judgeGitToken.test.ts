import type { AppRecord, GitTokenRecord } from '../../store';
import { judgeGitToken } from './judgeGitToken';

const NOW = new Date('2026-11-22T12:00:00Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

const tokenOf = (facts: Partial<GitTokenRecord> = {}): GitTokenRecord => ({
  id: '1',
  name: 'ci',
  holder: 'group:default/shop',
  app: 'shop',
  inCatalog: false,
  scope: 'git',
  createdBy: 'user:default/ana',
  createdAt: at(-10),
  expiresAt: at(10),
  ...facts,
});
const appOf = (facts: Partial<AppRecord> = {}): AppRecord => ({
  name: 'shop',
  title: 'Shop',
  owner: 'group:default/shop',
  createdAt: at(-20),
  ...facts,
});

it.each<[string, GitTokenRecord, AppRecord | undefined, string]>([
  ['of an app', tokenOf(), appOf(), 'token:shop/ci'],
  [
    'until it expires',
    tokenOf({ expiresAt: NOW }),
    appOf(),
    'git-token-expired',
  ],
  [
    'until it is revoked, whatever else',
    tokenOf({ expiresAt: NOW, revoked: { at: at(-1), by: 'user:default/bo' } }),
    appOf(),
    'git-token-revoked',
  ],
  ['not of an app that is gone', tokenOf(), undefined, 'git-token-ended'],
  [
    'not of an app of other owners',
    tokenOf(),
    appOf({ owner: 'group:default/pay' }),
    'git-token-ended',
  ],
  [
    'not of an app that has the name since',
    tokenOf(),
    appOf({ createdAt: at(-5) }),
    'git-token-ended',
  ],
])('counts %s', (_, token, app, expected) => {
  const judged = judgeGitToken(token, app, NOW);
  const reported =
    judged.ok && judged.value.kind === 'app'
      ? judged.value.actor
      : !judged.ok && judged.problem.code;
  expect(reported).toBe(expected);
});
