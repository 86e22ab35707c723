import type { IncomingMessage } from 'node:http';

/** Fewer bytes within the idle time count as idle: a single byte now and then keeps no slot. */
const MOVING_BYTES = 1_024;

/**
 * Ends a request whose body is idle for `idleSeconds`. Time in which we do not
 * read it (git is busy) does not count.
 */
export function endWhenIdle(req: IncomingMessage, idleSeconds: number): void {
  if (req.complete) return;
  // Counted at the socket: a listener for the body would start its flow too early.
  let before = req.socket.bytesRead;
  const timer = setInterval(() => {
    const arrived = req.socket.bytesRead - before;
    before = req.socket.bytesRead;
    if (req.complete) clearInterval(timer);
    else if (arrived < MOVING_BYTES && req.readableFlowing === true)
      req.destroy(new Error('the transfer stood still'));
  }, idleSeconds * 1_000);
  timer.unref();
  req.once('close', () => clearInterval(timer));
}
