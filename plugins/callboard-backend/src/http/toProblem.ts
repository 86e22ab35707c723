import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import { describeStoreFault } from '@callboard/plugin-callboard-control-plane';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';

/** Converts an error of a request to a problem; undefined for a bug. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof AuthenticationError) return signInNeeded();
  if (error instanceof NotAllowedError) return notAllowed(error.message);
  if (error instanceof NotFoundError) return routeNotFound(error.message);
  if (error instanceof InputError || error instanceof ConflictError)
    return requestInvalid(error.message);
  return isRequestFault(error)
    ? describeRequestFault(error)
    : describeStoreFault(error);
}

function signInNeeded(): Problem {
  return {
    code: 'sign-in-needed',
    what: 'Cannot answer',
    why: 'nobody is signed in, or the token has expired',
    next: 'Sign in to the portal, or send a Backstage token as "Authorization: Bearer …"',
    transient: false,
  };
}

function routeNotFound(path: string): Problem {
  return {
    code: 'route-not-found',
    what: `Cannot answer ${path}`,
    why: 'the API has no such address',
    next: 'See /api/callboard/v1/openapi.json',
    transient: false,
  };
}

function requestInvalid(why: string): Problem {
  return {
    code: 'request-invalid',
    what: 'Cannot understand the request',
    why,
    next: 'See /api/callboard/v1/openapi.json',
    transient: false,
  };
}

function notAllowed(why: string): Problem {
  return {
    code: 'not-allowed',
    what: 'You may not do this',
    why,
    next: 'Ask who owns it, or the platform team',
    transient: false,
  };
}

/**
 * Errors of express's parsers and the OpenAPI validator: a status below 500
 * and, from the latter, the invalid fields.
 */
interface RequestFault {
  status: number;
  message: string;
  errors?: Array<{ path?: string; message?: string }>;
}

function isRequestFault(error: unknown): error is RequestFault {
  const status = (error as Partial<RequestFault> | undefined)?.status;
  return typeof status === 'number' && status >= 400 && status < 500;
}

function describeRequestFault({
  status,
  message,
  errors,
}: RequestFault): Problem {
  const details = (errors ?? [])
    .slice(0, 5)
    .map(({ path, message: said }) => `${path ?? ''} ${said ?? ''}`.trim())
    .join('; ');
  const why = (details || message).slice(0, 500);
  switch (status) {
    case 404:
      return routeNotFound(why);
    case 405:
      return { ...requestInvalid(why), code: 'method-not-allowed' };
    case 413:
      return {
        ...requestInvalid('the body is too large'),
        code: 'request-too-large',
      };
    case 415:
      return { ...requestInvalid(why), code: 'media-type-not-taken' };
    default:
      return requestInvalid(why);
  }
}
