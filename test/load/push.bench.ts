/*
 * What a newcomer waits for: the start, a push until it is healthy on one
 * cluster, a promotion until it is healthy on three, and what the portal's
 * processes weigh: its own, and its playground's with simulated clusters and builds.
 *
 *   node test/load/run.mjs push
 */
import type { App } from '@callboard/plugin-callboard-common';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Portal } from '../browser/support/Portal';
import { Repository } from '../browser/support/Repository';
import { shopFiles, workingServer } from '../browser/support/shopFiles';
import { listDescendants, readCommand } from '../browser/support/processes';
import { median } from './statistics';

const ROUNDS = 7;
const REST_MS = 30_000; // after the start's own work

async function measure(): Promise<void> {
  const portal = await Portal.create();
  const repository = await Repository.create(shopFiles('shop', 'round 0'));
  try {
    const firstStart = await secondsOf(() => portal.start());
    await repository.push(portal.cloneUrl('shop'));
    await setTimeout(REST_MS);
    const atRest = await memoryOf(portal);
    const pushes: number[] = [];
    const promotions: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      await repository.commit(`Round ${round}`, {
        'server.js': workingServer(`round ${round}`),
      });
      pushes.push((await repository.push(portal.cloneUrl('shop'))).seconds);
      promotions.push(await secondsOf(() => promote(portal, round + 1)));
    }
    const afterwards = await memoryOf(portal);
    await portal.stop();
    const secondStart = await secondsOf(() => portal.start());
    const figures = {
      startWithEmptyData: firstStart,
      startAgain: secondStart,
      pushUntilHealthyOn1Cluster: median(pushes),
      promotionUntilHealthyOn3Clusters: median(promotions),
      memoryMiB: { atRest, afterwards },
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

/** Resident, most of it the process's own. */
async function memoryOf(
  portal: Portal,
): Promise<{ portal: number; playground: number }> {
  const backend = await portal.backendPid();
  const commands = await Promise.all(
    (
      await listDescendants(backend)
    ).map(async pid => ({ pid, command: await readCommand(pid) })),
  );
  const playground = commands.find(({ command }) =>
    command.includes('playground/src/worker'),
  )!;
  const [own, others] = await Promise.all([
    residentMiB(backend),
    residentMiB(playground.pid),
  ]);
  return { portal: own, playground: others };
}

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
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
    await setTimeout(20);
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

void measure();
