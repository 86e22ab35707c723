import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import { ChangeFeed } from '../../reconcile/ChangeFeed';
import { processTimers } from '../../Timers';
import { Announcements } from './Announcements';

describe('Announcements', () => {
  let changes: ChangeFeed;
  let announcements: Announcements;
  let told: ChangeSignal[][];
  /** Lets the read before the next telling end. */
  let read: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    changes = new ChangeFeed();
    told = [];
    announcements = new Announcements(
      { changes, timers: processTimers },
      () =>
        new Promise<void>(resolve => {
          read = resolve;
        }),
    );
    announcements.listen(each => told.push(each));
  });

  afterEach(() => {
    announcements.close();
    jest.useRealTimers();
  });

  const isRead = async () => {
    read();
    await jest.advanceTimersByTimeAsync(0);
  };

  it('tells the first change at once, when what shows it is read', async () => {
    changes.tell({ kind: 'app', name: 'shop' });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([]);
    await isRead();
    expect(told).toEqual([[{ kind: 'app', name: 'shop' }]]);
  });

  it('collects what follows, each thing once', async () => {
    changes.tell({ kind: 'app', name: 'shop' });
    changes.tell({ kind: 'app', name: 'shop' }); // while it is read: read again
    await isRead();
    for (let index = 0; index < 50; index += 1)
      changes.tell({ kind: 'app', name: 'shop' });
    changes.tell({ kind: 'cluster', name: 'eu-1' });
    changes.tell({ kind: 'journal' });
    expect(told).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(100);
    await isRead();
    expect(told.slice(1)).toEqual([
      [
        { kind: 'app', name: 'shop' },
        { kind: 'cluster', name: 'eu-1' },
        { kind: 'journal' },
      ],
    ]);
    await jest.advanceTimersByTimeAsync(100);
    expect(told).toHaveLength(2);
    changes.tell({ kind: 'journal' }); // it was quiet
    await isRead();
    expect(told).toHaveLength(3);
  });

  it('is silent once closed', async () => {
    announcements.close();
    changes.tell({ kind: 'journal' });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([]);
  });
});
