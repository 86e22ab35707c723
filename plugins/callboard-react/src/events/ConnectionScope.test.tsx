import { TestApiProvider } from '@backstage/frontend-test-utils';
import {
  ProblemError,
  type FleetSummary,
} from '@callboard/plugin-callboard-common';
import { act, render, screen } from '@testing-library/react';
import { type CallboardApi, callboardApiRef } from '../api';
import { problemOfFailedRequest } from '../api/problems';
import { LostBand, OnlyNow, Sentence, ShowView } from '../parts';
import { useFleet } from '../queries';
import { CallboardProvider } from './CallboardProvider';

function Page(): JSX.Element {
  return (
    <>
      <LostBand />
      <OnlyNow>
        <button>Drain</button>
      </OnlyNow>
      <ShowView view={useFleet()} loading={<p>loading</p>}>
        {({ sentence }) => <Sentence status="Healthy">{sentence}</Sentence>}
      </ShowView>
    </>
  );
}

describe('a page whose portal goes away', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-20T21:20:14') });
  });
  afterEach(() => jest.useRealTimers());

  it('says of when its data is, acts no more, and goes on when the portal is back', async () => {
    let isUp = true;
    const api = {
      topicOf: () => undefined,
      getFleet: async () => {
        if (!isUp)
          throw new ProblemError(problemOfFailedRequest('read the fleet'));
        return { sentence: '8 clusters, all live' } as FleetSummary;
      },
    } as Partial<CallboardApi> as CallboardApi;
    render(
      <TestApiProvider apis={[[callboardApiRef, api]]}>
        <CallboardProvider>
          <Page />
        </CallboardProvider>
      </TestApiProvider>,
    );
    await act(() => jest.advanceTimersByTimeAsync(100));
    expect(screen.getByText('8 clusters, all live')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Drain' })).toBeEnabled();

    isUp = false;
    await act(() => jest.advanceTimersByTimeAsync(4_000));
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Callboard is not answering. Last data: 21:20:14.',
    );
    expect(
      screen.getByText('As of 21:20:14: 8 clusters, all live'),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('alert')).toHaveLength(1); // no card that says it again
    expect(screen.getByRole('button', { name: 'Drain' })).toBeDisabled();
    expect(
      screen.getByRole('group', {
        name: 'Callboard is not answering, so nothing can be changed',
      }),
    ).toBeInTheDocument();

    isUp = true;
    await act(() => jest.advanceTimersByTimeAsync(3_000));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByText('8 clusters, all live')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Drain' })).toBeEnabled();
  });
});
