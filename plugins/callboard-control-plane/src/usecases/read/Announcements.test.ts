import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import { ChangeFeed } from '../../reconcile/ChangeFeed';
import { processTimers } from '../../Timers';
import { Announcements } from './Announcements';

describe('Announcements', () => {
  let changes: ChangeFeed;
  let announcements: Announcements;
  let reported: ChangeSignal[][];
  /** Lets the read before the next telling end. */
  let read: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    changes = new ChangeFeed();
    reported = [];
    announcements = new Announcements(
      { changes, timers: processTimers },
      () =>
        new Promise<void>(resolve => {
          read = resolve;
        }),
    );
    announcements.listen(each => reported.push(each));
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
    changes.notify({ kind: 'app', name: 'shop' });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(reported).toEqual([]);
    await isRead();
    expect(reported).toEqual([[{ kind: 'app', name: 'shop' }]]);
  });

  it('collects what follows, each thing once', async () => {
    changes.notify({ kind: 'app', name: 'shop' });
    changes.notify({ kind: 'app', name: 'shop' }); // while it is read: read again
    await isRead();
    for (let index = 0; index < 50; index += 1)
      changes.notify({ kind: 'app', name: 'shop' });
    changes.notify({ kind: 'cluster', name: 'eu-1' });
    changes.notify({ kind: 'journal' });
    expect(reported).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(100);
    await isRead();
    expect(reported.slice(1)).toEqual([
      [
        { kind: 'app', name: 'shop' },
        { kind: 'cluster', name: 'eu-1' },
        { kind: 'journal' },
      ],
    ]);
    await jest.advanceTimersByTimeAsync(100);
    expect(reported).toHaveLength(2);
    changes.notify({ kind: 'journal' }); // it was quiet
    await isRead();
    expect(reported).toHaveLength(3);
  });

  it('is silent once closed', async () => {
    announcements.close();
    changes.notify({ kind: 'journal' });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(reported).toEqual([]);
  });
});
