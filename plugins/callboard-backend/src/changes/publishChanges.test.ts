import { mockServices } from '@backstage/backend-test-utils';
import type {
  ChangeSignal,
  LiveSignal,
} from '@callboard/plugin-callboard-common';
import { PageSignals } from './PageSignals';
import { portalEvents } from './portalEvents';
import { publishChanges } from './publishChanges';
import { Topics } from './Topics';

const topics = new Topics('secret');

describe('publishChanges', () => {
  let notify: (...changes: ChangeSignal[]) => void;
  let reported: LiveSignal[];
  let events: unknown[];
  let stop: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    reported = [];
    events = [];
    const controlPlane = {
      onChanges: (listener: (changes: ChangeSignal[]) => void) => {
        notify = (...changes) => listener(changes);
        return () => {
          notify = () => {};
        };
      },
    };
    const signals = {
      publish: async ({ message }: { message: unknown }) =>
        void reported.push(message as LiveSignal),
    };
    stop = publishChanges({
      controlPlane,
      subscribers: [
        new PageSignals({ signals, topics }),
        portalEvents({
          publish: async event => void events.push(event),
          subscribe: async () => {},
        }),
      ],
      logger: mockServices.logger.mock(),
    });
  });

  afterEach(() => {
    stop();
    jest.useRealTimers();
  });

  it('tells changes in one message', () => {
    notify(
      { kind: 'app', name: 'shop' },
      { kind: 'cluster', name: 'eu-1' },
      { kind: 'journal' },
    );
    expect(reported).toEqual([
      {
        kinds: ['app', 'cluster', 'journal'],
        topics: [
          topics.topicOf('app', 'shop'),
          topics.topicOf('cluster', 'eu-1'),
        ],
      },
    ]);
    expect(events).toHaveLength(3);
    expect(events[0]).toEqual({
      topic: 'callboard.changes',
      eventPayload: { kind: 'app', name: 'shop' },
    });
  });

  it('names neither app nor cluster to browsers', () => {
    notify(
      { kind: 'app', name: 'secret-merger' },
      { kind: 'cluster', name: 'secret-bunker' },
    );
    expect(reported).toHaveLength(1);
    expect(JSON.stringify(reported)).not.toMatch(/secret/);
  });

  it('tells a flood as one message by which anything may be old', () => {
    notify(
      ...Array.from({ length: 1_000 }, (_, i) => ({
        kind: 'cluster' as const,
        name: `c${i}`,
      })),
    );
    expect(reported).toEqual([
      { kinds: ['app', 'cluster', 'fleet', 'journal'], topics: null },
    ]);
  });

  it('lets browsers know that they are connected while nothing changes', () => {
    jest.advanceTimersByTime(4_000);
    expect(reported).toEqual(Array(2).fill({ kinds: [], topics: [] }));
    jest.advanceTimersByTime(1_500);
    notify({ kind: 'fleet' });
    jest.advanceTimersByTime(1_500);
    expect(reported).toHaveLength(3); // the change said as much
  });

  it('is silent once stopped', () => {
    stop();
    notify({ kind: 'fleet' });
    jest.advanceTimersByTime(10_000);
    expect(reported).toEqual([]);
  });
});

describe('Topics', () => {
  it('differ by kind, name and portal, and stay after a restart', () => {
    const all = [
      topics.topicOf('app', 'shop'),
      topics.topicOf('cluster', 'shop'),
      topics.topicOf('app', 'cart'),
      new Topics('other').topicOf('app', 'shop'),
    ];
    expect(new Set(all).size).toBe(4);
    expect(new Topics('secret').topicOf('app', 'shop')).toBe(all[0]);
  });
});
