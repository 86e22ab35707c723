import { TestDatabases } from '@backstage/backend-test-utils';
import {
  API_VERSION,
  type ClusterFile,
} from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { migrateStore } from '../migrateStore';
import {
  findAgent,
  findAgents,
  findRevokedAgents,
  inviteAgent,
  joinAgent,
  revokeAgent,
} from '.';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const NOW = new Date('2026-11-20T10:00:00Z');
const LATER = new Date('2026-11-20T11:00:00Z');
const file = (name: string): ClusterFile => ({
  apiVersion: API_VERSION,
  kind: 'Cluster',
  metadata: { name },
  spec: {},
});

describe.each(databases.eachSupportedId())('agents on %p', id => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
    await inviteAgent(
      knex,
      { file: file('edge-1'), tokenHash: 'hash', tokenExpiresAt: LATER },
      NOW,
    );
  }, 60_000);
  afterEach(() => knex.destroy());

  const join = (agentKey: string, tokenHash = 'hash', now = NOW) =>
    joinAgent(knex, { cluster: 'edge-1', tokenHash, agentKey }, now);

  it('lets one agent in with a token, and that one again', async () => {
    const outcomes = await Promise.all(['a', 'b', 'c'].map(key => join(key)));
    expect([...outcomes].sort()).toEqual([
      'joined',
      'token-used',
      'token-used',
    ]);
    const winner = ['a', 'b', 'c'][outcomes.indexOf('joined')];
    expect(await join(winner)).toBe('joined');
    expect(await findAgent(knex, 'edge-1')).toEqual({
      state: 'joined',
      file: file('edge-1'),
      tokenHash: 'hash',
      tokenExpiresAt: LATER,
      agentKey: winner,
      joinedAt: NOW,
    });
  });

  it.each([
    {
      name: 'a wrong token',
      given: () => join('a', 'other'),
      expected: 'token-wrong',
    },
    {
      name: 'an expired token',
      given: () => join('a', 'hash', LATER),
      expected: 'token-expired',
    },
    {
      name: 'an unknown cluster',
      given: () =>
        joinAgent(
          knex,
          { cluster: 'edge-2', tokenHash: 'hash', agentKey: 'a' },
          NOW,
        ),
      expected: 'agent-unknown',
    },
  ])('refuses $name', async ({ given, expected }) => {
    expect(await given()).toBe(expected);
    expect(await findAgent(knex, 'edge-1')).toMatchObject({ state: 'invited' });
  });

  it('forgets nothing of a revoked agent, and lets it in no more', async () => {
    await join('a');
    await revokeAgent(knex, 'edge-1', LATER);
    expect(await join('a')).toBe('agent-unknown');
    expect(await findAgents(knex)).toMatchObject([
      { state: 'revoked', agentKey: 'a', revokedAt: LATER },
    ]);
    expect(await findRevokedAgents(knex, ['edge-2', 'edge-1'])).toEqual([
      'edge-1',
      'edge-2',
    ]);
  });

  it('can be invited anew, with a new key', async () => {
    await join('a');
    await revokeAgent(knex, 'edge-1', NOW);
    await inviteAgent(
      knex,
      { file: file('edge-1'), tokenHash: 'second', tokenExpiresAt: LATER },
      NOW,
    );
    expect(await join('b')).toBe('token-wrong');
    expect(await join('b', 'second')).toBe('joined');
    expect(await findRevokedAgents(knex, ['edge-1'])).toEqual([]);
  });
});
