import { describeStoreFault } from '@callboard/plugin-callboard-control-plane';
import type { RequestHandler } from 'express';
import { waitForFault } from './waitForFault';

/** The error response of Backstage's plugins. */
interface ErrorAnswer {
  error?: { message?: string; code?: string; syscall?: string };
  response?: object;
}

/**
 * Makes every plugin report an unavailable database, or a full disk of it, as
 * 503 with the next step, instead of 500 with the driver's message.
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
