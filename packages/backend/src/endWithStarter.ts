import { Worker } from 'node:worker_threads';

/** Time in which the portal ends after a signal, even if a hook hangs. */
const END_MS = 5_000;
const SAID = 'The portal did not end in time and was cut short\n';

/** Ends the process even when its event loop is blocked. */
const WATCHDOG = `
  const { workerData } = require('node:worker_threads');
  setTimeout(() => {
    require('node:fs').writeSync(2, workerData.said);
    process.kill(process.pid, 'SIGKILL');
  }, workerData.endMs);
`;

/**
 * Ends this process in order on a signal, and when the program that started it
 * is gone: a killed `npm start` must not leave a portal running unnoticed. The
 * kernel closes the channel to it, however it ended.
 *
 * After `endMs` a thread of its own kills the process: a portal of hundreds of
 * clusters has so much to close that its event loop is late.
 */
export function endWithStarter(
  portal: NodeJS.Process,
  { endMs = END_MS } = {},
): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    portal.once(signal, () => {
      new Worker(WATCHDOG, {
        eval: true,
        execArgv: [],
        workerData: { endMs, said: SAID },
      }).unref();
    });
  if (portal.connected)
    portal.once('disconnect', () => portal.kill(portal.pid, 'SIGTERM'));
}
