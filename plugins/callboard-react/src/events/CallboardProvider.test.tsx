import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type {
  ChangeSignal,
  FleetSummary,
} from '@callboard/plugin-callboard-common';
import { act, render, screen, waitFor } from '@testing-library/react';
import { type CallboardApi, callboardApiRef } from '../api';
import { dataOf, useFleet } from '../queries';
import { CallboardProvider } from './CallboardProvider';

function Sentence(): JSX.Element {
  return <p>{dataOf(useFleet())?.sentence ?? 'waiting'}</p>;
}

/** A fleet whose sentence counts how often it was asked, and a stream to speak on. */
function portal() {
  const state = { asked: 0, listeners: new Set<(m: ChangeSignal) => void>() };
  const api = {
    getFleet: async () => {
      state.asked += 1;
      return { sentence: `asked ${state.asked}` } as FleetSummary;
    },
  } as Partial<CallboardApi> as CallboardApi;
  const signals = {
    subscribe: (_channel: string, listener: (m: ChangeSignal) => void) => {
      state.listeners.add(listener);
      return { unsubscribe: () => state.listeners.delete(listener) };
    },
  };
  const view = render(
    <TestApiProvider
      apis={[
        [callboardApiRef, api],
        [signalApiRef, signals as never],
      ]}
    >
      <CallboardProvider>
        <Sentence />
        <Sentence />
      </CallboardProvider>
    </TestApiProvider>,
  );
  return { state, view };
}

describe('CallboardProvider', () => {
  it('asks once for all who look, and again when the backend says that something changed', async () => {
    const { state } = portal();
    expect(await screen.findAllByText('asked 1')).toHaveLength(2);
    act(() => {
      for (const listener of state.listeners) {
        listener({ kind: 'cluster', name: 'eu-1' });
        listener({ kind: 'cluster', name: 'us-1' });
      }
    });
    await waitFor(() => expect(screen.getAllByText('asked 2')).toHaveLength(2));
    expect(state.asked).toBe(2);
  });

  it('leaves alone what a change does not touch', async () => {
    const { state } = portal();
    await screen.findAllByText('asked 1');
    act(() => {
      for (const listener of state.listeners) listener({ kind: 'journal' });
    });
    await new Promise(resolve => setTimeout(resolve, 300)); // longer than changes are gathered
    expect(state.asked).toBe(1);
  });

  it('stops listening when nobody looks', async () => {
    const { state, view } = portal();
    await screen.findAllByText('asked 1');
    view.unmount();
    expect(state.listeners.size).toBe(0);
  });
});
