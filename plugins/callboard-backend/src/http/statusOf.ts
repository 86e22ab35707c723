import type { Problem } from '@callboard/plugin-callboard-common';

/** HTTP status of every problem a route or the git host may answer with. What is not listed is judged by its ending, then by `transient`. */
const STATUS: Record<string, number> = {
  'git-token-missing': 401,
  'git-token-wrong': 401,
  'sign-in-needed': 401,
  'not-allowed': 403,
  'not-owner': 403,
  'app-exists': 409,
  'branch-moved': 409,
  'request-invalid': 400,
  'app-name-invalid': 400,
  'push-too-large': 413,
  'push-too-slow': 408,
  'git-host-busy': 503,
  'git-address-unknown': 404,
  'git-encoding-not-taken': 415,
};

const ENDINGS: Array<[string, number]> = [
  ['-not-found', 404],
  ['-unknown', 404],
  ['-not-owner', 403],
  ['-exists', 409],
  ['-conflict', 409],
  ['-timeout', 504],
  ['-unreachable', 503],
  ['-throttled', 503],
  ['-too-large', 413],
];

/** The one table from problems to HTTP. */
export function statusOf(problem: Problem): number {
  const listed = STATUS[problem.code];
  if (listed) return listed;
  const ending = ENDINGS.find(([end]) => problem.code.endsWith(end));
  if (ending) return ending[1];
  return problem.transient ? 503 : 422;
}
