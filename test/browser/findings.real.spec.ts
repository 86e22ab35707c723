import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@callboard/plugin-callboard-common';
import { type Page, expect, test } from '@playwright/test';
import {
  type StartedCluster,
  startCluster,
} from '../src/real/__testUtils__/startCluster';
import { enterPortal } from './support/enterPortal';
import { Portal } from './support/Portal';
import { Repository } from './support/Repository';
import { SICK_APPS } from './support/sickApps';
import { takeScreenshots } from './support/takeScreenshots';

/*
 * Ten apps in trouble on a real node, as their pages tell it. Needs CALLBOARD_REAL=1, CALLBOARD_K8S_START and root.
 */
test.describe.configure({ mode: 'serial' });

const PICTURES = ['wide-light', 'narrow-dark'];
const PATIENCE_MS = 150_000; // a check of Score fails three times, ten seconds apart, and then the cluster waits

let cluster: StartedCluster;
let portal: Portal;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), 'callboard-findings-'));
const repositories: Repository[] = [];

const findingsOf = async (app: string) => {
  const { body } = await portal.api<App>(`/apps/${app}`);
  return body.environments?.flatMap(({ findings }) => findings) ?? [];
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  cluster = await startCluster('real');
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      callboard: {
        playground: { enabled: false },
        builder: { type: 'given' },
        agent: { image: 'registry.example/callboard/agent:1' },
        clusters: [
          {
            name: 'real-1',
            labels: { env: 'dev', region: 'lab' },
            kubeconfig: { file: cluster.kubeconfig },
            exposure: { type: 'NodePort', host: cluster.node },
          },
        ],
      },
    }),
  );
  portal = await Portal.create({ configs: [config] });
  await portal.start();
  page = await browser.newPage();
  await enterPortal(page, portal.signInUrl());
});

test.afterAll(async () => {
  await page?.close();
  for (const repository of repositories) await repository.remove();
  await portal?.remove();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('anyone who tries a portal without a playground may add a cluster, and take it back', async () => {
  const { status, body } = await portal.api<{ join: { command: string } }>(
    '/clusters',
    {
      method: 'POST',
      body: { name: 'store-1', labels: { env: 'edge' }, blueprint: 'edge' },
    },
  );
  expect(status).toBe(201);
  expect(body.join.command).toMatch(/^kubectl apply -f "http/);
  const removed = await portal.api('/clusters/store-1', { method: 'DELETE' });
  expect(removed.status).toBe(200);
});

test('ten sick apps are pushed', async () => {
  test.setTimeout(600_000);
  const registry = cluster.registry!;
  await Promise.all(
    SICK_APPS.map(async ({ name, pushes }) => {
      const [first, ...later] = pushes.map(make =>
        JSON.stringify(make(registry), null, 2),
      );
      const repository = await Repository.create({ 'score.yaml': first });
      repositories.push(repository);
      await repository.push(portal.cloneUrl(name));
      for (const score of later) {
        await repository.commit('Read rates from the new service', {
          'score.yaml': score,
        });
        await repository.push(portal.cloneUrl(name));
      }
    }),
  );
});

SICK_APPS.forEach(({ name, code, situation }) =>
  test(`${name}: ${code}`, async () => {
    test.setTimeout(PATIENCE_MS + 60_000);
    await expect
      .poll(async () => (await findingsOf(name)).map(each => each.code), {
        timeout: PATIENCE_MS,
      })
      .toContain(code);
    const findings = await findingsOf(name);
    const finding = findings.find(each => each.code === code)!;
    expect(finding.changedBefore).toContain('Release');
    await page.goto(`${portal.url}/callboard/apps/${name}`);
    await expect(
      page.getByRole('region', { name: findings[0].what }).first(),
    ).toBeVisible();
    await takeScreenshots(page, `findings/${situation}`, PICTURES);
  }),
);
