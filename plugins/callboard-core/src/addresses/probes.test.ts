import type { AddressVia } from '@callboard/plugin-callboard-common';
import {
  type AddressProbe,
  type ProbeReading,
  describeProbe,
  isNews,
  isStaleProbe,
  judgeReading,
  nextLookMs,
  viewProbe,
} from './probes';

const T0 = new Date('2026-11-20T12:00:00Z');
const after = (seconds: number) => new Date(T0.getTime() + seconds * 1_000);
const DAY = 24 * 60 * 60;

const answers = (over: Partial<ProbeReading> = {}): ProbeReading =>
  ({ kind: 'answered', ms: 40, status: 200, ...over } as ProbeReading);
const fails = (
  state: Extract<ProbeReading, { kind: 'failed' }>['state'],
): ProbeReading => ({ kind: 'failed', state });
const unknown: ProbeReading = { kind: 'unknown' };

/** Judges readings a minute apart. */
function judged(...readings: ProbeReading[]): AddressProbe | undefined {
  return readings.reduce<AddressProbe | undefined>(
    (before, reading, at) => judgeReading(before, reading, after(at * 60)),
    undefined,
  );
}

function summary(probe: AddressProbe | undefined): string | undefined {
  if (!probe) return undefined;
  const at = (date: Date) => (date.getTime() - T0.getTime()) / 60_000;
  return `${probe.state} since ${at(probe.since)}, seen ${at(
    probe.checkedAt,
  )}, ${probe.failures} failures${
    probe.doubt ? `, perhaps ${probe.doubt.state}` : ''
  }`;
}

describe('what readings come to', () => {
  it.each<[string, ProbeReading[], string | undefined]>([
    ['one answer', [answers()], 'answers since 0, seen 0, 0 failures'],
    [
      'answers, since the first one',
      [answers(), answers(), answers()],
      'answers since 0, seen 2, 0 failures',
    ],
    [
      'one failure after answers is a doubt, and nothing was seen since',
      [answers(), answers(), fails('silent')],
      'answers since 0, seen 1, 1 failures, perhaps silent',
    ],
    [
      'a second failure is a change, since the first one',
      [answers(), answers(), fails('silent'), fails('refuses')],
      'refuses since 2, seen 3, 2 failures',
    ],
    [
      'an answer after a doubt takes it back',
      [answers(), fails('silent'), answers()],
      'answers since 0, seen 2, 0 failures',
    ],
    [
      'an answer after failures counts at once',
      [fails('unresolved'), fails('unresolved'), answers()],
      'answers since 2, seen 2, 0 failures',
    ],
    [
      'an error of the server is no answer',
      [answers({ status: 503 })],
      'fails since 0, seen 0, 1 failures',
    ],
    [
      'that something is not found is one',
      [answers({ status: 404 })],
      'answers since 0, seen 0, 0 failures',
    ],
    [
      'where nobody could be asked nothing is learned',
      [answers(), unknown, unknown],
      'answers since 0, seen 0, 0 failures',
    ],
    ['nothing at all', [unknown], undefined],
  ])('%s', (_, readings, expected) => {
    expect(summary(judged(...readings))).toBe(expected);
  });

  it('is looked at each minute, in doubt soon, and less often while it fails', () => {
    const minutes = (...readings: ProbeReading[]) =>
      nextLookMs(judged(...readings)) / 60_000;
    const silent = fails('silent');
    expect(minutes()).toBe(0);
    expect(minutes(answers())).toBe(1);
    expect(minutes(answers(), silent)).toBe(0.25);
    expect(minutes(silent)).toBe(1);
    expect(minutes(silent, silent)).toBe(2);
    expect(minutes(...Array<ProbeReading>(20).fill(silent))).toBe(10);
  });

  it('is stale once looks did not happen', () => {
    const probe = judged(answers())!;
    expect(isStaleProbe(probe, after(170))).toBe(false);
    expect(isStaleProbe(probe, after(181))).toBe(true);
    // It is looked at every ten minutes.
    const silent = judged(...Array<ProbeReading>(20).fill(fails('silent')))!;
    expect(isStaleProbe(silent, after(19 * 60 + 1_200))).toBe(false);
    expect(isStaleProbe(silent, after(19 * 60 + 1_300))).toBe(true);
  });

  it('is news for the journal once in ten minutes at most', () => {
    let probe: AddressProbe | undefined;
    let entries = 0;
    for (let minute = 0; minute < 120; minute += 1) {
      const isDown = minute % 4 >= 2;
      const at = after(minute * 60);
      probe = judgeReading(probe, isDown ? fails('silent') : answers(), at)!;
      if (!isNews(probe, at)) continue;
      entries += 1;
      probe = {
        ...probe,
        noted: { answers: probe.state === 'answers', at },
      };
    }
    expect(entries).toBeGreaterThan(4);
    expect(entries).toBeLessThanOrEqual(12);
  });
});

describe('what a person reads', () => {
  const says = (
    readings: ProbeReading[],
    {
      seconds = readings.length * 60,
      targets = [] as string[],
      via = { type: 'Ingress' } as AddressVia,
    } = {},
  ) => {
    const now = after(seconds);
    const probe = viewProbe(judged(...readings)!, { targets, via, now });
    const { tone, text, next } = describeProbe(
      { url: 'https://shop.example.com/cart', probe },
      now,
    );
    return `${tone}: ${text}${next === undefined ? '' : ` | ${next}`}`;
  };

  it.each<[string, string]>([
    [
      says([answers(), ...Array<ProbeReading>((3 * DAY) / 60).fill(answers())]),
      'good: Answers in 40 ms since 3 days',
    ],
    [
      says([answers({ status: 404 })]),
      'good: Answers 404 in 40 ms since 1 min',
    ],
    [
      says([answers({ certificateEndsAt: after(6 * DAY + 60) })]),
      'good: Answers in 40 ms since 1 min | Its certificate ends in 6 days: ask the platform team to renew it',
    ],
    [
      says([answers({ certificateEndsAt: after(60 * DAY) })]),
      'good: Answers in 40 ms since 1 min',
    ],
    [
      says([fails('unresolved')], { targets: ['192.0.2.7'] }),
      'bad: Does not resolve since 1 min | Ask the platform team for a record: shop.example.com A 192.0.2.7',
    ],
    [
      says([fails('unresolved')], {
        targets: ['lb.example.net', '2001:db8::7'],
      }),
      'bad: Does not resolve since 1 min | Ask the platform team for a record: shop.example.com AAAA 2001:db8::7, CNAME lb.example.net',
    ],
    [
      says([fails('unresolved')], { via: { type: 'Gateway', name: 'public' } }),
      'bad: Does not resolve since 1 min | Ask the platform team for a record: shop.example.com to the address of the gateway public',
    ],
    [
      says([fails('certificate-of-other-host')]),
      'bad: Shows a certificate of another host since 1 min | Ask the platform team for a certificate of shop.example.com',
    ],
    [
      says([answers({ status: 502 })]),
      'bad: Answers 502 since 1 min | Something on the way answers in place of the app: look at its health and its logs',
    ],
    [
      says([answers()], { seconds: 3_600 }),
      'unknown: Last looked at 1 h ago: answers in 40 ms',
    ],
  ])('%s', (said, expected) => expect(said).toBe(expected));
});
