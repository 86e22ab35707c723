import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, FleetSummary } from '@callboard/plugin-callboard-common';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';
import { shopFiles } from '../../browser/support/shopFiles';
import { eventually } from '@callboard/testing';
import { describePortal } from './describePortal';
import {
  canMount,
  fillDisk,
  mountSmallDisk,
  unmountSmallDisk,
} from './smallDisk';

const describeMounts = canMount ? describePortal : describe.skip;
const LINES = 60; // of the log: more than fit into the last block of its file

describeMounts('a portal whose disk is full', () => {
  let folder: string;
  let dataDir: string;
  let portal: Portal;
  let shop: Repository;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-full-'));
    dataDir = join(folder, 'data');
    mountSmallDisk(dataDir, '-o', 'size=300m');
    portal = await Portal.create({ dataDir });
    await portal.start();
    shop = await Repository.create(shopFiles('shop', 'before'));
  }, 180_000);

  afterAll(async () => {
    await portal?.stop();
    await shop?.remove();
    unmountSmallDisk(dataDir);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('answers, refuses pushes in words, and goes on by itself', async () => {
    expect((await shop.push(portal.cloneUrl('shop'))).text).toMatch(/Healthy/);

    // Nobody signed in before, and no plugin asked another one.
    const free = fillDisk(dataDir);
    await shop.commit('Second version', shopFiles('shop', 'after'));
    const refused = await shop.push(portal.cloneUrl('shop'));
    expect(refused.remote.join(' ').replace(/\s+/g, ' ')).toMatch(
      /Cannot take a push why: only 0 MB are free on the disk of the repositories, and 100 MB must stay free next: Ask the platform team to free some space/,
    );
    // Failures are lines of the log, which is on the full disk too.
    for (let line = 0; line < LINES; line += 1)
      expect((await fetch(`${portal.url}/api/missing`)).status).toBe(404);
    await eventually(
      'the fleet names the problem',
      async () => {
        const { status, body } = await portal.api<FleetSummary>('/fleet');
        expect(status).toBe(200);
        expect(body.problem?.code).toMatch(/^disk-(nearly-)?full$/);
        expect(body.sentence).toMatch(/ at the moment: /);
      },
      30_000,
    );
    expect(await answerOf('shop')).toBe('before');
    expect((await fetch(portal.url)).status).toBe(200);
    expect(await answerOfPlugin('catalog/entities')).toEqual([200, '']);

    free();
    const pushed = await shop.push(portal.cloneUrl('shop'));
    expect(pushed.text).toMatch(/shop runs release 2 in Development/);
    await eventually(
      'the new release answers',
      async () => expect(await answerOf('shop')).toBe('after'),
      30_000,
    );
    await eventually(
      'the fleet names no problem',
      async () =>
        expect(
          (
            await portal.api<FleetSummary>('/fleet')
          ).body.problem,
        ).toBeUndefined(),
      30_000,
    );
  }, 180_000);

  /** What another plugin answers to somebody who has just signed in: the status, and the failure. */
  async function answerOfPlugin(path: string): Promise<[number, string]> {
    const authorization = `Bearer ${await portal.signIn()}`;
    const answer = await fetch(`${portal.url}/api/${path}`, {
      headers: { authorization },
    });
    return [answer.status, answer.ok ? '' : await answer.text()];
  }

  /** What the app's own address says, where the portal says that it is. */
  async function answerOf(name: string): Promise<string> {
    const { status, body } = await portal.api<App>(`/apps/${name}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    const urls = body.environments.flatMap(({ clusters }) =>
      clusters.flatMap(cluster => cluster.urls),
    );
    return (await fetch(urls[0])).text();
  }
});
