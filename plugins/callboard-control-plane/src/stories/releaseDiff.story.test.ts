import type { EnvironmentFile } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const app = (replicas: number, mode: string) => ({
  'app.yaml': `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec:
  environments:
    - name: dev
      replicas: ${replicas}
      overrides:
        - clusters: {}
          variables: { web: { main: { MODE: ${mode} } } }
`,
});

const SECRETS = ['c4lm-river-71', 'quiet-harbour-8'];
const READING = {
  'score.yaml': `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    variables:
      LEVEL: '\${resources.env.LEVEL}'
      KEY: '\${resources.vault.KEY}'
resources:
  env: { type: environment }
  vault: { type: secret }
`,
};
const DEVELOPMENT: EnvironmentFile = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'dev', title: 'Development' },
  spec: { order: 1, placement: { numberOfClusters: 2 } },
};

/** A migration, which the simulated nodes play by its words. */
const migrating = {
  'migrate/score.yaml': `
apiVersion: score.dev/v1b1
metadata: { name: migrate }
containers:
  main: { image: 'registry.example/trial:1', args: [done, '0'] }
`,
  'app.yaml': `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec:
  deploy:
    migrate: { kind: Job, runs: before-release, retries: 0 }
`,
};

describe('the diff of two releases', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function diff(of: { release: number; from?: number }, name = 'dev') {
    const answer = await fleet.controlPlane.diffReleases({
      app: 'shop',
      environment: name,
      ...of,
    });
    return answer.ok ? answer.value : answer.problem.code;
  }

  it('says what a release would change where the environment runs, and by itself no number', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop', { does: 'serve' }, app(1, 'calm'));
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.push('shop', { does: 'serve' }, app(2, 'busy'));
    await fleet.turns('shop', 'dev', 'Healthy');

    expect(await diff({ release: 2, from: 1 })).toEqual({
      environment: 'dev',
      from: 1,
      release: 2,
      sentence: 'Release 2 changes 1 object and adds 1 object on 1 cluster',
      tasks: [],
      data: [],
      groups: [
        {
          clusters: ['dev-1'],
          more: 0,
          objects: [
            {
              change: 'changed',
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: 'web',
              more: 0,
              fields: [
                { path: 'spec.replicas', before: '1', after: '2' },
                {
                  path: 'spec.template.spec.containers[main].env[MODE].value',
                  before: 'calm',
                  after: 'busy',
                },
              ],
            },
            {
              change: 'added',
              apiVersion: 'policy/v1',
              kind: 'PodDisruptionBudget',
              name: 'web',
              more: 0,
              fields: [],
            },
          ],
        },
      ],
    });
    // Back again, compared with what is there.
    expect(await diff({ release: 1 })).toMatchObject({
      from: 2,
      sentence: 'Release 1 changes 1 object and removes 1 object on 1 cluster',
    });
    expect(await diff({ release: 2 })).toMatchObject({ groups: [] });
    expect(await diff({ release: 3 })).toBe('release-not-found');
    expect(await diff({ release: 2, from: 9 })).toBe('release-not-found');
  });

  it('compares the settings that clusters have with those that they would get, and tells no secret', async () => {
    fleet = await TestFleet.create({ clusters: ['eu-1', 'us-1'] });
    fleet.platform = { ...fleet.platform, environments: [DEVELOPMENT] };
    await fleet.settles();
    const set = (name: string, value: string, secret = false) =>
      fleet.controlPlane.changeSetting(
        { app: 'shop', name, actor: 'user:default/ana' },
        { kind: 'set', value, secret },
      );
    await fleet.push('shop', { does: 'serve' }, READING);
    expect(
      await fleet.controlPlane.diffReleases({
        app: 'shop',
        environment: 'dev',
        release: 1,
      }),
    ).toMatchObject({
      problem: {
        code: 'setting-missing',
        why: 'Development has no KEY and LEVEL',
      },
    });
    await set('LEVEL', 'calm');
    await set('KEY', SECRETS[0], true);
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(await diff({ release: 1 })).toMatchObject({ groups: [], tasks: [] });

    // One cluster has the change an hour before the other.
    fleet.rollsOut('dev', {
      type: 'Progressive',
      progressive: { maxConcurrency: 1, minSuccessTime: '1h' },
    });
    await set('LEVEL', 'busy');
    const container = 'spec.template.spec.containers[main]';
    await eventually(async () =>
      expect(await diff({ release: 1 })).toMatchObject({
        sentence: 'Release 1 changes 1 object on 1 cluster',
        groups: [
          {
            objects: [
              {
                kind: 'Deployment',
                fields: [
                  {
                    path: `${container}.env[LEVEL].value`,
                    before: 'calm',
                    after: 'busy',
                  },
                ],
              },
            ],
          },
        ],
      }),
    );
    await set('KEY', SECRETS[1], true);
    const reported = () => diff({ release: 1 }).then(JSON.stringify);
    await eventually(async () => {
      expect(await reported()).toContain('"before":"KEY.2","after":"KEY.4"');
      expect(await reported()).toContain('on 1 cluster"');
    });
    for (const secret of SECRETS) {
      expect(await reported()).not.toContain(secret);
      expect(await reported()).not.toContain(
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      );
    }
  });

  it('says that a task before a release runs again, until it has', async () => {
    fleet = await TestFleet.create({
      clusters: ['ap-1', 'dev-1', 'eu-1', 'us-1'],
    });
    await fleet.push('shop', { does: 'serve' }, migrating);
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(await diff({ release: 1 }, 'prod')).toMatchObject({
      tasks: [{ workload: 'migrate', phase: 'before-release', again: false }],
      sentence: expect.stringMatching(/; migrate runs before it$/),
    });
    await fleet.push(
      'shop',
      { does: 'serve' },
      {
        ...migrating,
        message: 'again',
      },
    );
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(await diff({ release: 2, from: 1 }, 'prod')).toMatchObject({
      tasks: [{ workload: 'migrate', phase: 'before-release', again: true }],
      sentence: expect.stringMatching(/; migrate runs again before it$/),
    });
    // There it has run.
    expect(await diff({ release: 1, from: 2 })).toMatchObject({ tasks: [] });
  });
});
