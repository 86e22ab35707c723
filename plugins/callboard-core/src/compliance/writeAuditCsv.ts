import { type AuditRow, countOf } from '@callboard/plugin-callboard-common';
import { describeVerdict } from './sentences';

const COLUMNS: ReadonlyArray<[title: string, read: (row: AuditRow) => string]> =
  [
    ['app', row => row.app],
    ['owner', row => row.owner],
    ['environment', row => row.environment],
    ['verdict', row => row.verdict.kind],
    [
      'explanation',
      row => describeVerdict(row.verdict, at => at.toISOString()),
    ],
    ['release', row => String(row.release)],
    ['decided clusters', row => row.decided.join(' ')],
    ['actual clusters', row => row.actual.join(' ')],
    ['required blueprint', row => row.blueprint?.required ?? ''],
    ['blueprint met', row => row.blueprint?.met ?? ''],
    ['decided at', row => row.decidedAt ?? ''],
    [
      'observed at',
      row =>
        row.observed
          .map(({ cluster, at }) => `${cluster} ${at ?? 'never'}`)
          .join('; '),
    ],
    ['health', row => row.health.status],
    ['still answering', row => row.serving ?? ''],
  ];

/**
 * Writes the audit as CSV (RFC 4180): quoted cells, CRLF, a header line. No
 * cell can become a formula: a cell that a spreadsheet would compute is
 * preceded by an apostrophe.
 */
export function writeAuditCsv(
  at: Date,
  rows: readonly AuditRow[],
  { most }: { most: number },
): string {
  const lines = [
    ['as of', ...COLUMNS.map(([title]) => title)],
    ...rows
      .slice(0, most)
      .map(row => [at.toISOString(), ...COLUMNS.map(([, read]) => read(row))]),
  ];
  if (rows.length > most)
    lines.push([`Left out: ${countOf(rows.length - most, 'more row')}`]);
  return lines.map(cells => `${cells.map(quote).join(',')}\r\n`).join('');
}

/** Source: OWASP, "CSV Injection": cells that begin with = + - @ tab or carriage return. */
function quote(cell: string): string {
  const text = /^[\s]*[=+\-@\t\r\n|%]/.test(cell) ? `'${cell}` : cell;
  return `"${text.replace(/"/g, '""')}"`;
}
