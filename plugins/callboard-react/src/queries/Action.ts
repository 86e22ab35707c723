import type { Problem } from '@callboard/plugin-callboard-common';
import type { UseMutationResult } from '@tanstack/react-query';
import { problemOfError } from '../api';

/** States of an action. */
export type Action =
  | { kind: 'idle' }
  | { kind: 'running' }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'accepted' };

/** Converts a mutation to an action. */
export function actionOf(
  mutation: Pick<UseMutationResult<unknown, Error, never>, 'status' | 'error'>,
): Action {
  switch (mutation.status) {
    case 'pending':
      return { kind: 'running' };
    case 'error':
      return { kind: 'refused', problem: problemOfError(mutation.error) };
    case 'success':
      return { kind: 'accepted' };
    default:
      return { kind: 'idle' };
  }
}
