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
});
