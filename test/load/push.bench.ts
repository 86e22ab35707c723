/*
 * What a newcomer waits for: the start, a push until it is healthy on one
 * cluster, a promotion until it is healthy on three, and what the process weighs.
 *
 *   node test/load/run.mjs push
 */
import type { App } from '@callboard/plugin-callboard-common';
import { readFile } from 'node:fs/promises';
import { Portal } from '../browser/support/Portal';
import { Repository } from '../browser/support/Repository';
import { shopFiles, workingServer } from '../browser/support/shopFiles';
import { median } from './statistics';

const ROUNDS = 7;

async function measure(): Promise<void> {
  const portal = await Portal.create();
  const repository = await Repository.create(shopFiles('shop', 'round 0'));
  try {
    const firstStart = await secondsOf(() => portal.start());
    await repository.push(portal.cloneUrl('shop'));
    const pushes: number[] = [];
    const promotions: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      await repository.commit(`Round ${round}`, {
        'server.js': workingServer(`round ${round}`),
      });
      pushes.push((await repository.push(portal.cloneUrl('shop'))).seconds);
      promotions.push(await secondsOf(() => promote(portal, round + 1)));
    }
    const status = await readFile(
      `/proc/${await portal.backendPid()}/status`,
      'utf8',
    );
    await portal.stop();
    const secondStart = await secondsOf(() => portal.start());
    const figures = {
      startWithEmptyData: firstStart,
      startAgain: secondStart,
      pushUntilHealthyOn1Cluster: median(pushes),
      promotionUntilHealthyOn3Clusters: median(promotions),
      memoryMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
      rounds: ROUNDS,
    };
    process.stdout.write(
      `${JSON.stringify(
        figures,
        (_, value) =>
          typeof value === 'number' ? Math.round(value * 100) / 100 : value,
        2,
      )}\n`,
    );
  } finally {
    await repository.remove();
    await portal.remove();
  }
}

async function promote(portal: Portal, release: number): Promise<void> {
  await portal.api('/apps/shop/environments/prod/promotions', {
    method: 'POST',
    body: { release },
  });
  for (;;) {
    const { body } = await portal.api<App>('/apps/shop');
    const prod = body.environments.find(({ name }) => name === 'prod');
    const isThere = prod?.clusters.every(
      cluster => cluster.release === release,
    );
    if (
      prod?.health.status === 'Healthy' &&
      prod.clusters.length === 3 &&
      isThere
    )
      return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

void measure();
