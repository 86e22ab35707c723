import { useApi } from '@backstage/frontend-plugin-api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type CallboardApi, callboardApiRef, problemOfError } from '../api';
import { InstantScope } from '../instant';
import { InstantGate } from '../parts/InstantGate';
import { ConnectionScope } from './ConnectionScope';
import { useEventStream } from './useEventStream';

const RETRIES = 1; // one more try hides a brief outage; more would hide the failure from the reader

/** One cache per API, so that pages, cards and tabs of one portal share their answers. */
const clients = new WeakMap<CallboardApi, QueryClient>();

/** Provides the cache for the hooks of this package and keeps it fresh. Every page, tab and card is wrapped in one. */
export function CallboardProvider({
  children,
}: {
  children: ReactNode;
}): JSX.Element {
  const client = clientOf(useApi(callboardApiRef));
  return (
    <QueryClientProvider client={client}>
      <Listener client={client} />
      <InstantScope>
        <ConnectionScope client={client}>
          <InstantGate>{children}</InstantGate>
        </ConnectionScope>
      </InstantScope>
    </QueryClientProvider>
  );
}

function Listener({ client }: { client: QueryClient }): null {
  useEventStream(client);
  return null;
}

function clientOf(api: CallboardApi): QueryClient {
  let client = clients.get(api);
  if (!client) {
    client = new QueryClient({
      defaultOptions: {
        queries: {
          retry: (failures, error) =>
            failures < RETRIES && problemOfError(error).transient,
          retryDelay: 500,
        },
      },
    });
    clients.set(api, client);
  }
  return client;
}
