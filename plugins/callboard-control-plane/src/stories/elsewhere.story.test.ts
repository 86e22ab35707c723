import type { JudgedPush } from '@callboard/plugin-callboard-node';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const ANA = 'user:default/ana';
const IMAGE = `bundle.callboard.dev/elsewhere@sha256:${'e'.repeat(64)}`;
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'shop', digest: { sha256: 'e'.repeat(64) } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: { runDetails: { builder: { id: 'https://ci.example/runner' } } },
};
const SCORE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main: { image: . }
service:
  ports:
    http: { port: 8080 }
`;

describe('a release of images that were built elsewhere', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function judge(
    images: Record<string, string>,
    files: Record<string, string> = { 'score.yaml': SCORE },
  ) {
    return fleet.controlPlane.checkPush({
      ...fleet.revision('shop', files),
      elsewhere: {
        images,
        origin: {
          commit: 'c0ffee12',
          builtBy: 'Jenkins',
          run: 'https://ci.example/7',
        },
        provenance: STATEMENT,
        request: { key: 'run-7', digest: 'd' },
      },
    });
  }

  async function record(judged: JudgedPush) {
    await fleet.controlPlane.recordPush(judged, { isHead: true });
    const number = await fleet.controlPlane.awaitRelease(
      { app: 'shop', commit: judged.revision.commit },
      AbortSignal.timeout(20_000),
    );
    if (!number.ok) throw new Error(number.problem.why);
    return number.value;
  }

  it('ends Healthy without a build, and says who built it', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    const judged = await judge({ main: IMAGE });
    if (!judged.ok) throw new Error(judged.problem.why);
    const release = await record(JSON.parse(JSON.stringify(judged.value)));

    const followed = await fleet.controlPlane.followRelease(
      { app: 'shop', release },
      AbortSignal.timeout(30_000),
    );
    if (!followed.ok) throw new Error(followed.problem.why);
    const lines: string[] = [];
    for await (const { line } of followed.value)
      lines.push(line.replace(/\s+\d+(\.\d)? s$/, ''));
    expect(lines.slice(0, 5)).toEqual([
      expect.stringMatching(/^Revision c0ffee1 {2}/),
      'Built by Jenkins',
      'Release 1 for Development',
      'Placed on dev-1: 1 of 2 clusters fits, 1 wanted',
      'Healthy',
    ]);

    expect(await fleet.healthOf('shop', 'dev')).toEqual({ 'dev-1': 'Healthy' });
    expect(fleet.apps.builds).toEqual([]);
    const deployment = fleet.object('dev-1', 'Deployment', 'shop--dev/web');
    expect(JSON.stringify(deployment)).toContain(IMAGE);

    const releases = await fleet.controlPlane.listReleases('shop');
    expect(releases).toMatchObject({
      ok: true,
      value: [
        {
          number: 1,
          origin: {
            commit: 'c0ffee12',
            builtBy: 'Jenkins',
            run: 'https://ci.example/7',
            provenance: {
              builder: 'https://ci.example/runner',
              images: [IMAGE],
            },
          },
        },
      ],
    });
    const statement = await fleet.controlPlane.readReleaseEvidence({
      app: 'shop',
      release,
      kind: 'provenance',
    });
    expect(
      statement.ok && JSON.parse(Buffer.concat(statement.value).toString()),
    ).toEqual(STATEMENT);
    const [pushed] = (
      await fleet.controlPlane.listJournal({ app: 'shop', actor: ANA })
    ).filter(({ action }) => action === 'revision.pushed');
    expect(pushed.message).toContain('was released from Jenkins, at c0ffee1');
    expect(pushed.why).toBe('its images were built in https://ci.example/7');
  });

  it('is known again by its key, also after a restart', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    const judged = await judge({ 'web/main': IMAGE });
    if (!judged.ok) throw new Error(judged.problem.why);
    await record(judged.value);
    await fleet.restartControlPlane();
    const { commit } = judged.value.revision;
    expect(await fleet.controlPlane.findRequest('shop', 'run-7')).toEqual({
      digest: 'd',
      commit,
    });
    expect(await fleet.controlPlane.findRequest('pay', 'run-7')).toBe(
      undefined,
    );
  });

  it('is another one with the same key once the app was deleted', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    const judged = await judge({ main: IMAGE });
    if (!judged.ok) throw new Error(judged.problem.why);
    await record(judged.value);
    const removed = await fleet.controlPlane.removeApp({
      app: 'shop',
      actor: ANA,
      mayRemove: true,
      confirm: 'shop',
    });
    expect(removed).toMatchObject({ ok: true });
    expect(await fleet.controlPlane.findRequest('shop', 'run-7')).toBe(
      undefined,
    );
  });

  it('is judged as a push is, and told every fault', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    const tagged = await judge({ main: 'registry.example/shop:1', man: IMAGE });
    expect(tagged).toMatchObject({
      ok: false,
      problem: {
        code: 'image-not-pinned',
        faults: [
          { code: 'image-not-pinned' },
          { code: 'container-unknown', next: 'Write "main"' },
        ],
      },
    });
    const mistaken = SCORE.concat(
      'resources: { one: { type: mainframe }, two: { type: abacus } }\n',
    );
    const refused = await judge({ main: IMAGE }, { 'score.yaml': mistaken });
    const pushed = await fleet.controlPlane.checkPush(
      fleet.revision('shop', { 'score.yaml': mistaken }),
    );
    if (refused.ok || pushed.ok) throw new Error('Both are to be refused');
    const { faults, ...problem } = refused.problem;
    expect(problem).toEqual(pushed.problem);
    expect(faults).toHaveLength(2);
    expect(faults).toContainEqual(pushed.problem);
  });
});
