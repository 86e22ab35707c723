import { StandInCallboard, runAsAna } from './__testUtils__/StandInCallboard';
import { connectAppAction } from './connectAppAction';

const COMMIT = '1a2b3c4d'.repeat(5);
const URL = 'https://git.example/acme/shop.git';

describe('callboard:app:connect', () => {
  let callboard: StandInCallboard;

  beforeEach(async () => {
    callboard = await StandInCallboard.start();
    callboard.answer = {
      status: 200,
      body: {
        hosts: ['Gitea'],
        source: { url: URL, branch: 'main', commit: COMMIT },
      },
    };
  });
  afterEach(() => callboard.stop());

  const run = (input: object, { isDryRun = false } = {}) =>
    runAsAna(connectAppAction(callboard.deps), {
      input: { name: 'shop', url: URL, ...input },
      isDryRun,
    });

  it('connects on behalf of the person, and says what it follows', async () => {
    const outputs = await run({
      branch: 'release',
      path: 'services/api',
      owner: 'group:default/shop',
      why: 'Made by a template',
    });
    expect(callboard.asked).toEqual([
      {
        method: 'PUT',
        url: '/v1/apps/shop/source',
        authorization: expect.stringContaining('user:default/ana'),
        body: {
          url: URL,
          branch: 'release',
          path: 'services/api',
          owner: 'group:default/shop',
          why: 'Made by a template',
        },
      },
    ]);
    expect(outputs).toEqual({
      app: 'shop',
      page: '/callboard/apps/shop',
      entityRef: 'component:default/shop',
      commit: COMMIT,
    });
  });

  it('leaves to Callboard what a form left empty', async () => {
    await run({ branch: '', path: '', owner: '' });
    expect(callboard.asked).toMatchObject([{ body: { url: URL } }]);
    expect(Object.keys(callboard.asked[0].body as object)).toEqual(['url']);
  });

  it("says what Callboard refuses in Callboard's words", async () => {
    callboard.answer = {
      status: 403,
      body: {
        code: 'source-not-yours',
        what: 'Cannot run the code of it',
        why: 'it is not public',
        next: 'Name its owner',
      },
    };
    await expect(run({})).rejects.toThrow(
      'Cannot run the code of it: it is not public. Name its owner',
    );
    callboard.answer = { status: 502, body: {} };
    await expect(run({})).rejects.toThrow(
      'Cannot connect "shop": Callboard answered 502',
    );
    callboard.stop();
    await expect(run({})).rejects.toThrow(
      'Cannot connect "shop": Callboard did not answer',
    );
  });

  it('asks nothing in a rehearsal', async () => {
    const outputs = await run({}, { isDryRun: true });
    expect(callboard.asked).toEqual([]);
    expect(outputs).toMatchObject({ page: '/callboard/apps/shop' });
  });
});
