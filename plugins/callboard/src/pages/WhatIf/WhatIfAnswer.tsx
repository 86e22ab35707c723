import { countApps, partitionApps } from '@callboard/plugin-callboard-core';
import {
  countOf,
  listOf,
  partOf,
  type WhatIfChange,
  type WhatIfReplicas,
  type WhatIfMove,
  type WhatIfReport,
  type WhatIfShortage,
} from '@callboard/plugin-callboard-common';
import { Skeleton } from '@backstage/ui';
import {
  NameList,
  ShowView,
  useClusterName,
  useWhatIf,
  Prose,
} from '@callboard/plugin-callboard-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { DataStays } from '../DataStays';
import styles from './WhatIfAnswer.module.css';

const MOST_NAMES = 12; // of clusters with the same reasons

/** Result of a what-if question: a sentence first, then each app with its reasons. */
export function WhatIfAnswer({
  changes,
}: {
  changes: readonly WhatIfChange[];
}): JSX.Element {
  return (
    <ShowView
      view={useWhatIf(changes)}
      loading={
        <div className={styles.waiting}>
          <Skeleton width="60%" height={24} />
          <Skeleton width="90%" height={18} />
          <Skeleton width="80%" height={18} />
        </div>
      }
    >
      {report => <Report report={report} />}
    </ShowView>
  );
}

function Report({ report }: { report: WhatIfReport }): JSX.Element {
  const { sentence, shortages, moves, lostSpread, stays, data } = report;
  const { stay } = partitionApps(report);
  return (
    <div className={styles.answer}>
      <p className={styles.sentence} role="status" aria-live="polite">
        <Prose>{`${sentence}.`}</Prose>
      </p>
      <Group title="No other place" count={countApps(shortages)} tone="danger">
        {shortages.map(shortage => (
          <Shortage key={keyOf(shortage)} shortage={shortage} />
        ))}
      </Group>
      <Group title="Moves" count={countApps(moves)}>
        {moves.map(move => (
          <Move key={keyOf(move)} move={move} />
        ))}
      </Group>
      <Group
        title="Spread less evenly"
        count={countApps(lostSpread)}
        tone="warning"
      >
        {lostSpread.map(({ topologyKey, skew, ...app }) => (
          <li key={`${keyOf(app)} ${topologyKey}`} className={styles.item}>
            <AppName of={app} />
            <span>
              uneven by {skew} over {topologyKey}
            </span>
          </li>
        ))}
      </Group>
      <Group title="Data that stays" count={countApps(data)} tone="warning">
        {data.map(left => (
          <li key={`${keyOf(left)} ${left.cluster}`} className={styles.item}>
            <AppName of={left} />
            <DataStays left={left} />
          </li>
        ))}
      </Group>
      {stay.length > 0 && (
        <details className={styles.stays}>
          <summary>{describeStays(stay.length)}</summary>
          <ul className={styles.names}>
            {stays
              .filter(({ app }) => stay.includes(app))
              .map(app => (
                <li key={keyOf(app)}>
                  <AppName of={app} />
                </li>
              ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Group({
  title,
  count,
  tone,
  children,
}: {
  title: string;
  count: number;
  tone?: 'danger' | 'warning';
  children: ReactNode;
}): JSX.Element | null {
  if (count === 0) return null;
  return (
    <section className={styles.group} data-tone={tone}>
      <h3 className={styles.title}>
        {title} <span className={styles.quiet}>{count}</span>
      </h3>
      <ul className={styles.list}>{children}</ul>
    </section>
  );
}

function Move({ move }: { move: WhatIfMove }): JSX.Element {
  const nameOf = useClusterName();
  const { from, to, replicas } = move;
  if (replicas) return <ReplicaMove move={move} replicas={replicas} />;
  return (
    <li className={styles.item}>
      <AppName of={move} />
      <span>
        {from.length > 0 && (
          <>
            <span className={styles.quiet}>from</span>{' '}
            <NameList names={from.map(nameOf)} />{' '}
          </>
        )}
        {to.length > 0 ? (
          <>
            <span className={styles.quiet}>to</span>{' '}
            <strong>
              <NameList names={to.map(nameOf)} />
            </strong>
          </>
        ) : (
          <span className={styles.quiet}>to no other cluster</span>
        )}
      </span>
    </li>
  );
}

/** A change of divided replicas: the clusters that would run fewer of them, and those that would run more. */
function ReplicaMove({
  move,
  replicas: { moving, of, clusters },
}: {
  move: WhatIfMove;
  replicas: WhatIfReplicas;
}): JSX.Element {
  const nameOf = useClusterName();
  const list = (isMore: boolean) => (
    <NameList
      names={clusters
        .filter(({ before, after }) => after > before === isMore)
        .map(
          ({ cluster, before, after }) =>
            `${nameOf(cluster)} (${before} → ${after})`,
        )}
    />
  );
  return (
    <li className={styles.item}>
      <AppName of={move} />
      <span>
        {partOf(moving, of, 'instance')}{' '}
        <span className={styles.quiet}>from</span> {list(false)}{' '}
        <span className={styles.quiet}>to</span> <strong>{list(true)}</strong>
      </span>
    </li>
  );
}

function Shortage({ shortage }: { shortage: WhatIfShortage }): JSX.Element {
  const nameOf = useClusterName();
  const { stuck, refused } = shortage;
  return (
    <li className={styles.item}>
      <AppName of={shortage} />
      <div>
        <p className={styles.line}>
          <Prose>
            {stuck.length > 0
              ? `It stays on ${listOf(stuck)} until another cluster takes it.`
              : describeShortage(shortage)}
          </Prose>
        </p>
        {refused.map(({ clusters, reasons, remedy }) => (
          <div key={clusters.join()} className={styles.refusal}>
            <p className={styles.line}>
              <strong>
                <NameList names={shorten(clusters.map(nameOf))} />
              </strong>{' '}
              <span className={styles.quiet}>
                <Prose>
                  {reasons.map(({ message }) => message).join('; ')}
                </Prose>
              </span>
            </p>
            {remedy && (
              <p className={styles.remedy}>
                <Prose>{remedy}</Prose>
              </p>
            )}
          </div>
        ))}
      </div>
    </li>
  );
}

function AppName({
  of: { app, environmentTitle },
}: {
  of: { app: string; environmentTitle: string };
}): JSX.Element {
  const links = useLinks();
  return (
    <span className={styles.name}>
      <Link to={links.app(app)}>{app}</Link>{' '}
      <span className={styles.quiet}>{environmentTitle}</span>
    </span>
  );
}

function keyOf({ app, environment }: { app: string; environment: string }) {
  return `${app} ${environment}`;
}

function describeShortage({ wanted, found, replicas }: WhatIfShortage): string {
  return replicas
    ? `It would run ${partOf(replicas.found, replicas.wanted, 'instance')}.`
    : `It would run on ${partOf(found, wanted, 'cluster')}.`;
}

/** Lists the first names, and the number of others. */
function shorten(names: readonly string[]): string[] {
  return names.length > MOST_NAMES
    ? [
        ...names.slice(0, MOST_NAMES - 1),
        `${names.length - MOST_NAMES + 1} more`,
      ]
    : [...names];
}

function describeStays(count: number): string {
  return `${countOf(count, 'app')} ${
    count === 1 ? 'stays where it is' : 'stay where they are'
  }`;
}
