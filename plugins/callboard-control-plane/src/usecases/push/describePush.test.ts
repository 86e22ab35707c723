import type {
  AppEnvironment,
  Finding,
} from '@callboard/plugin-callboard-common';
import type { PushReport } from '@callboard/plugin-callboard-core';
import { DEFAULT_INTERVALS } from '../../Intervals';
import type { PushReading } from './readPush';
import {
  type PushProgress,
  beginPush,
  isAppNeeded,
  describePush,
} from './describePush';

const T0 = Date.parse('2026-11-20T10:00:00Z');
const at = (seconds: number) => new Date(T0 + seconds * 1_000);
const PAGE = 'http://portal/callboard/apps/shop';

const PLACED: PushReport = {
  app: 'shop',
  revision: { commit: '1a2b3c4d', message: 'Fix rounding' },
  build: { builder: 'bundle', seconds: 1 },
  release: { number: 1, environment: 'Development', seconds: 0 },
  placement: { chosen: ['dev-1'], why: '', seconds: 0 },
  page: PAGE,
};

const FINDING: Finding = {
  code: 'bad-port',
  what: 'shop does not get ready in Development: nothing listens on port 8080',
  cause: 'nothing listens on port 8080',
  evidence: [],
  logTail: [],
  next: 'Let it listen there',
  confidence: 'certain',
  cluster: 'dev-1',
};

function starting(findings: Finding[] = []): PushReading {
  return {
    report: PLACED,
    environment: {
      name: 'dev',
      title: 'Development',
      release: { number: 1 },
      health: { status: 'Progressing', reason: '', message: '' },
      findings,
      clusters: [],
    } as unknown as AppEnvironment,
  };
}

/** Everything a pusher reads who is told the same at each of these seconds. */
function follow(reading: PushReading, seconds: number[]): string[] {
  const intervals = DEFAULT_INTERVALS;
  let progress: PushProgress = beginPush(at(0));
  const read: string[] = [];
  for (const second of seconds) {
    const turn = describePush(reading, progress, {
      now: at(second),
      intervals,
    });
    read.push(
      ...turn.lines.map(({ line }) => line.replace(/ {2,}/g, ' ')),
      ...(turn.isOver ? ['over'] : []),
    );
    if (turn.isOver) break;
    progress = turn.progress;
  }
  return read;
}

const TOLD = [
  'Revision 1a2b3c4 Fix rounding',
  'Built with bundle 1.0 s',
  'Release 1 for Development 0.0 s',
  'Placed on dev-1 0.0 s',
];

describe('describePush', () => {
  const WAITS = (seconds: number, what: string) =>
    `Waiting ${seconds} s: ${what}`;

  it.each<{ name: string; given: PushReading; expected: string[] }>([
    {
      name: 'what it waits for, every ten seconds',
      given: { report: { ...PLACED, waitsFor: 'its release is being made' } },
      expected: [
        ...TOLD,
        WAITS(10, 'its release is being made'),
        WAITS(20, 'its release is being made'),
        WAITS(30, 'its release is being made'),
      ],
    },
    {
      name: 'what is wrong for certain, and lets go when it has stood for a while',
      given: starting([FINDING]),
      expected: [
        ...TOLD,
        WAITS(10, 'nothing listens on port 8080'),
        WAITS(20, 'nothing listens on port 8080'),
        'Not healthy yet 30 s',
        'Next: Let it listen there',
        'shop does not get ready in Development: nothing listens on port 8080',
        PAGE,
        'over',
      ],
    },
    {
      name: 'what is likely, and waits on',
      given: starting([{ ...FINDING, confidence: 'likely' }]),
      expected: [
        ...TOLD,
        WAITS(10, 'nothing listens on port 8080'),
        WAITS(20, 'nothing listens on port 8080'),
        WAITS(30, 'nothing listens on port 8080'),
      ],
    },
    {
      name: 'the end at once',
      given: {
        report: {
          ...PLACED,
          outcome: { kind: 'failed', seconds: 2, finding: FINDING },
        },
      },
      expected: [
        ...TOLD,
        'Failed 2.0 s',
        'Next: Let it listen there',
        'shop does not get ready in Development: nothing listens on port 8080',
        PAGE,
        'over',
      ],
    },
  ])('tells $name', ({ given, expected }) => {
    const seconds = Array.from({ length: 36 }, (_, second) => second);
    expect(follow(given, seconds)).toEqual(expected);
  });

  it('lets everybody go in the end', () => {
    const reported = follow(starting(), [0, 179, 180]);
    expect(reported.slice(-3)).toEqual([expect.any(String), PAGE, 'over']);
  });

  it('needs the app only to say what it waits for or what is wrong', () => {
    const intervals = DEFAULT_INTERVALS;
    const progress = { beganAt: at(0), spokeAt: at(5), reported: 4 };
    expect(
      [6, 14, 15, 29, 30].map(second =>
        isAppNeeded(progress, { now: at(second), intervals }),
      ),
    ).toEqual([false, false, true, true, true]);
  });
});
