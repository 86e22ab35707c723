import type { Response } from 'express';

/** Aborts as soon as nobody reads an answer any more. */
export function leaveSignal(res: Response): AbortSignal {
  const left = new AbortController();
  res.once('close', () => left.abort());
  return left.signal;
}
