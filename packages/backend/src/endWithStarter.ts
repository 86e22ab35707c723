/** A portal that is told to end does so within this, whatever hangs. */
const END_MS = 5_000;

/**
 * Ends this process in order when it is told to, and when the program that
 * started it is gone: `npm start` that was killed must not leave a portal behind
 * that nobody sees. The kernel closes the channel to it, however it ended.
 */
export function endWithStarter(portal: NodeJS.Process): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    portal.once(signal, () => {
      setTimeout(() => {
        portal.stderr.write(
          'The portal did not end in time and was cut short\n',
        );
        portal.exit(1);
      }, END_MS).unref();
    });
  if (portal.connected)
    portal.once('disconnect', () => portal.kill(portal.pid, 'SIGTERM'));
}
