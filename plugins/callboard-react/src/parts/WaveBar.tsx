import {
  describeSpan,
  describeTimeLeft,
  type HealthStatus,
  type RolloutAnswer,
  type RolloutCell,
} from '@callboard/plugin-callboard-common';
import { Link } from 'react-router-dom';
import { useShownNow } from '../instant';
import { HealthShape } from './HealthShape';
import { useLostSince } from './LostScope';
import { Prose } from './Prose';
import styles from './WaveBar.module.css';

const NAMED_CELLS = 12; // in larger waves only clusters that need attention are named

/** Shapes are those of health, so that readers learn them once. */
const SHAPES: Record<RolloutCell['state'], HealthStatus> = {
  'to-apply': 'Missing',
  progressing: 'Progressing',
  soaking: 'Progressing',
  done: 'Healthy',
  failed: 'Degraded',
  'timed-out': 'Degraded',
  skipped: 'Suspended',
  deferred: 'Unknown',
};

const WORDS: Record<RolloutCell['state'], string> = {
  'to-apply': 'To come',
  progressing: 'Starting',
  soaking: 'Soaking',
  done: 'Done',
  failed: 'Failed',
  'timed-out': 'Not in time',
  skipped: 'Skipped',
  deferred: 'Deferred',
};

export interface WaveBarProps {
  rollout: Pick<RolloutAnswer, 'waves' | 'halt'>;
  hrefOfCluster: (cluster: string) => string;
  /** Display name of a cluster; its plain name when omitted. */
  nameOfCluster?: (cluster: string) => string;
}

/** A rollout as segments, one per wave, each cluster a cell; the reason of a halt is below the cell that caused it. */
export function WaveBar({
  rollout: { waves, halt },
  hrefOfCluster,
  nameOfCluster = name => name,
}: WaveBarProps): JSX.Element {
  const now = useShownNow();
  return (
    <ol className={styles.bar} aria-label="Waves">
      {waves.map(({ name, cells }, index) => (
        <li
          key={cells[0]?.cluster ?? index}
          className={styles.wave}
          style={{ flexGrow: Math.min(cells.length, 3) }}
        >
          <p className={styles.title}>
            Wave {index + 1}
            {name && ` · ${name}`}
          </p>
          <ul className={styles.cells}>
            {namedCells(cells).map(cell => (
              <Cell
                key={cell.cluster}
                cell={cell}
                now={now}
                halt={halt?.cluster === cell.cluster ? halt.why : undefined}
                href={hrefOfCluster(cell.cluster)}
                name={nameOfCluster(cell.cluster)}
              />
            ))}
          </ul>
          {cells.length > NAMED_CELLS && (
            <p className={styles.title}>{countStates(cells)}</p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Cell({
  cell,
  now,
  halt,
  href,
  name,
}: {
  cell: RolloutCell;
  now: Date;
  halt: string | undefined;
  href: string;
  name: string;
}): JSX.Element {
  const why = halt ?? cell.why;
  const lostSince = useLostSince();
  return (
    <li
      className={styles.cell}
      data-state={lostSince ? 'unknown' : cell.state}
      data-testid={`cell-${cell.cluster}`}
    >
      <span className={styles.head}>
        <HealthShape
          status={lostSince ? 'Unknown' : SHAPES[cell.state]}
          size={13}
        />
        <Link className={styles.cluster} to={href}>
          {name}
        </Link>
      </span>
      <span className={styles.state}>
        {describeCell(cell, lostSince ?? now)}
      </span>
      {why && (
        <span className={styles.why}>
          <Prose>{endSentence(why)}</Prose>
        </span>
      )}
    </li>
  );
}

function describeCell({ state, until, since }: RolloutCell, now: Date): string {
  switch (state) {
    case 'soaking':
      // A paused rollout does not continue when its soak time is over.
      return isOver(until, now)
        ? 'Soaked; waits for the rollout to go on'
        : `Soaking, ${left(until, now)} left`;
    case 'progressing':
      return until === undefined
        ? 'Starting'
        : `Starting; gives up in ${left(until, now)}`;
    case 'deferred':
      return since === undefined
        ? 'Deferred until it answers'
        : `Deferred until it returns, no contact for ${describeSpan(
            Math.max(0, now.getTime() - Date.parse(since)),
          )}`;
    default:
      return WORDS[state];
  }
}

function isOver(until: string | undefined, now: Date): boolean {
  return until === undefined || Date.parse(until) <= now.getTime();
}

function left(until: string | undefined, now: Date): string {
  return describeTimeLeft(Date.parse(until ?? '') - now.getTime());
}

function namedCells(cells: readonly RolloutCell[]): RolloutCell[] {
  return cells.length <= NAMED_CELLS
    ? [...cells]
    : cells
        .filter(({ state }) => state !== 'done' && state !== 'to-apply')
        .slice(0, NAMED_CELLS);
}

/** `990 done, 8 to come, 2 failed`. */
function countStates(cells: readonly RolloutCell[]): string {
  return Object.entries(WORDS)
    .map(([state, word]) => ({
      count: cells.filter(cell => cell.state === state).length,
      word,
    }))
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count} ${word.toLowerCase()}`)
    .join(', ');
}

/** Names of apps keep their case. */
function endSentence(text: string): string {
  const sentence = text.replace(/^it /, 'It ');
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
