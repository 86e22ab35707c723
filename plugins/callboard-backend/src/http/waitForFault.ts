import type { Request, Response } from 'express';

const WAIT_MS = 5_000; // for the error that follows at once; then the answer ends as it was
const STREAMED = /^\/api\/catalog\/entities\/?$/i;

type End = (...args: unknown[]) => Response;

/**
 * Keeps an answer from ending before its first byte where that means a fault.
 *
 * Backstage's catalog streams the list of all entities and ends the answer
 * before it tells its error: what reads as 200 without an entity was a database
 * that is away. An empty list is `[]`. An answer that is held is still to be
 * written, so the error that follows is told as every other one.
 */
export function waitForFault(req: Request, res: Response): void {
  if (req.method !== 'GET' || !STREAMED.test(req.path)) return;
  let end = res.end.bind(res) as End;
  // What is put in front of `end` later, as compression is, must not begin the answer first.
  Object.defineProperty(res, 'end', {
    configurable: true,
    get: () => holdEmpty(res, end),
    set: (next: End) => {
      end = next.bind(res);
    },
  });
}

function holdEmpty(res: Response, end: End): End {
  return (...args) => {
    const isEmpty =
      res.statusCode === 200 &&
      !res.headersSent &&
      (args[0] === undefined || typeof args[0] === 'function');
    if (!isEmpty || res.destroyed) return end(...args);
    setTimeout(() => {
      if (!res.writableEnded) end(...args);
    }, WAIT_MS).unref();
    return res;
  };
}
