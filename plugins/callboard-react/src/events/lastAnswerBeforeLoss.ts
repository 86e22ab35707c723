import type { QueryClient } from '@tanstack/react-query';
import { problemOfError } from '../api';

/** Codes of {@link problemOfError} that say that nobody answered, or somebody in front of the portal did. */
const UNANSWERED = ['callboard-unreachable', 'unexpected-answer'];

/**
 * When the portal last answered, once it does not answer any more: the newest
 * of all questions failed for want of an answer. A refusal is an answer.
 *
 * @returns milliseconds since the epoch; undefined while the portal answers, or where it never did
 */
export function lastAnswerBeforeLoss(client: QueryClient): number | undefined {
  const states = client
    .getQueryCache()
    .getAll()
    .map(({ state }) => state);
  const answered = Math.max(0, ...states.map(state => state.dataUpdatedAt));
  const isLost = states.some(
    ({ error, errorUpdatedAt }) =>
      error !== null && errorUpdatedAt > answered && isUnanswered(error),
  );
  return isLost && answered > 0 ? answered : undefined;
}

function isUnanswered(error: unknown): boolean {
  const { code, transient } = problemOfError(error);
  return transient && UNANSWERED.includes(code);
}
