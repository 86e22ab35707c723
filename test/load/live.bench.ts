/*
 * How long a change takes to a second browser by signals alone: pages ask for
 * nothing by themselves. From the answer to anyone who acted until it is on the
 * other's screen. Fails when one takes longer than a second.
 *
 *   node test/load/run.mjs live
 */
import type { Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Portal } from '../browser/support/Portal';
import { median } from './statistics';

// Loaded as it is: a bundle of it does not find its own parts.
const { chromium } = createRequire(join(process.cwd(), 'test/package.json'))(
  '@playwright/test',
) as typeof import('@playwright/test');

const ROUNDS = 20;
const CLUSTER = 'eu-1';
const WORST_MS = 1_000; // a second window shows a change within a second

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'callboard-live-'));
  const config = join(folder, 'app-config.live.yaml');
  await writeFile(config, 'callboard:\n  pages:\n    poll: false\n');
  const portal = await Portal.create({ configs: [config] });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    await portal.start();
    const page = await browser.newPage();
    await page.goto(portal.signInUrl());
    await seesCordoned(page, false);
    const delays: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const verb = round % 2 === 0 ? 'cordon' : 'uncordon';
      const path = `/clusters/${CLUSTER}/${verb}`;
      await portal.api(path, { method: 'POST', body: {} });
      const since = performance.now();
      await seesCordoned(page, verb === 'cordon');
      delays.push(performance.now() - since);
    }
    const worstMs = Math.round(Math.max(...delays));
    process.stdout.write(
      `${JSON.stringify({
        rounds: ROUNDS,
        medianMs: Math.round(median(delays)),
        worstMs,
      })}\n`,
    );
    if (worstMs > WORST_MS)
      throw new Error(`A change took ${worstMs} ms to the other window`);
  } finally {
    await browser.close();
    await portal.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The sentence of the fleet is looked at on every frame. */
async function seesCordoned(page: Page, wanted: boolean): Promise<void> {
  await page.waitForFunction(
    isWanted => {
      const text = document.querySelector('main')?.textContent ?? '';
      return (
        /clusters, all live/.test(text) && /1 cordoned/.test(text) === isWanted
      );
    },
    wanted,
    { polling: 'raf', timeout: 60_000 },
  );
}

measure().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
