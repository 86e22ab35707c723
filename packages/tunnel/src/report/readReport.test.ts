import { encodeFrame } from '../frames';
import { MAX_FRAME_BYTES } from '../frames/Frame';
import { type AgentEventEntry, MAX_REPORT_ENTRIES } from './AgentEvent';
import { readReport, readReported } from './readReport';

const web = { kind: 'Deployment', namespace: 'shop--dev', name: 'web' };
const at = '2026-11-20T10:00:00.000Z';
const entry = (
  more: Partial<Record<keyof AgentEventEntry | 'happening', unknown>> = {},
) => ({
  sequence: 1,
  at,
  event: { kind: 'object-deleted', object: web },
  ...more,
});
const report = (...entries: unknown[]) => ({
  kind: 'report',
  journal: 'journal-1',
  entries,
});

it.each([
  { kind: 'agent-started', version: '0.1.0' },
  { kind: 'hub-lost', why: 'the hub stopped answering' },
  { kind: 'hub-back' },
  { kind: 'object-deleted', object: web },
  { kind: 'object-deleted', object: { kind: 'Namespace', name: 'shop--dev' } },
  { kind: 'object-changed', object: web, fields: ['spec.replicas'] },
  { kind: 'object-restored', object: web },
  { kind: 'restore-refused', object: web, why: 'HTTP 403 Forbidden' },
  { kind: 'state-not-kept', why: 'its store cannot be written' },
])('reads what it knows: $kind', event => {
  expect(readReport(report(entry({ event })))).toEqual(
    report(entry({ event })),
  );
});

it('reads an event under its earlier name', () => {
  const event = { kind: 'hub-back' };
  expect(
    readReport(report(entry({ event: undefined, happening: event }))),
  ).toEqual(report(entry({ event })));
});

it('leaves out what does not belong there', () => {
  const event = { kind: 'hub-back', secret: 's3cret' };
  expect(readReport(report(entry({ event })))).toEqual(
    report(entry({ event: { kind: 'hub-back' } })),
  );
});

it.each([
  { name: 'no report', given: { ...report(entry()), kind: 'hello' } },
  { name: 'nothing in it', given: report() },
  {
    name: 'a journal without a name',
    given: { ...report(entry()), journal: '' },
  },
  {
    name: 'more than a report holds',
    given: report(
      ...Array.from({ length: MAX_REPORT_ENTRIES + 1 }, (_, i) =>
        entry({ sequence: i + 1 }),
      ),
    ),
  },
  { name: 'numbers that do not grow', given: report(entry(), entry()) },
  { name: 'number 0', given: report(entry({ sequence: 0 })) },
  { name: 'half a number', given: report(entry({ sequence: 1.5 })) },
  { name: 'a time that is none', given: report(entry({ at: 'yesterday' })) },
  {
    name: 'an unknown event',
    given: report(entry({ event: { kind: 'other' } })),
  },
  {
    name: 'a line break in a text',
    given: report(entry({ event: { kind: 'hub-lost', why: 'a\nb' } })),
  },
  {
    name: 'a text without end',
    given: report(entry({ event: { kind: 'hub-lost', why: 'x'.repeat(301) } })),
  },
  {
    name: 'a name that is none',
    given: report(
      entry({
        event: {
          kind: 'object-deleted',
          object: { ...web, name: '<img src=x>' },
        },
      }),
    ),
  },
])('refuses $name', ({ given }) => {
  expect(readReport(given)).toBeUndefined();
});

it('fits into a frame however long its texts are', () => {
  const object = {
    kind: 'K'.repeat(63),
    namespace: 'n'.repeat(63),
    name: 'n'.repeat(253),
  };
  const event = { kind: 'restore-refused', object, why: 'w'.repeat(300) };
  const full = report(
    ...Array.from({ length: MAX_REPORT_ENTRIES }, (_, i) =>
      entry({ sequence: 1_000_000 + i, event }),
    ),
  );
  expect(readReport(full)).toBeDefined();
  expect(
    encodeFrame({ type: 'control', message: full }).byteLength,
  ).toBeLessThanOrEqual(MAX_FRAME_BYTES);
});

it('reads an acknowledgement', () => {
  const said = { kind: 'reported', journal: 'journal-1', sequence: 7 };
  expect(readReported(said)).toEqual(said);
  expect(readReported({ ...said, sequence: '7' })).toBeUndefined();
});
