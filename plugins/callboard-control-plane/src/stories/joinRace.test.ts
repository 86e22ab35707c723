import { TestDatabases } from '@backstage/backend-test-utils';
import {
  acceptAgent,
  createChallenge,
  hashJoinToken,
} from '@callboard/plugin-callboard-clusters-node';
import { API_VERSION } from '@callboard/plugin-callboard-common';
import {
  PROTOCOL,
  PURPOSES,
  generateKeys,
  helloText,
  signText,
} from '@callboard/tunnel';
import type { Knex } from 'knex';
import { migrateStore } from '../store';
import { KnexAgentRegistry, registerAgent } from '../store/agents';

/** At once, and how often: `CALLBOARD_RACERS=1000 CALLBOARD_RACES=10`. */
const RACERS = Number(process.env.CALLBOARD_RACERS ?? 50);
const RACES = Number(process.env.CALLBOARD_RACES ?? 3);
const NOW = new Date('2026-11-21T12:00:00Z');
const LATER = new Date('2026-11-21T13:00:00Z');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const hub = generateKeys();

/** Says hello as one who found the token, with a key of their own. */
async function dialIn(
  knex: Knex,
  { cluster, joinToken }: { cluster: string; joinToken: string },
): Promise<{ agentKey: string; outcome: string }> {
  const keys = generateKeys();
  const challenge = createChallenge(hub);
  const hello = {
    protocol: PROTOCOL,
    cluster,
    agentKey: keys.publicKey,
    agentVersion: '1.0.0',
    joinToken,
  };
  const text = helloText(challenge, hello);
  const signature = signText(keys.privateKey, PURPOSES.hello, text);
  const accepted = await acceptAgent(
    { kind: 'hello', ...hello, signature },
    challenge,
    { registry: new KnexAgentRegistry(knex), now: NOW },
  );
  const outcome = accepted.ok ? 'joined' : accepted.code;
  return { agentKey: keys.publicKey, outcome };
}

describe.each(databases.eachSupportedId())('a join token on %p', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
  }, 60_000);
  afterAll(() => knex.destroy());

  const register = (cluster: string) =>
    registerAgent(
      knex,
      {
        file: {
          apiVersion: API_VERSION,
          kind: 'Cluster',
          metadata: { name: cluster },
          spec: {},
        },
        tokenHash: hashJoinToken(`token-of-${cluster}`),
        tokenExpiresAt: LATER,
      },
      NOW,
    );

  const race = (cluster: string) =>
    Promise.all(
      Array.from({ length: RACERS }, () =>
        dialIn(knex, { cluster, joinToken: `token-of-${cluster}` }),
      ),
    );

  it(`lets one of ${RACERS} in who use it at once, ${RACES} times`, async () => {
    for (let round = 0; round < RACES; round += 1) {
      const cluster = `edge-${round}`;
      await register(cluster);
      const ended = await race(cluster);
      const joined = ended.filter(({ outcome }) => outcome === 'joined');
      expect(joined).toHaveLength(1);
      expect([...new Set(ended.map(({ outcome }) => outcome))].sort()).toEqual(
        RACERS > 1 ? ['joined', 'token-used'] : ['joined'],
      );
      expect(await new KnexAgentRegistry(knex).find(cluster)).toMatchObject({
        state: 'joined',
        agentKey: joined[0].agentKey,
      });
    }
  }, 600_000);

  it('lets nobody in at another cluster', async () => {
    await register('mine');
    await register('theirs');
    expect(
      await dialIn(knex, { cluster: 'mine', joinToken: 'token-of-theirs' }),
    ).toMatchObject({ outcome: 'token-wrong' });
    expect(await new KnexAgentRegistry(knex).find('mine')).toMatchObject({
      state: 'registered',
    });
  });
});
