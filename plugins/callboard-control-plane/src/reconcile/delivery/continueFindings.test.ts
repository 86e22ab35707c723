import type { Finding } from '@callboard/plugin-callboard-common';
import { continueFindings } from './continueFindings';

const finding = (more: Partial<Finding>): Finding => ({
  code: 'crashed',
  what: 'shop does not stay up',
  evidence: [],
  logTail: [],
  next: 'Look',
  confidence: 'certain',
  workload: 'web',
  ...more,
});
const at = (minute: number) => `2026-11-20T12:0${minute}:00.000Z`;
const RELEASED = new Date('2026-11-20T12:01:00.000Z');

describe('continueFindings', () => {
  it.each<{
    name: string;
    found: Partial<Finding>;
    before?: Partial<Finding>;
    releasedAt?: Date;
    since?: string;
  }>([
    { name: 'a first crash', found: { since: at(3) }, since: at(3) },
    {
      name: 'another crash of the same',
      found: { since: at(3) },
      before: { since: at(2) },
      releasedAt: RELEASED,
      since: at(2),
    },
    {
      name: 'a crash of the release before',
      found: { since: at(3) },
      before: { since: at(0) },
      releasedAt: RELEASED,
      since: at(3),
    },
    {
      name: 'a crash in the second in which the release came',
      found: { since: at(3) },
      before: { since: '2026-11-20T12:00:58.000Z' },
      releasedAt: RELEASED,
      since: '2026-11-20T12:00:58.000Z',
    },
    {
      name: 'nobody knows when the release came',
      found: { since: at(3) },
      before: { since: at(0) },
      since: at(0),
    },
    {
      name: 'another cause before',
      found: { since: at(3) },
      before: { since: at(2), code: 'out-of-memory' },
      since: at(3),
    },
    {
      name: 'another workload before',
      found: { since: at(3) },
      before: { since: at(2), workload: 'api' },
      since: at(3),
    },
    {
      name: 'older than what was thought before',
      found: { since: at(2) },
      before: { since: at(3) },
      since: at(2),
    },
    {
      name: 'nobody knows since when',
      found: {},
      before: { since: at(3) },
      since: undefined,
    },
  ])('$name', ({ found, before, releasedAt, since }) => {
    const [continued] = continueFindings(
      [finding(found)],
      before ? [finding(before)] : [],
      releasedAt,
    );
    expect(continued).toEqual({
      ...finding(found),
      ...(since && { since }),
    });
  });
});
