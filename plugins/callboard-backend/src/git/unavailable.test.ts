import type { Problem } from '@callboard/plugin-callboard-common';
import { TestPortal } from '../__testUtils__/TestPortal';

const { PATH } = process.env;

describe('a machine without git', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    process.env.PATH = '/nonexistent';
    portal = await TestPortal.start();
  });

  afterAll(async () => {
    process.env.PATH = PATH;
    await portal.stop();
  });

  const ask = (path: string, init?: RequestInit) =>
    fetch(`${portal.url}/api/callboard/v1${path}`, init);

  it('has the pages, and says at the git routes what is missing', async () => {
    expect((await ask('/fleet')).status).toBe(200);
    const pushed = await portal.push('shop');
    expect(pushed.code).not.toBe(0);
    expect(pushed.output).toMatch(/no git on the PATH of the portal/);
    expect(pushed.output).toMatch(/503/);
  });

  it('creates no app from files', async () => {
    const created = await ask('/apps', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'shop',
        owner: 'user:default/mock',
        files: { 'score.yaml': 'a: 1' },
      }),
    });
    expect([created.status, await created.json()]).toMatchObject([
      503,
      { code: 'git-missing', next: expect.stringContaining('Install git') },
    ]);
  });

  it('takes pushes once git is there, without a restart', async () => {
    process.env.PATH = PATH;
    expect((await portal.push('shop')).output).toContain('main -> main');
  });
});

describe('a disk without room', () => {
  it('takes no push, and says how much is free', async () => {
    const minFreeMb = 1e9;
    const portal = await TestPortal.start({ config: { git: { minFreeMb } } });
    try {
      const pushed = await portal.push('shop');
      expect(pushed.code).not.toBe(0);
      expect(pushed.remote.join(' ').replace(/\s+/g, ' ')).toMatch(
        /only \d+ MB are free on the disk of the repositories, and 1000000000 MB must stay free/,
      );
      expect(portal.controlPlane.recorded).toEqual([]);
    } finally {
      await portal.stop();
    }
  });
});

describe('a database that does not answer', () => {
  const PROBLEM: Problem = {
    code: 'database-unavailable',
    what: 'Cannot answer',
    why: 'the database does not answer',
    next: 'Check that it runs',
    transient: true,
  };

  it('is the reason that is given, and not the token or a fault', async () => {
    const portal = await TestPortal.start();
    try {
      portal.controlPlane.storeProblem = PROBLEM;
      const work = await portal.repository({ 'score.yaml': 'a: 1' });
      const pushed = await portal.git(
        work,
        'push',
        portal.gitUrl('shop', 'ana', 'a-token-that-cannot-be-checked'),
        'main',
      );
      expect(pushed.output).toContain('the database does not answer');
      const wrong = await fetch(`${portal.url}/api/callboard/v1/fleet`, {
        headers: { authorization: 'Bearer a-token-that-cannot-be-checked' },
      });
      expect([wrong.status, await wrong.json()]).toMatchObject([
        503,
        { code: 'database-unavailable' },
      ]);
      jest
        .spyOn(portal.controlPlane, 'getFleetSummary')
        .mockRejectedValue(new Error('anything'));
      const failing = await fetch(`${portal.url}/api/callboard/v1/fleet`);
      expect([failing.status, await failing.json()]).toMatchObject([
        503,
        { code: 'database-unavailable' },
      ]);
    } finally {
      await portal.stop();
    }
  });
});
