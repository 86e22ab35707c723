import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type {
  FleetSummary,
  LiveSignal,
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
  const state = { asked: 0, listeners: new Set<(m: LiveSignal) => void>() };
  const api = {
    topicOf: () => undefined,
    getFleet: async () => {
      state.asked += 1;
      return { sentence: `asked ${state.asked}` } as FleetSummary;
    },
  } as Partial<CallboardApi> as CallboardApi;
  const signals = {
    subscribe: (_channel: string, listener: (m: LiveSignal) => void) => {
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

const BEAT: LiveSignal = { kinds: [], topics: [] };

describe('CallboardProvider', () => {
  const say = ({ listeners }: ReturnType<typeof portal>['state']) => ({
    signal: (signal: LiveSignal) =>
      act(() => {
        for (const listener of listeners) listener(signal);
      }),
  });

  afterEach(() => jest.useRealTimers());

  it('asks once for all who look, and again when the backend says that something changed', async () => {
    const { state } = portal();
    expect(await screen.findAllByText('asked 1')).toHaveLength(2);
    expect(state.listeners.size).toBe(1);
    say(state).signal(BEAT);
    expect(await screen.findAllByText('asked 2')).toHaveLength(2); // what changed before the channel opened
    await act(() => new Promise(resolve => setTimeout(resolve, 150))); // longer than changes are gathered
    say(state).signal({ kinds: ['cluster'], topics: ['eu'] });
    say(state).signal({ kinds: ['cluster'], topics: ['us'] });
    await waitFor(() => expect(screen.getAllByText('asked 4')).toHaveLength(2)); // at once, and once for the rest
  });

  it('leaves alone what a change does not touch', async () => {
    const { state } = portal();
    await screen.findAllByText('asked 1');
    say(state).signal(BEAT);
    await screen.findAllByText('asked 2');
    say(state).signal({ kinds: ['journal'], topics: [] });
    say(state).signal(BEAT);
    await act(() => new Promise(resolve => setTimeout(resolve, 300)));
    expect(state.asked).toBe(2);
  });

  it('asks every 2 s until something is heard, and again once nothing is', async () => {
    jest.useFakeTimers();
    const { state } = portal();
    await act(() => jest.advanceTimersByTimeAsync(6_100));
    expect(state.asked).toBe(4);
    for (let beats = 0; beats < 4; beats += 1) {
      say(state).signal(BEAT);
      await act(() => jest.advanceTimersByTimeAsync(2_000));
    }
    expect(state.asked).toBe(5); // when it opened
    await act(() => jest.advanceTimersByTimeAsync(3_100)); // 5 s after the last beat
    const before = state.asked;
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(state.asked).toBe(before + 1);
  });

  it('stops listening when nobody looks', async () => {
    const { state, view } = portal();
    await screen.findAllByText('asked 1');
    view.unmount();
    expect(state.listeners.size).toBe(0);
  });
});
