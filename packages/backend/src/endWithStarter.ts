import { Worker } from 'node:worker_threads';

/** A portal that is told to end does so within this, whatever hangs. */
const END_MS = 5_000;
const SAID = 'The portal did not end in time and was cut short\n';

/** Ends the process though its event loop does not turn any more. */
const WATCHDOG = `
  const { workerData } = require('node:worker_threads');
  setTimeout(() => {
    require('node:fs').writeSync(2, workerData.said);
    process.kill(process.pid, 'SIGKILL');
  }, workerData.endMs);
`;

/**
 * Ends this process in order when it is told to, and when the program that
 * started it is gone: `npm start` that was killed must not leave a portal behind
 * that nobody sees. The kernel closes the channel to it, however it ended.
 *
 * What takes longer than `endMs` is cut short by a thread of its own: a portal of
 * hundreds of clusters has so much to close that its event loop is late.
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
