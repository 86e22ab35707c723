import type { Request, Response } from 'express';

const WAIT_MS = 5_000; // for the error that follows; then the response ends as it was
const STREAMED = /^\/api\/catalog\/entities\/?$/i;

type End = (...args: unknown[]) => Response;

/**
 * Delays the end of an empty response that may precede an error.
 *
 * Backstage's catalog streams the list of all entities and ends the response
 * before it reports its error: with the database unavailable the client would
 * read 200 without an entity. An empty list is `[]`. A delayed response is not
 * sent yet, so the error that follows is reported like any other.
 */
export function waitForFault(req: Request, res: Response): void {
  if (req.method !== 'GET' || !STREAMED.test(req.path)) return;
  let end = res.end.bind(res) as End;
  // Middleware that replaces `end` later, such as compression, must not send the response
  // first.
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
