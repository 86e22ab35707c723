import {
  type ContainerUsage,
  describeBytes,
  describeCpu,
  describeSpan,
  type UsageSeries,
} from '@callboard/plugin-callboard-common';
import { describeAgainst, type Measure } from './describeAgainst';
import styles from './Usage.module.css';

const WIDTH = 320;
const HEIGHT = 56;
const HEADROOM = 1.15; // above the highest line

/**
 * A small curve of the highest usage of any instance, with the request as a
 * dashed line. Its text alternative says the same; a time without measurements
 * is a gap.
 */
export function UsageCurve({
  title,
  measure,
  series: { points, stepSeconds },
  container,
}: {
  /** Name of what was measured. */
  title: string;
  measure: Measure;
  series: UsageSeries;
  /** Requests of the container; undefined when no instance runs. */
  container: ContainerUsage | undefined;
}): JSX.Element {
  const isMemory = measure === 'memory';
  const format = isMemory ? describeBytes : describeCpu;
  const values = points.map(({ at, memoryBytes, cpuMillicores }) => ({
    atMs: Date.parse(at),
    value: isMemory ? memoryBytes : cpuMillicores,
  }));
  const peak = Math.max(0, ...values.map(({ value }) => value));
  const { requests, limits } = container ?? { requests: {}, limits: {} };
  const asked = isMemory ? requests.memoryBytes : requests.cpuMillicores;
  const limit = isMemory ? limits.memoryBytes : limits.cpuMillicores;
  const top = Math.max(peak, asked ?? 0, 1) * HEADROOM;
  const first = values[0]?.atMs ?? 0;
  const stepMs = stepSeconds * 1000;
  const spanMs = (values.at(-1)?.atMs ?? 0) + stepMs - first;
  const x = (ms: number) => ((ms - first) / Math.max(spanMs, 1)) * WIDTH;
  const y = (value: number) => HEIGHT - (value / top) * HEIGHT;
  const summary = `${isMemory ? 'Memory' : 'CPU'} of ${title}`;
  const most = `${format(peak)} at most in ${describeSpan(spanMs)}`;
  const against = container && describeAgainst(container, measure);
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <span className={styles.name}>{summary}</span>
        <span className={styles.used}>{most}</span>
        {against !== undefined && (
          <span className={styles.against}>{against}</span>
        )}
      </figcaption>
      <svg
        className={styles.curve}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={[summary, most, against].filter(Boolean).join(', ')}
      >
        {runsOf(values, stepMs).map(run => {
          const from = x(run[0].atMs);
          const to = x(run[run.length - 1].atMs + stepMs);
          const steps = run
            .map(
              ({ atMs, value }) =>
                `${x(atMs)} ${y(value)} L ${x(atMs + stepMs)} ${y(value)}`,
            )
            .join(' L ');
          return (
            <g key={run[0].atMs}>
              <path
                className={styles.area}
                d={`M ${from} ${HEIGHT} L ${steps} L ${to} ${HEIGHT} Z`}
              />
              <path className={styles.line} d={`M ${steps}`} />
            </g>
          );
        })}
        {[asked, limit].map(
          (line, index) =>
            line !== undefined &&
            line <= top && (
              <line
                key={index}
                className={index === 0 ? styles.request : styles.limit}
                x1={0}
                x2={WIDTH}
                y1={y(line)}
                y2={y(line)}
              />
            ),
        )}
      </svg>
    </figure>
  );
}

interface Value {
  atMs: number;
  value: number;
}

/** Splits values into consecutive runs: nothing was measured between two runs. */
function runsOf(values: readonly Value[], stepMs: number): Value[][] {
  const runs: Value[][] = [];
  for (const each of values) {
    const last = runs.at(-1);
    const isNext =
      last && each.atMs - last[last.length - 1].atMs <= 1.5 * stepMs;
    if (isNext) last.push(each);
    else runs.push([each]);
  }
  return runs;
}
