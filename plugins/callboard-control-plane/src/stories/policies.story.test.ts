import type {
  EnvironmentFile,
  PolicyFile,
} from '@callboard/plugin-callboard-common';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const ANA = 'user:default/ana';
const BO = 'user:default/bo';

const policy = (
  name: string,
  spec: Omit<PolicyFile['spec'], 'validations'>,
  [expression, message, next]: [string, string, string],
): PolicyFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Policy',
  metadata: { name, title: `Rule ${name}` },
  spec: { ...spec, validations: [{ expression, message, next }] },
});

const WORKLOAD = (variables: string) => `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    variables: ${variables}
service: { ports: { www: { port: 80, targetPort: 8080 } } }
`;
/** What the policy of this story is about: a variable that turns on debugging. */
const NO_DEBUG = `object.kind != 'Deployment' || object.spec.template.spec.containers.all(c,
  !has(c.env) || c.env.all(e, e.name != 'DEBUG'))`;

describe('policies', () => {
  let fleet: TestFleet;
  beforeAll(async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'] });
    await fleet.settles();
    await fleet.push('shop', undefined, { 'score.yaml': WORKLOAD('{}') });
    await fleet.push('shop', undefined, {
      'score.yaml': WORKLOAD('{ DEBUG: "1" }'),
    });
    await fleet.promote('shop', 'prod', 2);
    await fleet.settles();
  });
  afterAll(() => fleet?.close());

  const say = (
    mode: PolicyFile['spec']['mode'],
    match: PolicyFile['spec']['match'] = {},
  ) => {
    fleet.platform = {
      ...fleet.platform,
      policies: [
        policy('no-debug', { mode, match }, [
          NO_DEBUG,
          'A container has the variable DEBUG',
          'Take it out of score.yaml',
        ]),
      ],
    };
  };
  const environmentTitled = (name: string) =>
    (fleet.platform.environments as EnvironmentFile[]).find(
      ({ metadata }) => metadata.name === name,
    )?.metadata.title ?? name;
  const check = (variables: string, message = 'Change it') =>
    fleet.controlPlane.checkPush(
      fleet.revision(
        'shop',
        { 'score.yaml': WORKLOAD(variables), 'behaviour.json': '{}' },
        { message },
      ),
    );
  const promote = (release: number) =>
    fleet.controlPlane.promote({
      app: 'shop',
      environment: 'prod',
      release,
      actor: ANA,
    });
  const journalOf = async (action: string) =>
    (await fleet.controlPlane.listJournal({ app: 'shop' })).filter(
      entry => entry.action === action,
    );

  it('refuse a push, say what to do, and are in the journal', async () => {
    say('deny', { environments: ['dev'] });
    expect(await check('{ DEBUG: "1" }')).toEqual({
      ok: false,
      problem: {
        code: 'policy-denied',
        what: 'Cannot push to "shop"',
        why: 'the policy "no-debug" denies it: A container has the variable DEBUG (Deployment web)',
        next: 'Take it out of score.yaml, or ask the platform team for an exception from "no-debug" for "shop/dev"',
        transient: false,
      },
    });
    expect(await journalOf('policy.denied')).toMatchObject([
      { app: 'shop', environment: 'dev', actor: ANA },
    ]);
    expect(await check('{}')).toMatchObject({
      value: { accepted: { warnings: [] } },
    });
  });

  it('tell who pushes what an environment behind will refuse, and what is only a warning', async () => {
    say('deny', { environments: ['prod'] });
    expect(await check('{ DEBUG: "2" }')).toMatchObject({
      value: {
        accepted: {
          warnings: [
            `${environmentTitled(
              'prod',
            )} will refuse this release: the policy "no-debug" denies it: A container has the variable DEBUG (Deployment web)`,
          ],
        },
      },
    });
    say('warn', { clusters: { matchLabels: { env: 'prod' } } });
    expect(await check('{ DEBUG: "3" }')).toMatchObject({
      value: {
        accepted: {
          warnings: [
            `Policy "no-debug" warns in ${environmentTitled(
              'prod',
            )}: A container has the variable DEBUG (Deployment web)`,
          ],
        },
      },
    });
    say('audit');
    expect(await check('{ DEBUG: "4" }')).toMatchObject({
      value: { accepted: { warnings: [] } },
    });
  });

  it('refuse a promotion until somebody makes an exception, which ends', async () => {
    say('deny', { environments: ['prod'] });
    await fleet.controlPlane.promote({
      app: 'shop',
      environment: 'prod',
      release: 1,
      actor: ANA,
    });
    expect(await promote(2)).toMatchObject({
      problem: {
        code: 'policy-denied',
        what: `Cannot promote release 2 of "shop" to ${environmentTitled(
          'prod',
        )}`,
      },
    });
    const until = new Date(Date.now() + 24 * 3_600_000).toISOString();
    const ask = (over: object = {}) =>
      fleet.controlPlane.createException({
        policy: 'no-debug',
        target: 'shop/prod',
        until,
        why: 'A fault that only prod shows',
        actor: BO,
        ...over,
      });
    expect(await ask({ target: 'shop/moon' })).toMatchObject({
      problem: { code: 'exception-invalid' },
    });
    expect(await ask({ until: '2020-01-01T00:00:00Z' })).toMatchObject({
      problem: { why: 'it ends in the past' },
    });
    expect(await ask({ policy: 'nope' })).toMatchObject({
      problem: { code: 'policy-not-found' },
    });
    const made = await ask();
    if (!made.ok) throw new Error(made.problem.why);
    expect(await fleet.controlPlane.listExceptions()).toEqual([made.value]);
    expect(await promote(2)).toMatchObject({
      value: {
        warnings: [
          expect.stringMatching(
            /^Policy "no-debug" is violated in .*, by an exception until /,
          ),
        ],
      },
    });
    expect(await journalOf('exception.created')).toMatchObject([
      {
        actor: BO,
        environment: 'prod',
        why: 'A fault that only prod shows',
        message: expect.stringContaining(
          '"shop/prod" may violate the policy "no-debug" until',
        ),
      },
    ]);
    const excepted = await fleet.controlPlane.listPolicies();
    expect(excepted.items).toMatchObject([
      { name: 'no-debug', mode: 'deny', denied: 0, exceptions: 1 },
    ]);
    const end = () =>
      fleet.controlPlane.endException({ id: made.value.id, actor: BO });
    expect(await end()).toMatchObject({ ok: true });
    expect(await end()).toMatchObject({
      problem: { code: 'exception-not-found' },
    });
    expect((await fleet.controlPlane.listPolicies()).items).toMatchObject([
      { denied: 1, exceptions: 0, findings: [{ app: 'shop', release: 2 }] },
    ]);
  });

  it('are counted of what runs, and tried on what came before', async () => {
    await fleet.settles();
    say('audit');
    const { items, deployments, pending } =
      await fleet.controlPlane.listPolicies();
    expect({ deployments, pending }).toEqual({ deployments: 2, pending: 0 });
    expect(items).toMatchObject([
      {
        name: 'no-debug',
        title: 'Rule no-debug',
        denied: 0,
        warned: 0,
        audited: 2,
        sentence: 'Counts releases that violate it; 2 deployments that run do.',
        findings: [
          { app: 'shop', environment: 'dev', clusters: ['dev-1'] },
          { app: 'shop', environment: 'prod', clusters: ['eu-1'] },
        ],
      },
    ]);
    expect(
      (await fleet.controlPlane.listPolicies({ onlyApps: [] })).items,
    ).toMatchObject([{ audited: 0, findings: [] }]);
    // To dev releases 1 and 2; to prod 2, 1 and 2.
    expect(
      await fleet.controlPlane.tryPolicy({ policy: 'no-debug', days: 30 }),
    ).toMatchObject({
      value: {
        changes: 5,
        refused: 3,
        sentence:
          'In the last 30 days it would have refused 3 of 5 promotions: shop in prod (2), shop in dev',
        items: [{ environment: 'prod', release: 2, by: ANA }, {}, {}],
      },
    });
  });
});
