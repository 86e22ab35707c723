import type { QueryClient } from '@tanstack/react-query';
import { problemOfError } from '../api';

/** Codes of {@link problemOfError} for no response, or a response from a proxy in front of the portal. */
const UNANSWERED = ['callboard-unreachable', 'unexpected-answer'];

/**
 * Time of the portal's last answer, once it does not answer any more: the
 * newest request failed without an answer. A refusal is an answer.
 *
 * @returns milliseconds since the epoch; undefined while the portal answers, or
 *   when it never did
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
