import { TestApiProvider } from '@backstage/frontend-test-utils';
import { ProblemError } from '@callboard/plugin-callboard-common';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { type CallboardApi, callboardApiRef } from '../api';
import { useChangeSetting } from './useChangeSetting';

const SECRET = 'sk-4711-not-to-be-kept';
const SETTING = { app: 'checkout', environment: 'prod', name: 'PAYMENT_KEY' };
const TURN = { kind: 'set', value: SECRET, secret: true } as const;

/** The hook in a portal that answers as told. */
function render(changeSetting: CallboardApi['changeSetting']) {
  const client = new QueryClient();
  const api = { changeSetting } as Partial<CallboardApi> as CallboardApi;
  const { result } = renderHook(() => useChangeSetting(), {
    wrapper: ({ children }) => (
      <TestApiProvider apis={[[callboardApiRef, api]]}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </TestApiProvider>
    ),
  });
  /** All that the query client remembers. */
  const kept = () =>
    JSON.stringify([
      client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
      client
        .getQueryCache()
        .getAll()
        .map(({ queryKey, state }) => [queryKey, state]),
    ]);
  return { result, kept };
}

it('sends a change once, and leaves its value in no cache', async () => {
  let sent = 0;
  let answer: (version: { version: number }) => void = () => {};
  const { result, kept } = render(() => {
    sent += 1;
    return new Promise(resolve => {
      answer = resolve;
    });
  });
  let changes: Promise<unknown> = Promise.resolve();
  act(() => {
    const { change } = result.current;
    changes = Promise.all([change(SETTING, TURN), change(SETTING, TURN)]);
  });
  await waitFor(() => expect(result.current.action.kind).toBe('running'));
  expect(kept()).not.toContain(SECRET);
  answer({ version: 9 });
  await act(async () => expect(await changes).toEqual([9, undefined]));
  expect(result.current.action.kind).toBe('accepted');
  expect(sent).toBe(1);
  expect(kept()).not.toContain(SECRET);
});

it('tells a refusal, and can be tried again', async () => {
  const problem = {
    code: 'setting-moved-on' as const,
    what: 'Cannot take it back',
    why: 'another change came after it',
    next: 'Look again',
    transient: false,
  };
  let isRefused = true;
  const { result } = render(async () => {
    if (isRefused) throw new ProblemError(problem);
    return { version: 10 };
  });
  await act(async () =>
    expect(await result.current.change(SETTING, TURN)).toBeUndefined(),
  );
  expect(result.current.action).toEqual({ kind: 'refused', problem });
  isRefused = false;
  await act(async () =>
    expect(await result.current.change(SETTING, TURN)).toBe(10),
  );
});
