import type { Response } from 'express';

/** Returns a signal that aborts when the client closes the response. */
export function leaveSignal(res: Response): AbortSignal {
  const left = new AbortController();
  res.once('close', () => left.abort());
  return left.signal;
}
