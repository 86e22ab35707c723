import { describeStoreFault } from '@callboard/plugin-callboard-control-plane';
import type { RequestHandler } from 'express';
import { waitForFault } from './waitForFault';

/** What Backstage's plugins answer with when something failed. */
interface ErrorAnswer {
  error?: { message?: string; code?: string; syscall?: string };
  response?: object;
}

/**
 * Lets every plugin say that the database is away, or its disk full, instead of
 * answering 500 with the driver's words: 503, and what to do.
 */
export function sayStoreFaults(): RequestHandler {
  return function sayStoreFault(req, res, next) {
    waitForFault(req, res);
    const send = res.json.bind(res);
    res.json = body => {
      const fault = res.statusCode === 500 && findFault(body);
      if (!fault) return send(body);
      const statusCode = 503;
      res.status(statusCode);
      return send({
        ...body,
        error: {
          name: 'ServiceUnavailableError',
          message: `${fault.what}: ${fault.why}. ${fault.next}`,
        },
        response: { ...(body as ErrorAnswer).response, statusCode },
      });
    };
    next();
  };
}

function findFault(body: unknown): ReturnType<typeof describeStoreFault> {
  const { error } = (body ?? {}) as ErrorAnswer;
  if (typeof error !== 'object' || error === null) return undefined;
  const { message = '', code, syscall } = error;
  return describeStoreFault(
    Object.assign(new Error(message), { code, syscall }),
  );
}
