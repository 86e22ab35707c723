import { mockServices } from '@backstage/backend-test-utils';
import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import { publishChanges } from './publishChanges';

describe('publishChanges', () => {
  let tell: (change: ChangeSignal) => void;
  let told: ChangeSignal[];
  let topics: string[];
  let stop: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    topics = [];
    const controlPlane = {
      onChange: (listener: typeof tell) => {
        tell = listener;
        return () => {
          tell = () => {};
        };
      },
    };
    const signals = {
      publish: async ({ message }: { message: unknown }) =>
        void told.push(message as ChangeSignal),
    };
    const events = {
      publish: async ({ topic }: { topic: string }) => void topics.push(topic),
      subscribe: async () => {},
    };
    stop = publishChanges({
      controlPlane,
      signals,
      events,
      logger: mockServices.logger.mock(),
    });
  });

  afterEach(() => {
    stop();
    jest.useRealTimers();
  });

  it('tells the first change at once and collects what follows, each thing once', () => {
    tell({ kind: 'app', name: 'shop' });
    expect(told).toEqual([{ kind: 'app', name: 'shop' }]);
    for (let i = 0; i < 50; i += 1) tell({ kind: 'app', name: 'shop' });
    tell({ kind: 'cluster', name: 'eu-1' });
    expect(told).toHaveLength(1);
    jest.advanceTimersByTime(250);
    expect(told.slice(1)).toEqual([
      { kind: 'app', name: 'shop' },
      { kind: 'cluster', name: 'eu-1' },
    ]);
    expect(topics).toEqual(Array(3).fill('callboard.changes'));
  });

  it('tells a flood as one change of the fleet', () => {
    tell({ kind: 'fleet' });
    for (let i = 0; i < 1_000; i += 1) tell({ kind: 'cluster', name: `c${i}` });
    jest.advanceTimersByTime(250);
    expect(told.slice(1)).toEqual([{ kind: 'fleet' }]);
  });

  it('is silent once stopped', () => {
    stop();
    tell({ kind: 'fleet' });
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
  });
});
