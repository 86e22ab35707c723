import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  type ChangeSignal,
  SIGNAL_CHANNEL,
} from '@callboard/plugin-callboard-common';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keysOutdatedBy } from '../queries/queryKeys';

const GATHER_MS = 100; // a push makes a burst of changes; one refetch answers them all

/**
 * Marks answers as old when the backend says that something changed; what is
 * on the screen is asked again at once. Signals carry no data, so a lost or
 * doubled one does no harm, and what was missed is caught by the poll.
 */
export function useEventStream(client: QueryClient): void {
  const signals = useApiHolder().get(signalApiRef);
  useEffect(() => {
    if (!signals) return undefined;
    const outdated = new Map<string, readonly unknown[]>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const keys = [...outdated.values()];
      outdated.clear();
      for (const queryKey of keys) void client.invalidateQueries({ queryKey });
    };
    const subscription = signals.subscribe<
      ChangeSignal & { kind: ChangeSignal['kind'] }
    >(SIGNAL_CHANNEL, change => {
      for (const key of keysOutdatedBy(change))
        outdated.set(JSON.stringify(key), key);
      timer ??= setTimeout(flush, GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [signals, client]);
}
