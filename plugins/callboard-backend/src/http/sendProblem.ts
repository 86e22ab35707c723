import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { Fault, Problem } from '@callboard/plugin-callboard-common';
import type { ErrorRequestHandler, Response } from 'express';
import { statusOf } from './statusOf';
import { toProblem } from './toProblem';

/** Responds with a problem: `{ code, what, why, next }`, and its position in a file of the user. */
function sendProblem(res: Response, problem: Problem): void {
  const { code, what, why, next, at, faults } = problem;
  res.status(statusOf(problem)).json({
    code,
    what,
    why,
    next,
    ...(at && { at }),
    ...(faults && { faults: faults.map(faultOf) }),
  });
}

function faultOf({ what, why, next, at }: Problem): Fault {
  return { what, why, next, ...(at && { at }) };
}

/**
 * The last handler: every thrown error becomes a problem; a bug is logged in
 * full and shown without details.
 *
 * Without the database no caller can be authenticated: errors that then look
 * like a wrong token or a bug are reported with the actual reason.
 */
export function handleErrors({
  logger,
  controlPlane,
}: {
  logger: LoggerService;
  controlPlane: Pick<ControlPlane, 'probeStore'>;
}): ErrorRequestHandler {
  return function sendError(error, req, res, next) {
    if (res.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error);
    const isInDoubt = !problem || problem.code === 'sign-in-needed';
    const asked = isInDoubt
      ? controlPlane.probeStore()
      : Promise.resolve(problem);
    asked
      .then(unavailable => {
        if (!problem && !unavailable)
          logger.error(`${req.method} ${req.path} failed`, error);
        sendProblem(res, unavailable ?? problem ?? internalError());
      })
      .catch(next);
  };
}

function internalError(): Problem {
  return {
    code: 'internal-error',
    what: 'Cannot answer',
    why: 'Callboard met an error of its own; the log of the backend says more',
    next: 'Try again; tell the platform team if it persists',
    transient: true,
  };
}
