import type {
  AuditRow,
  HealthStatus,
} from '@callboard/plugin-callboard-common';
import {
  describeVerdict,
  type WriteInstant,
} from '@callboard/plugin-callboard-core';
import {
  describeEntity,
  formatMinute,
  HealthShape,
  NameList,
  useClusterName,
  Prose,
} from '@callboard/plugin-callboard-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import styles from './AuditPage.module.css';

const HEADS = [
  'App',
  'Verdict',
  'Release',
  'Health',
  'Decided',
  'Runs on',
  'Blueprint',
  'Evidence',
];

const SHAPES: Record<AuditRow['verdict']['kind'], HealthStatus> = {
  compliant: 'Healthy',
  wrong: 'Degraded',
  unknown: 'Unknown',
  undecided: 'Progressing',
};

/**
 * One environment of the audit: expected and actual clusters of each app, with
 * the evidence. On a phone every row is a card with the same content.
 */
export function AuditTable({
  rows,
  write,
  title,
}: {
  rows: AuditRow[];
  write: WriteInstant;
  title: string;
}): JSX.Element {
  return (
    <table className={styles.table} aria-label={title}>
      <thead>
        <tr>
          {HEADS.map(head => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <Row key={row.app} row={row} write={write} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  write,
}: {
  row: AuditRow;
  write: WriteInstant;
}): JSX.Element {
  const links = useLinks();
  const { app, title, owner, verdict, release, decided, actual } = row;
  const { health, serving } = row;
  return (
    <tr data-verdict={verdict.kind}>
      <th scope="row" data-head="App">
        <Link className={styles.app} to={links.app(app)}>
          {title}
        </Link>
        <span className={styles.quiet}>{describeEntity(owner)}</span>
      </th>
      <Cell head="Verdict">
        <span className={styles.verdict}>
          <HealthShape status={SHAPES[verdict.kind]} />
          <span>
            <Prose>{describeVerdict(verdict, write)}</Prose>
          </span>
        </span>
      </Cell>
      <Cell head="Release">
        {release}
        {serving && (
          <span className={styles.serving}>
            <Prose>{serving}</Prose>
          </span>
        )}
      </Cell>
      <Cell head="Health">
        <span className={styles.verdict} title={health.message}>
          <HealthShape status={health.status} />
          {health.status}
        </span>
      </Cell>
      <Cell head="Decided">
        <Clusters names={decided} none="nowhere" />
      </Cell>
      <Cell head="Runs on">
        <Clusters names={actual} none="nowhere" />
      </Cell>
      <Cell head="Blueprint">{describeBlueprint(row)}</Cell>
      <Cell head="Evidence">
        <Evidence row={row} write={write} />
      </Cell>
    </tr>
  );
}

function Cell({
  head,
  children,
}: {
  head: string;
  children: ReactNode;
}): JSX.Element {
  // One child element, because on a phone the cell is a grid.
  return (
    <td data-head={head}>
      <div>{children}</div>
    </td>
  );
}

function Clusters({
  names,
  none,
}: {
  names: readonly string[];
  none: string;
}): JSX.Element {
  const nameOf = useClusterName();
  return names.length === 0 ? (
    <span className={styles.quiet}>{none}</span>
  ) : (
    <span className={styles.names}>
      <NameList names={names.map(nameOf)} />
    </span>
  );
}

/** `pci: met`, `pci: not on us-1`; most apps require none. */
function describeBlueprint({ blueprint }: AuditRow): ReactNode {
  if (!blueprint) return <span className={styles.quiet}>none required</span>;
  const { required, met, notOn } = blueprint;
  switch (met) {
    case 'yes':
      return `${required}: met`;
    case 'no':
      return <Prose>{`${required}: not on ${notOn.join(', ')}`}</Prose>;
    default:
      return `${required}: unknown`;
  }
}

/**
 * Time of the decision, and of the last observation of its clusters: the oldest
 * is shown, each is in the title and in the CSV.
 */
function Evidence({
  row: { decidedAt, observed },
  write,
}: {
  row: AuditRow;
  write: WriteInstant;
}): JSX.Element {
  const nameOf = useClusterName();
  const each = observed.map(
    ({ cluster, at }) =>
      `${nameOf(cluster)}: ${
        at === null ? 'never' : formatMinute(new Date(at))
      }`,
  );
  return (
    <span className={styles.evidence} title={each.join('\n')}>
      {decidedAt && <span>decided {write(new Date(decidedAt))}</span>}
      {observed.length > 0 && <span>{describeObserved(observed, write)}</span>}
    </span>
  );
}

function describeObserved(
  observed: AuditRow['observed'],
  write: WriteInstant,
): string {
  const never = observed.find(({ at }) => at === null);
  if (never) return `${never.cluster} never observed`;
  const oldest = observed
    .map(({ at }) => Date.parse(at ?? ''))
    .reduce((a, b) => Math.min(a, b));
  return `observed ${write(new Date(oldest))}`;
}
