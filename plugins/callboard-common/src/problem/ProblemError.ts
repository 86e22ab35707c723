import type { Problem } from './Problem';

/** Carries a {@link Problem} through code that can only throw (HTTP middleware, react-query). */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.what}: ${problem.why}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
