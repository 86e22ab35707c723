import type {
  BlueprintFile,
  ClusterFile,
  GuardRails,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const PETRA = 'user:default/petra';

const cluster = (name: string, blueprint: string): ClusterFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Cluster',
  metadata: { name, labels: { env: 'dev', region: name.split('-')[0] } },
  spec: { blueprint },
});

const version = (
  name: string,
  number: number,
  apps?: GuardRails,
): BlueprintFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Blueprint',
  metadata: { name },
  spec: { version: number, state: 'active', addons: [], ...(apps && { apps }) },
});

const SCORE = (memory: string) => `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    resources: { limits: { memory: ${memory} }, requests: { memory: ${memory} } }
`;

const HELD: GuardRails = {
  network: 'default-deny',
  quota: { pods: '8' },
  containers: { max: { memory: '256Mi' } },
};

describe('guard rails of a blueprint', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const write = (...blueprints: BlueprintFile[]) => {
    fleet.platform = { ...fleet.platform, blueprints };
  };
  const objectsIn = (name: string, namespace: string) =>
    ['ResourceQuota', 'LimitRange', 'NetworkPolicy'].flatMap(kind =>
      fleet
        .objects(name, kind)
        .filter(each => each === `${namespace}/callboard-guard-rails`)
        .map(() => kind),
    );
  const rollOut = async (blueprint: string, number: number) => {
    const started = await fleet.controlPlane.startBlueprintRollout({
      blueprint,
      version: number,
      why: 'Apps are held to what they declare',
      strategy: { type: 'All', all: { minSuccessTime: '0s' } },
      actor: PETRA,
    });
    if (!started.ok) throw new Error(started.problem.why);
  };

  it('come to namespaces that exist, are put back, and refuse what breaks them', async () => {
    fleet = await TestFleet.create({
      clusters: [],
      also: [cluster('eu-7', 'held'), cluster('us-7', 'free')],
      deps: { intervals: { resyncMs: 500 } },
    });
    write(version('held', 1), version('free', 1));
    fleet.refines('dev', {
      placement: { numberOfClusters: 1, clusterSets: ['europe'] },
    });
    fleet.platform = {
      ...fleet.platform,
      clusterSets: [
        {
          apiVersion: 'callboard.dev/v1alpha1',
          kind: 'ClusterSet',
          metadata: { name: 'europe' },
          spec: { clusterSelector: { matchLabels: { region: 'eu' } } },
        },
      ],
    };
    await fleet.settles();
    await fleet.push('shop', undefined, { 'score.yaml': SCORE('128Mi') });
    await fleet.push('big', undefined, { 'score.yaml': SCORE('512Mi') });
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.turns('big', 'dev', 'Healthy');
    const ran = fleet.object('eu-7', 'Deployment', 'shop--dev/web');
    expect(objectsIn('eu-7', 'shop--dev')).toEqual([]);

    // A version that brings guard rails says whom it would not admit.
    write(version('held', 1), version('held', 2, HELD), version('free', 1));
    const asked = await fleet.controlPlane.askBlueprintWhatIf({
      blueprint: 'held',
      version: 2,
    });
    expect(asked).toMatchObject({
      ok: true,
      value: {
        sentence: expect.stringContaining(
          '1 app there would no longer be admitted',
        ),
        notAdmitted: [
          {
            app: 'big',
            environment: 'dev',
            clusters: ['eu-7'],
            why: expect.stringContaining(
              'a container may have 256 MiB of memory, and "main" of "web" asks for 512 MiB',
            ),
          },
        ],
        hidden: 0,
      },
    });
    expect(
      await fleet.controlPlane.askBlueprintWhatIf({
        blueprint: 'held',
        version: 2,
        onlyApps: ['shop'],
      }),
    ).toMatchObject({ value: { notAdmitted: [], hidden: 1 } });

    // It comes to namespaces that are there already, and rolls no pod.
    await rollOut('held', 2);
    await eventually(async () => {
      expect(objectsIn('eu-7', 'shop--dev')).toEqual([
        'ResourceQuota',
        'LimitRange',
        'NetworkPolicy',
      ]);
    });
    await fleet.settles();
    expect(fleet.object('eu-7', 'Deployment', 'shop--dev/web').spec).toEqual(
      ran.spec,
    );

    // Drift of it is put back.
    const quota = fleet.object(
      'eu-7',
      'ResourceQuota',
      'shop--dev/callboard-guard-rails',
    );
    const widened = await fleet.connect('eu-7').apply(
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: {
          name: 'callboard-guard-rails',
          namespace: 'shop--dev',
          labels: quota.metadata.labels,
        },
        spec: { hard: { pods: '99' } },
      },
      { force: true },
    );
    expect(widened.ok || widened.problem).toBe(true);
    await eventually(async () => {
      expect(
        fleet.object('eu-7', 'ResourceQuota', 'shop--dev/callboard-guard-rails')
          .spec,
      ).toEqual({ hard: { pods: '8' } });
    });

    // What breaks it stays while no other cluster takes it, and says so; a push that would is refused.
    await eventually(async () => {
      const placement = await fleet.controlPlane.getPlacement('big', 'dev');
      expect(JSON.stringify(placement)).toContain(
        'The app does not keep its guard rails: a container may have 256 MiB',
      );
    });
    expect(fleet.object('eu-7', 'Deployment', 'big--dev/web')).toBeDefined();
    expect(
      await fleet.controlPlane.checkPush(
        fleet.revision('shop', { 'score.yaml': SCORE('300Mi') }, {}),
      ),
    ).toMatchObject({
      ok: false,
      problem: {
        code: 'guard-rails-broken',
        why: 'blueprint held of eu-7 says that a container may have 256 MiB of memory, and "main" of "web" asks for 300 MiB',
        next: 'Set resources.limits.memory and resources.requests.memory in score.yaml to 256 MiB at most',
      },
    });
  });
});
