import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemOfError } from '../api';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';

const APPS: readonly QueryKey[] = [queryKeys.apps(), queryKeys.journals()];

export interface Sender {
  action: Action;
  /**
   * Resolves to the answer, or to undefined when it was refused or another
   * change is in flight. Never throws: a refusal is in `action`.
   */
  send<T>(ask: () => Promise<T>): Promise<T | undefined>;
  /** Like `send`, without the answer. Resolves to whether it was accepted. */
  submit(ask: () => Promise<unknown>): Promise<boolean>;
  /** Clears a refusal. */
  reset(): void;
}

/**
 * Sends changes, one at a time: a second press may come before the first one is
 * rendered. This is not a mutation of the query client, which would keep
 * request and response, secrets too, in its cache for minutes.
 *
 * @param outdated - keys to refetch after a response, a refusal too, because it
 *   shows that the data has changed; apps and journals when omitted
 */
export function useSend(outdated: readonly QueryKey[] = APPS): Sender {
  const client = useQueryClient();
  const [action, setAction] = useState<Action>({ kind: 'idle' });
  const isRunning = useRef(false);
  const send: Sender['send'] = async ask => {
    if (isRunning.current) return undefined;
    isRunning.current = true;
    setAction({ kind: 'running' });
    try {
      const answer = await ask();
      setAction({ kind: 'accepted' });
      return answer;
    } catch (error) {
      setAction({ kind: 'refused', problem: problemOfError(error) });
      return undefined;
    } finally {
      isRunning.current = false;
      for (const queryKey of outdated)
        void client.invalidateQueries({ queryKey });
    }
  };
  return {
    action,
    send,
    submit: async ask =>
      (await send(async () => {
        await ask();
        return true;
      })) ?? false,
    reset: () => setAction({ kind: 'idle' }),
  };
}
