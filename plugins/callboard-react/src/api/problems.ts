import {
  type Problem,
  ProblemError,
  isProblemCode,
  isRecord,
} from '@callboard/plugin-callboard-common';

/** Problem of a request without any response. */
export function problemOfFailedRequest(what: string): Problem {
  return {
    code: 'callboard-unreachable',
    what: `Cannot ${what}`,
    why: 'the portal does not answer from here',
    next: 'Check your connection; this page asks again by itself',
    transient: true,
  };
}

/** Problem of a response other than 2xx: the API's own problem when the body has one, otherwise one by its status. */
export async function problemOfResponse(
  what: string,
  response: Response,
): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isApiProblem(body)) {
    return {
      transient: response.status >= 500 || response.status === 429,
      ...body,
      // A portal that is newer than this page may send codes that it does not have.
      code: isProblemCode(body.code) ? body.code : 'unexpected-answer',
    };
  }
  const message = backstageMessage(body);
  switch (response.status) {
    case 401:
      return {
        code: 'not-signed-in',
        what: `Cannot ${what}`,
        why: message ?? 'your sign-in has ended',
        next: 'Reload this page to sign in again',
        transient: false,
      };
    case 403:
      return {
        code: 'not-allowed',
        what: `Cannot ${what}`,
        why: message ?? 'your groups do not allow it',
        next: 'Ask the owner to do it, or to let you',
        transient: false,
      };
    case 404:
      return {
        code: 'not-found',
        what: `Cannot ${what}`,
        why: message ?? 'there is nothing of that name',
        next: 'Check the name, or go back to the list',
        transient: false,
      };
    default:
      return {
        code: 'unexpected-answer',
        what: `Cannot ${what}`,
        why: message ?? `the portal answered with status ${response.status}`,
        next: 'Try again; if it persists, tell your platform team',
        transient: response.status >= 500 || response.status === 429,
      };
  }
}

/** Converts anything that was thrown into the problem that every page shows. */
export function problemOfError(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    code: 'unexpected',
    what: 'Cannot show this',
    why: error instanceof Error ? error.message : String(error),
    next: 'Try again; if it persists, tell your platform team',
    transient: false,
  };
}

/** On the wire a problem may omit whether it is transient; the status decides then. */
type ApiProblem = Omit<Problem, 'code' | 'transient'> &
  Partial<Pick<Problem, 'transient'>> & { code: string };

function isApiProblem(body: unknown): body is ApiProblem {
  return (
    isRecord(body) &&
    ['code', 'what', 'why', 'next'].every(
      field => typeof body[field] === 'string',
    )
  );
}

/** Message of an error of Backstage's own middleware: `{ error: { name, message } }`. */
function backstageMessage(body: unknown): string | undefined {
  if (!isRecord(body) || !isRecord(body.error)) return undefined;
  const { message } = body.error;
  return typeof message === 'string' && message !== '' ? message : undefined;
}
