import { TestDatabases } from '@backstage/backend-test-utils';
import {
  API_VERSION,
  type ClusterFile,
} from '@callboard/plugin-callboard-common';
import type { AgentEvent, AgentEventEntry, Report } from '@callboard/tunnel';
import type { Knex } from 'knex';
import { migrateStore } from '../migrateStore';
import {
  dropAgentLink,
  findAgent,
  findAgentProgress,
  findAgents,
  findAllAgentProgress,
  findLinksElsewhere,
  findRevokedAgents,
  registerAgent,
  joinAgent,
  recordReport,
  renewAgent,
  revokeAgent,
  saveAgentLinks,
  saveAgentProgress,
} from '.';
import { listJournal, verifyJournal } from '../journal';

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
    await registerAgent(
      knex,
      { file: file('edge-1'), tokenHash: 'hash', tokenExpiresAt: LATER },
      NOW,
    );
  }, 60_000);
  afterEach(() => knex.destroy());

  const join = (agentKey: string, tokenHash = 'hash', now = NOW) =>
    knex.transaction(tx =>
      joinAgent(tx, { cluster: 'edge-1', tokenHash, agentKey }, now),
    );

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
      registeredAt: NOW,
      agentKey: winner,
      joinedAt: NOW,
    });
  });

  it('is recorded to have joined, once, also when it is removed at once', async () => {
    await join('a');
    await revokeAgent(knex, 'edge-1', NOW);
    await join('a');
    const entries = await listJournal(knex, {
      cluster: 'edge-1',
      limit: 9,
    });
    expect(entries.map(({ action }) => action)).toEqual(['cluster.joined']);
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
        knex.transaction(tx =>
          joinAgent(
            tx,
            { cluster: 'edge-2', tokenHash: 'hash', agentKey: 'a' },
            NOW,
          ),
        ),
      expected: 'agent-unknown',
    },
  ])('refuses $name', async ({ given, expected }) => {
    expect(await given()).toBe(expected);
    expect(await findAgent(knex, 'edge-1')).toMatchObject({
      state: 'registered',
    });
  });

  it('forgets nothing of a revoked agent, and lets it in no more', async () => {
    await join('a');
    await revokeAgent(knex, 'edge-1', LATER);
    expect(await join('a')).toBe('agent-unknown');
    expect(await findAgents(knex)).toMatchObject([
      { state: 'revoked', agentKey: 'a', revokedAt: LATER },
    ]);
    expect(
      await findRevokedAgents(knex, [
        { cluster: 'edge-2', agentKey: 'b' },
        { cluster: 'edge-1', agentKey: 'a' },
      ]),
    ).toEqual(['edge-1', 'edge-2']);
  });

  it('can be registered again, with a new key', async () => {
    await join('a');
    await revokeAgent(knex, 'edge-1', NOW);
    await registerAgent(
      knex,
      { file: file('edge-1'), tokenHash: 'second', tokenExpiresAt: LATER },
      NOW,
    );
    expect(await join('b')).toBe('token-wrong');
    expect(await join('b', 'second')).toBe('joined');
    const revoked = (agentKey: string) =>
      findRevokedAgents(knex, [{ cluster: 'edge-1', agentKey }]);
    expect(await revoked('b')).toEqual([]);
    expect(await revoked('a')).toEqual(['edge-1']); // its place is another's now
  });

  it('is registered by one of two who do so at once', async () => {
    const register = (tokenHash: string) =>
      registerAgent(
        knex,
        { file: file('edge-9'), tokenHash, tokenExpiresAt: LATER },
        NOW,
      );
    const registered = await Promise.all(['a', 'b', 'c'].map(register));
    expect(registered.filter(Boolean)).toHaveLength(1);
    const winner = ['a', 'b', 'c'][registered.indexOf(true)];
    expect(await findAgent(knex, 'edge-9')).toMatchObject({
      tokenHash: winner,
    });
  });

  it('loses its key with a new token, and a revoked one gets none', async () => {
    await join('a');
    const renew = () =>
      renewAgent(
        knex,
        { file: file('edge-1'), tokenHash: 'second', tokenExpiresAt: LATER },
        NOW,
      );
    expect(await renew()).toBe(true);
    expect(await findAgent(knex, 'edge-1')).toMatchObject({
      state: 'registered',
      tokenHash: 'second',
    });
    await revokeAgent(knex, 'edge-1', NOW);
    expect(await renew()).toBe(false);
  });

  it('is known in its progress, now and then', async () => {
    const progress = {
      registeredAt: NOW,
      tokenExpiresAt: LATER,
      runsInCluster: false,
    };
    const after = {
      ...progress,
      joinedAt: LATER,
      agentVersion: '0.1.0',
      runsInCluster: true,
      rights: {
        checkedAt: LATER.toISOString(),
        wanted: 'x',
        missing: ['get nodes'],
      },
    };
    const save = (value: typeof progress, at: Date) =>
      knex.transaction(tx => saveAgentProgress(tx, 'edge-1', value, at));
    expect(await save(progress, NOW)).toBe(true);
    expect(await save(progress, NOW)).toBe(false);
    expect(await save(after, LATER)).toBe(true);
    expect(await findAgentProgress(knex, 'edge-1', NOW)).toEqual(progress);
    expect((await findAllAgentProgress(knex)).get('edge-1')).toEqual(after);
  });

  it('is connected to one process, as that one said lately', async () => {
    const elsewhere = (holder: string, since: Date) =>
      findLinksElsewhere(knex, { holder, since });
    const before = new Date(NOW.getTime() - 1);
    await saveAgentLinks(knex, { holder: 'p', clusters: ['edge-1'] }, NOW);
    expect(await elsewhere('q', before)).toEqual(['edge-1']);
    expect(await elsewhere('p', before)).toEqual([]);
    expect(await elsewhere('q', NOW)).toEqual([]); // it is silent since then
    await saveAgentLinks(knex, { holder: 'q', clusters: ['edge-1'] }, NOW);
    await dropAgentLink(knex, { holder: 'p', cluster: 'edge-1' });
    expect(await elsewhere('p', before)).toEqual(['edge-1']);
  });

  describe('what an agent tells', () => {
    const web = { kind: 'Deployment', namespace: 'shop--dev', name: 'web' };
    const events: AgentEvent[] = [
      { kind: 'hub-lost', why: 'the hub stopped answering' },
      { kind: 'object-deleted', object: web },
      { kind: 'object-restored', object: web },
      { kind: 'hub-back' },
    ];
    const entries = events.map(
      (event, i): AgentEventEntry => ({
        sequence: i + 1,
        at: new Date(NOW.getTime() + i * 1_000).toISOString(),
        event,
      }),
    );
    const report = (
      from: number,
      to: number,
      journal = 'journal-1',
    ): Report => ({
      kind: 'report',
      journal,
      entries: entries.slice(from - 1, to),
    });
    const send = (reported: Report) =>
      knex.transaction(tx =>
        recordReport(tx, { cluster: 'edge-1', report: reported }, LATER),
      );
    const reported = async () => {
      const all = await listJournal(knex, { cluster: 'edge-1', limit: 100 });
      return all.reverse().map(each => each.action);
    };

    it('is recorded in its order with its time, once, however often it is told', async () => {
      expect(await send(report(1, 2))).toEqual({ sequence: 2, recorded: 2 });
      expect(await send(report(1, 4))).toEqual({ sequence: 4, recorded: 2 });
      expect(await send(report(2, 3))).toEqual({ sequence: 4, recorded: 0 });
      expect(await reported()).toEqual([
        'cluster.agent-alone',
        'cluster.object-deleted',
        'cluster.object-restored',
        'cluster.agent-rejoined',
      ]);
      const [, , deleted] = await listJournal(knex, {
        cluster: 'edge-1',
        limit: 100,
      });
      expect(deleted).toMatchObject({
        at: '2026-11-20T10:00:01.000Z',
        recordedAt: LATER.toISOString(),
        actor: 'system:agent',
        message: 'Deployment shop--dev/web was deleted on cluster edge-1',
      });
      expect(await verifyJournal(knex)).toBeUndefined();
    });

    it('says how much is missing', async () => {
      await send(report(1, 1));
      expect(await send(report(4, 4))).toEqual({ sequence: 4, recorded: 2 });
      expect(await reported()).toEqual([
        'cluster.agent-alone',
        'cluster.agent-events-dropped',
        'cluster.agent-rejoined',
      ]);
      const [, dropped] = await listJournal(knex, {
        cluster: 'edge-1',
        limit: 2,
      });
      expect(dropped.message).toBe(
        '2 earlier events on cluster edge-1 are not known',
      );
    });

    it('starts again with another journal', async () => {
      await send(report(1, 4));
      expect(await send(report(1, 1, 'journal-2'))).toEqual({
        sequence: 1,
        recorded: 1,
      });
    });

    it('is never of the future, whatever clock the agent has', async () => {
      const ahead = { ...entries[0], at: '2031-01-01T00:00:00.000Z' };
      await send({ ...report(1, 1), entries: [ahead] });
      const [entry] = await listJournal(knex, { cluster: 'edge-1', limit: 1 });
      expect(entry.at).toBe(LATER.toISOString());
    });

    it('is not taken from a revoked agent', async () => {
      await revokeAgent(knex, 'edge-1', LATER);
      expect(await send(report(1, 4))).toEqual({ sequence: 0, recorded: 0 });
      expect(await reported()).toEqual([]);
    });

    it('is recorded once though it is told twice at the same moment', async () => {
      const outcomes = await Promise.all([
        send(report(1, 4)),
        send(report(1, 4)),
      ]);
      expect(outcomes.map(each => each.recorded).sort()).toEqual([0, 4]);
      expect(await reported()).toHaveLength(4);
    });
  });
});
