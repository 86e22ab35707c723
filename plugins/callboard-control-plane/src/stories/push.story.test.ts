import type { Problem } from '@callboard/plugin-callboard-common';
import { TestFleet } from '../__testUtils__/TestFleet';
import { eventually } from '@callboard/testing';

jest.setTimeout(60_000);

const PROBED = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    readinessProbe: { httpGet: { path: /, port: 8080 } }
service:
  ports:
    http: { port: 8080 }
`;

describe('a push', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('is built while builds of others say nothing for ever', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    const silent = { does: 'build-slowly', ms: 600_000 } as const;
    for (const app of ['a', 'b', 'c', 'd', 'e', 'f'])
      await fleet.send(app, silent, {}, 'user:default/mallory');
    await eventually(() => expect(fleet.apps.builds).toHaveLength(3));
    const { last } = await fleet.push('shop');
    expect(last?.kind).toBe('done');
    expect(fleet.apps.builds).toHaveLength(4);
  });

  it('ends Healthy on dev, and tells the pusher so', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    const { lines, last } = await fleet.push('shop');
    expect(await fleet.healthOf('shop', 'dev')).toEqual({ 'dev-1': 'Healthy' });
    expect(fleet.apps.running('shop')).toEqual(['dev-1/main']);
    expect(lines.map(line => line.replace(/\s+\d+(\.\d)? s$/, ''))).toEqual([
      expect.stringMatching(/^Revision [0-9a-f]{7} {2}Let shop serve$/),
      'Built with scripted',
      'Release 1 for Development',
      'Placed on dev-1: 1 of 2 clusters fits, 1 wanted',
      'Healthy',
      expect.stringMatching(/^http:\/\/localhost:3\d{4}$/),
      expect.stringMatching(
        /^shop runs release 1 in Development, healthy after/,
      ),
      'http://localhost:7007/callboard/apps/shop',
    ]);
    expect(last?.kind).toBe('done');
    const app = await fleet.app('shop');
    expect(app.sentence).toMatch(
      /^Release 1 is healthy in Development and ready for Production\.$/,
    );
    expect(app.owner).toBe('user:default/ana');
    expect((await fleet.environment('shop', 'dev')).clusters).toMatchObject([
      {
        cluster: 'dev-1',
        release: 1,
        desiredRelease: 1,
        sync: 'Synced',
        freshness: 'live',
        instances: { ready: 1, wanted: 1 },
      },
    ]);
  });

  it('that forces main back to an older commit is a new release, of the same images', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    const first = await fleet.push('shop');
    const second = await fleet.push('shop', { does: 'serve' }, { b: 'b' });
    const third = await fleet.push('shop');
    expect(third.commit).toBe(first.commit);
    expect(third.lines.join('\n')).toContain('Release 3 for Development');
    expect(third.last?.kind).toBe('done');
    expect(await fleet.environment('shop', 'dev')).toMatchObject({
      release: { number: 3, revision: first.commit },
      health: { status: 'Healthy' },
      clusters: [{ cluster: 'dev-1', release: 3 }],
    });
    const releases = await fleet.controlPlane.listReleases('shop');
    const [back, , oldest] = releases.ok ? releases.value : [];
    expect(back.workloads).toEqual(oldest.workloads);
    expect(fleet.apps.builds).toEqual([first.commit, second.commit]);

    await fleet.push('shop'); // the same push again
    const again = await fleet.controlPlane.listReleases('shop');
    expect(again.ok && again.value.map(({ number }) => number)).toEqual([
      3, 2, 1,
    ]);
  });

  it('that cannot start leaves the release before at work, and says so everywhere', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    await fleet.push('shop');
    const { lines } = await fleet.push('shop', {
      does: 'crash',
      code: 3,
      says: ['no database'],
    });
    expect(lines.join(' ')).toMatch(
      /Release 1 still answers .*cannot start in Development/,
    );
    const { clusters } = await fleet.environment('shop', 'dev');
    expect(clusters).toMatchObject([{ serving: { release: 1, ready: 1 } }]);
    expect((await fleet.app('shop')).sentence).toMatch(
      /cannot start in Development.*; release 1 still answers\.$/,
    );
    // Seen, not guessed: with its last ready instance gone, nothing answers.
    const node = fleet.cluster('dev-1');
    node.setPower(false);
    await eventually(async () =>
      expect(
        (
          await fleet.environment('shop', 'dev')
        ).clusters[0].serving,
      ).toBeUndefined(),
    );
    node.setPower(true);
    await fleet.push('shop', { does: 'serve' }, { 'README.md': 'mended' });
    const mended = await fleet.turns('shop', 'dev', 'Healthy');
    expect(mended.clusters[0].serving).toBeUndefined();
  });

  it('is promoted to three clusters, one in each region; every cluster of the fleet has a verdict', async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    await fleet.push('shop');
    expect(await fleet.controlPlane.getPlacement('shop', 'prod')).toMatchObject(
      {
        ok: true,
        value: {
          message: 'Would run on ap-1, eu-1 and us-1. No release is here yet.',
        },
      },
    );
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    expect(await fleet.healthOf('shop', 'prod')).toEqual({
      'ap-1': 'Healthy',
      'eu-1': 'Healthy',
      'us-1': 'Healthy',
    });
    expect(fleet.apps.running('shop')).toEqual([
      'ap-1/main',
      'dev-1/main',
      'eu-1/main',
      'us-1/main',
    ]);
    const placement = await fleet.controlPlane.getPlacement('shop', 'prod');
    if (!placement.ok) throw new Error(placement.problem.why);
    expect(placement.value.satisfied).toBe(true);
    expect(
      placement.value.verdicts.map(
        ({ cluster, verdict }) => `${cluster} ${verdict}`,
      ),
    ).toEqual([
      'ap-1 chosen',
      'eu-1 chosen',
      'us-1 chosen',
      'dev-1 refused',
      'edge-101 refused',
      'edge-102 refused',
      'pci-1 refused',
      'staging-1 refused',
    ]);
    expect(
      placement.value.verdicts.find(({ cluster }) => cluster === 'pci-1')
        ?.reasons[0].message,
    ).toMatch(/blueprint pci/);
  });

  it("that crashes at start turns dev Degraded in a developer's words; what ran in prod is untouched", async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    const { lines, last } = await fleet.push('shop', {
      does: 'crash',
      code: 3,
      says: ['starting', 'no DATABASE_URL'],
    });
    expect(last?.kind).toBe('failed');
    expect(lines.join('\n')).toMatch(/\| no DATABASE_URL/);

    const dev = await fleet.turns('shop', 'dev', 'Degraded');
    expect(dev.findings[0]).toMatchObject({
      code: expect.stringMatching(/^crashed/),
      what: expect.stringContaining('the variable DATABASE_URL is not set'),
      excerpt: ['no DATABASE_URL'],
      logTail: ['starting', 'no DATABASE_URL'],
    });
    expect(lines.at(-1)).toBe('http://localhost:7007/callboard/apps/shop');
    expect(lines.join(' ')).toContain(dev.findings[0].what.slice(0, 40));
    const prod = await fleet.environment('shop', 'prod');
    expect([prod.release?.number, prod.health.status]).toEqual([1, 'Healthy']);
    expect(prod.promotion?.blockedBy).toMatchObject({
      code: 'release-degraded',
    });
    await expect(fleet.promote('shop', 'prod', 2)).rejects.toThrow(
      /DATABASE_URL is not set/,
    );

    await fleet.push('shop', { does: 'serve' }, { 'README.md': 'mended' });
    await fleet.turns('shop', 'dev', 'Healthy');
    expect((await fleet.environment('shop', 'dev')).findings).toEqual([]);
  });

  it('is told what is wrong with its own release, not with the one before', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    const first = await fleet.push('shop', {
      does: 'crash',
      code: 3,
      says: ['Error: ALPHA_URL is not set'],
    });
    expect(first.lines.join(' ')).toContain('ALPHA_URL');
    const second = await fleet.push('shop', {
      does: 'crash',
      code: 4,
      says: ['Error: BETA_URL is not set'],
    });
    expect(second.last?.line).toBe(
      'shop cannot start in Development: the variable BETA_URL is not set',
    );
    expect(second.lines.join(' ')).not.toContain('ALPHA_URL');
    expect(
      (await fleet.environment('shop', 'dev')).findings.map(({ what }) => what),
    ).toEqual([second.last?.line]);
  });

  it('that listens on another port than it is asked on ends as soon as that is certain', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    const began = Date.now();
    const { lines, last } = await fleet.push(
      'shop',
      { does: 'listen-elsewhere', says: ['listening on port 3000'] },
      { 'score.yaml': PROBED },
    );
    expect(Date.now() - began).toBeLessThan(25_000); // its cluster gives it ten minutes
    expect(last?.kind).toBe('failed');
    expect(lines.join(' ')).toContain('it listens on port 3000');
    expect(lines.at(-1)).toBe('http://localhost:7007/callboard/apps/shop');
    const dev = await fleet.turns('shop', 'dev', 'Degraded');
    expect(dev.findings).toMatchObject([
      { code: 'bad-port', conclusive: true },
    ]);
  });

  it('says what it waits for while nothing new happens', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      deps: { intervals: { pushQuietMs: 200 } },
    });
    await fleet.settles();
    const { lines } = await fleet.push('shop', {
      does: 'build-slowly',
      ms: 3_000,
    });
    const waits = lines.filter(line => line.startsWith('Waiting '));
    expect(waits).toContainEqual(
      expect.stringMatching(/^Waiting \d+ s: it is built with scripted$/),
    );
    expect(lines.at(-2)).toMatch(/^shop runs release 1/);
  });

  it('reads each thing once for every step that its pusher is told', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      deps: { intervals: { pushQuietMs: 1 } },
    });
    await fleet.settles();
    const commit = await fleet.send('shop', {
      does: 'build-slowly',
      ms: 600_000,
    });
    await eventually(() => expect(fleet.apps.builds).toHaveLength(1));
    await fleet.controlPlane.stop(); // nobody else asks the database now

    const asked: string[] = [];
    fleet.knex.on('query', ({ sql, bindings }) =>
      asked.push(`${sql} ${JSON.stringify(bindings)}`),
    );
    const steps = fleet.controlPlane
      .followPush('shop', commit, new AbortController().signal)
      [Symbol.asyncIterator]();
    expect((await steps.next()).value.line).toMatch(/^Revision /);
    expect(asked).toEqual([
      expect.stringContaining('`revisions`'),
      expect.stringContaining('`builds`'),
    ]);
    asked.length = 0;
    expect((await steps.next()).value.line).toMatch(
      /^Waiting \d+ s: it is built with scripted$/,
    );
    await steps.return?.();
    const twice = asked.filter((one, index) => asked.indexOf(one) !== index);
    expect(twice).toEqual([]);
    expect(asked.filter(one => one.includes('from `apps`'))).toHaveLength(1);
  });

  it('lets its pusher go, with what is known to be wrong, before its cluster gives up', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      deps: { intervals: { pushTroubleMs: 1_000 } },
    });
    await fleet.settles();
    const { lines, last } = await fleet.push(
      'shop',
      { does: 'listen-elsewhere', says: ['starting'] },
      { 'score.yaml': PROBED },
    );
    expect(lines.join(' ')).toMatch(/Not healthy yet .* \| starting Next: /);
    expect(last).toEqual({
      kind: 'info',
      line: 'shop does not get ready in Development: nothing listens on port 8080',
    });
    expect((await fleet.environment('shop', 'dev')).health.status).toBe(
      'Degraded', // as its finding, which is certain
    );
  });

  describe('that can never fit', () => {
    const HUGE = (memory: string) =>
      `${PROBED.replace(
        '    readinessProbe',
        `    resources: { requests: { memory: ${memory} } }\n    readinessProbe`,
      )}`;

    /** What a cluster has is known a moment after it is in contact. */
    const sizesAreKnown = () =>
      eventually(async () => {
        for (const { name, nodes } of await fleet.controlPlane.listClusters())
          if (nodes.total === 0) throw new Error(`${name} has told no node`);
      });

    it('is refused before anything is recorded, and no app is left', async () => {
      fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
      await fleet.settles();
      await sizesAreKnown();
      await expect(
        fleet.send('shop', { does: 'serve' }, { 'score.yaml': HUGE('900Gi') }),
      ).rejects.toThrow(
        /one instance of "web" needs 900 GiB of memory, and the largest node has 8 GiB of memory \(dev-1\)/,
      );
      expect(await fleet.controlPlane.listApps()).toEqual([]);
    });

    it('is refused too where the app runs already', async () => {
      fleet = await TestFleet.create({ clusters: ['dev-1'] });
      await fleet.settles();
      await sizesAreKnown();
      await fleet.push('shop');
      await expect(
        fleet.send('shop', { does: 'serve' }, { 'score.yaml': HUGE('9Gi') }),
      ).rejects.toThrow(/needs 9 GiB of memory/);
    });
  });

  it("that does not build is told with the builder's words, and makes no release", async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    const problem: Problem = {
      code: 'no-start-command',
      what: 'Cannot bundle it',
      why: 'there is no start',
      next: 'Add one',
      transient: false,
    };
    const { last } = await fleet.push('shop', { does: 'not-build', problem });
    expect(last).toEqual({ kind: 'failed', line: 'Cannot bundle it' });
    expect((await fleet.app('shop')).build).toMatchObject({
      state: 'failed',
      problem,
    });
    expect(
      (await fleet.app('shop')).environments.map(({ release }) => release),
    ).toEqual([null, null]);
  });

  it('whose builder breaks fails after a few tries, and says so', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    const { lines, last } = await fleet.push('shop', { does: 'break-builder' });
    expect(last).toEqual({ kind: 'failed', line: 'Cannot build "shop"' });
    expect(lines.join(' ')).toContain('does not know (ENOENT), 3 times');
    expect(fleet.apps.builds).toHaveLength(3);
    expect((await fleet.app('shop')).build).toMatchObject({
      state: 'failed',
      problem: { code: 'build-broken' },
    });
  });

  it('of an app that requires blueprint pci goes to the PCI cluster and nowhere else', async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    const appFile =
      'apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: pay }\nspec: { requires: { blueprint: pci } }\n';
    await fleet.push('pay', { does: 'serve' }, { 'app.yaml': appFile });
    expect(await fleet.healthOf('pay', 'dev')).toEqual({ 'pci-1': 'Healthy' });
    await fleet.promote('pay', 'prod', 1);
    const prod = await fleet.turns('pay', 'prod', 'Healthy');
    expect(prod.clusters.map(({ cluster }) => cluster)).toEqual(['pci-1']);
    expect(prod.placement).toMatchObject({
      satisfied: false,
      wanted: 3,
      chosen: 1,
    });
  });

  it('leaves a cluster where it is no longer placed, and nothing of it there', async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    await fleet.push('shop');
    expect(fleet.objects('dev-1', 'Deployment')).toEqual(['shop--dev/web']);
    fleet.platform = {
      ...fleet.platform,
      environments: fleet.platform.environments.map(file =>
        file.metadata.name === 'dev'
          ? {
              ...file,
              spec: {
                ...file.spec,
                placement: {
                  numberOfClusters: 1,
                  predicates: [
                    {
                      requiredClusterSelector: {
                        labelSelector: { matchLabels: { env: 'staging' } },
                      },
                    },
                  ],
                },
              },
            }
          : file,
      ),
    };
    await fleet.restartControlPlane();
    await eventually(
      async () => {
        expect(await fleet.healthOf('shop', 'dev')).toEqual({
          'staging-1': 'Healthy',
        });
      },
      { timeoutMs: 20_000 },
    );
    expect(fleet.objects('dev-1', 'Deployment')).toEqual([]);
    expect(fleet.objects('dev-1', 'Namespace')).not.toContain('/shop--dev');
  });

  it('runs on in the record when its cluster falls silent: Unknown, last seen, never green', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      livenessDeadlineMs: 1_500,
    });
    await fleet.push('shop');
    fleet.cluster('dev-1').setPower(false);
    const dev = await fleet.turns('shop', 'dev', 'Unknown', 3_500);
    expect(dev.clusters[0].health.message).toMatch(
      /^last seen .* ago, was healthy then$/,
    );
    expect(dev.clusters[0].sync).toBe('Unknown');
    expect((await fleet.app('shop')).sentence).toMatch(
      /it is not known how release 1 is in Development/i,
    );
    fleet.cluster('dev-1').setPower(true);
    await fleet.turns('shop', 'dev', 'Healthy');
  });
});
