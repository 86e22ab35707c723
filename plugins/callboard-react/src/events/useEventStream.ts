import { useApiHolder } from '@backstage/frontend-plugin-api';
import { type SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import {
  ANYTHING_CHANGED,
  type LiveSignal,
  SIGNAL_CHANNEL,
} from '@callboard/plugin-callboard-common';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { CallboardApi } from '../api';
import { isOutdatedBy } from './isOutdatedBy';
import { LiveChannel } from './LiveChannel';
import { useCallboardApi } from './useCallboardApi';

const GATHER_MS = 100; // a push makes a burst of changes; the first refetches at once, one more refetch covers the rest

interface Stream {
  channel: LiveChannel;
  /** Number of mounted pages, cards and tabs; the last one to unmount stops the stream. */
  users: number;
  stop?: () => void;
}

/** One per cache: pages, cards and tabs of one portal share a subscription. */
const streams = new WeakMap<QueryClient, Stream>();

function streamOf(client: QueryClient): Stream {
  const stream = streams.get(client) ?? {
    channel: new LiveChannel(),
    users: 0,
  };
  streams.set(client, stream);
  return stream;
}

/**
 * Invalidates answers when the backend signals a change; visible ones are
 * refetched at once. Signals carry no data, so a lost or duplicate one does no
 * harm. When the channel opens, everything is refetched: changes may have been
 * missed while it was closed.
 */
export function useEventStream(client: QueryClient): void {
  const signals = useApiHolder().get(signalApiRef);
  const api = useCallboardApi();
  useEffect(() => {
    if (!signals) return undefined;
    const stream = streamOf(client);
    stream.users += 1;
    stream.stop ??= listen(signals, { client, api, channel: stream.channel });
    return () => {
      stream.users -= 1;
      if (stream.users > 0) return;
      stream.stop?.();
      stream.stop = undefined;
    };
  }, [signals, client, api]);
}

/** Whether signals about changes reach this page. */
export function useIsLive(): boolean {
  const { channel } = streamOf(useQueryClient());
  return useSyncExternalStore(channel.subscribe, () => channel.isOpen);
}

function listen(
  signals: SignalApi,
  deps: { client: QueryClient; api: CallboardApi; channel: LiveChannel },
): () => void {
  const { client, api, channel } = deps;
  let waiting: LiveSignal[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (waiting.length === 0) return;
    const heard = waiting;
    waiting = [];
    void client.invalidateQueries({
      predicate: ({ queryKey }) =>
        heard.some(signal => isOutdatedBy(signal, queryKey, api.topicOf)),
    });
    timer = setTimeout(flush, GATHER_MS);
  };
  const { unsubscribe } = signals.subscribe<LiveSignal>(
    SIGNAL_CHANNEL,
    signal => {
      const wasClosed = channel.hear();
      if (!wasClosed && signal.kinds.length === 0) return;
      waiting.push(wasClosed ? ANYTHING_CHANGED : signal);
      if (!timer) flush();
    },
  );
  return () => {
    clearTimeout(timer);
    unsubscribe();
    channel.close();
  };
}
