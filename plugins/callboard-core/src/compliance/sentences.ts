import {
  type AuditRow,
  type AuditVerdict,
  countOf,
  listOf,
} from '@callboard/plugin-callboard-common';

/** Format of an instant: pages in the reader's zone, the API in UTC. */
export type WriteInstant = (at: Date) => string;

const MOST_NAMES = 8; // all of them are in the row's own columns

/** `12 of 13 apps run where they should; 1 unknown since 21:03.` An app counts once, by its worst environment. */
export function describeAudit(
  rows: ReadonlyArray<Pick<AuditRow, 'app' | 'verdict'>>,
  write: WriteInstant,
): string {
  const apps = [...worstOfApps(rows).values()];
  if (apps.length === 0) return 'No app has a release.';
  const count = (kind: AuditVerdict['kind']) =>
    apps.filter(verdict => verdict.kind === kind).length;
  const good = count('compliant');
  const wrong = count('wrong');
  const undecided = count('undecided');
  const parts = [
    `${good} of ${countOf(apps.length, 'app')} ${
      apps.length === 1 ? 'runs where it' : 'run where they'
    } should`,
  ];
  if (wrong > 0) parts.push(`${wrong} ${wrong === 1 ? 'does' : 'do'} not`);
  const unknown = apps.filter(({ kind }) => kind === 'unknown');
  if (unknown.length > 0)
    parts.push(`${unknown.length} unknown${sinceOf(unknown, write)}`);
  if (undecided > 0) parts.push(`${undecided} not placed yet`);
  return `${parts.join('; ')}.`;
}

/** Describes one verdict, without a full stop. */
export function describeVerdict(
  verdict: AuditVerdict,
  write: WriteInstant,
): string {
  switch (verdict.kind) {
    case 'compliant':
      return 'Runs where it should';
    case 'undecided':
      return 'Not placed yet';
    case 'unknown':
      return `Unknown${sinceOf([verdict], write)}: ${namesIn(
        verdict.unknown,
      )} not observed`;
    case 'wrong':
    default:
      return describeWrong(verdict);
  }
}

function describeWrong(
  verdict: Extract<AuditVerdict, { kind: 'wrong' }>,
): string {
  const { missing, extra, wrongBlueprint, unknown, short } = verdict;
  const parts: string[] = [];
  if (short)
    parts.push(
      `placed on ${short.chosen} of ${countOf(short.wanted, 'wanted cluster')}`,
    );
  if (missing.length > 0) parts.push(`missing on ${namesIn(missing)}`);
  if (extra.length > 0) parts.push(`also on ${namesIn(extra)}`);
  if (wrongBlueprint.length > 0)
    parts.push(`without the required blueprint on ${namesIn(wrongBlueprint)}`);
  if (unknown.length > 0) parts.push(`unknown on ${namesIn(unknown)}`);
  const text = parts.length > 0 ? parts.join('; ') : 'no suitable cluster';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function namesIn(names: readonly string[]): string {
  return listOf(names, MOST_NAMES);
}

/** ` since 21:03`; empty where one of them was never observed. */
function sinceOf(
  verdicts: readonly AuditVerdict[],
  write: WriteInstant,
): string {
  const times = verdicts.map(verdict =>
    verdict.kind === 'unknown' && verdict.since !== undefined
      ? Date.parse(verdict.since)
      : NaN,
  );
  if (times.some(Number.isNaN)) return '';
  return ` since ${write(new Date(Math.min(...times)))}`;
}

const PRECEDENCE: ReadonlyArray<AuditVerdict['kind']> = [
  'wrong',
  'unknown',
  'undecided',
  'compliant',
];

function worstOfApps(
  rows: ReadonlyArray<Pick<AuditRow, 'app' | 'verdict'>>,
): Map<string, AuditVerdict> {
  const worst = new Map<string, AuditVerdict>();
  for (const { app, verdict } of rows) {
    const before = worst.get(app);
    if (!before || compareVerdicts(verdict, before) < 0)
      worst.set(app, verdict);
  }
  return worst;
}

/** Compares verdicts; those that need attention come first. */
export function compareVerdicts(a: AuditVerdict, b: AuditVerdict): number {
  return PRECEDENCE.indexOf(a.kind) - PRECEDENCE.indexOf(b.kind);
}
