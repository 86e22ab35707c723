import { openConnection } from '@callboard/plugin-callboard-clusters-node';
import { verifyJournal } from '../store';
import { KillableProcess } from '../__testUtils__/KillableProcess';
import { TestFleet } from '../__testUtils__/TestFleet';
import type { ControlPlane } from '../usecases/ControlPlane';
import { eventually } from '@callboard/testing';

jest.setTimeout(900_000);

/** Everything a person or a cluster sees at the end, without instants and chance. */
async function endState(fleet: TestFleet) {
  const app = await fleet.app('shop');
  const { knex } = fleet;
  return {
    environments: app.environments.map(
      ({ name, release, health, clusters }) => ({
        name,
        release: release?.number,
        health: health.status,
        clusters: clusters.map(
          ({ cluster, release: there }) => `${cluster} ${there}`,
        ),
      }),
    ),
    releases: (await knex('releases').orderBy('number')).map(
      ({ number, commit }) => `${number} ${commit}`,
    ),
    history: (await knex('environment_releases').orderBy('valid_from')).map(
      ({ environment, release }) => `${environment} ${release}`,
    ),
    running: fleet.apps.running('shop'),
    objects: ['dev-1', 'eu-1'].flatMap(cluster =>
      ['Namespace', 'Deployment', 'Service', 'ConfigMap'].flatMap(kind =>
        fleet.objects(cluster, kind).map(name => `${cluster} ${kind} ${name}`),
      ),
    ),
    journal: await verifyJournal(knex),
  };
}

/** Three pushes, the last of the first commit again, and a promotion. Anyone who asked while the process died asks again: every step may be repeated. */
async function playStory(diesAt?: number) {
  const process = new KillableProcess(diesAt);
  const fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
  const dead: ControlPlane[] = [];
  const nurse = setInterval(() => {
    if (!process.isDead || dead.length > 0) return;
    dead.push(fleet.controlPlane);
    fleet.startControlPlane().catch(() => {});
  }, 20);
  const steps = [
    () => fleet.send('shop', { does: 'serve' }),
    () => fleet.turns('shop', 'dev', 'Healthy'),
    () => promoteOnce(fleet),
    () => fleet.send('shop', { does: 'serve' }, { 'README.md': 'two' }),
    () => isDone(fleet, 2),
    () => fleet.send('shop', { does: 'serve' }), // main is forced back
    () => isDone(fleet, 3),
  ];
  try {
    await fleet.settles();
    await fleet.controlPlane.stop();
    await fleet.startControlPlane({
      knex: process.wrapKnex(fleet.knex),
      connect: (cluster, guard) => process.wrap(openConnection(cluster, guard)),
    });
    for (const step of steps)
      await eventually(async () => void (await step()), { timeoutMs: 30_000 });
    return {
      state: await endState(fleet),
      instants: process.instants,
      hasDied: dead.length === 1,
      builds: new Set(fleet.apps.builds).size,
    };
  } finally {
    clearInterval(nurse);
    process.spare();
    await Promise.all(dead.map(each => each.stop().catch(() => {})));
    await fleet.close();
  }
}

/** How often it writes depends on its pace: a story that ended before its instant came is told again with an earlier one. */
async function playStoryOfDeath(diesAt: number): ReturnType<typeof playStory> {
  const story = await playStory(diesAt);
  return story.hasDied
    ? story
    : playStoryOfDeath(Math.floor(story.instants * 0.9));
}

async function promoteOnce(fleet: TestFleet): Promise<void> {
  await fleet.promote('shop', 'prod', 1).catch(error => {
    if (error.problem?.code !== 'release-already-there') throw error;
  });
}

async function isDone(fleet: TestFleet, release: number): Promise<void> {
  const [dev, prod] = (await fleet.app('shop')).environments;
  if (
    dev.release?.number !== release ||
    dev.health.status !== 'Healthy' ||
    prod.health.status !== 'Healthy'
  ) {
    throw new Error(
      `dev: ${JSON.stringify(dev.clusters)}, prod: ${JSON.stringify(
        prod.clusters,
      )}`,
    );
  }
}

describe('a process that is killed', () => {
  it('at any write leaves nothing lost, doubled or orphaned: the next one comes to the same end', async () => {
    const undisturbed = await playStory();
    expect(undisturbed.state).toMatchObject({
      environments: [
        { name: 'dev', release: 3, health: 'Healthy', clusters: ['dev-1 3'] },
        { name: 'prod', release: 1, health: 'Healthy', clusters: ['eu-1 1'] },
      ],
      history: ['dev 1', 'prod 1', 'dev 2', 'dev 3'],
      journal: undefined,
    });
    const all = Number(process.env.CALLBOARD_TEST_KILLS ?? 6);
    for (let kill = 1; kill <= all; kill += 1) {
      const diesAt = Math.ceil((undisturbed.instants * kill) / (all + 1));
      const story = await playStoryOfDeath(diesAt);
      expect({ diesAt, hasDied: story.hasDied, ...story.state }).toEqual({
        diesAt,
        hasDied: true,
        ...undisturbed.state,
      });
    }
  });
});
