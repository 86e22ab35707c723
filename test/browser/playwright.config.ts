import { defineConfig } from '@playwright/test';

// One portal, started by the tests as `npm start` starts it, used in the order of a newcomer's first hour.
export default defineConfig({
  testDir: __dirname,
  // What needs a real node is asked for by name: CALLBOARD_REAL=1 (test/README.md).
  // The walk that takes an hour's pictures is on call: CALLBOARD_WALK=1.
  testIgnore: [
    ...(process.env.CALLBOARD_REAL ? [] : ['**/*.real.spec.ts']),
    ...(process.env.CALLBOARD_WALK ? [] : ['**/threePeople.spec.ts']),
  ],
  outputDir: '../../test-results/browser',
  // A machine that does much at once is slow, not wrong.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  workers: 1,
  retries: 0,
  reporter: 'list',
  use: {
    // A browser that hangs fails one test, not the time of all.
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
