import type {
  TimelineBar,
  TimelineLane,
  TimelineMark,
  TimelineSettings,
  TimelineSpan,
} from '@callboard/plugin-callboard-common';
import {
  describeBar,
  describeIncident,
  describeSettings,
  laterSettings,
} from './describeBar';
import type { TimelineScale } from './timelineScale';
import styles from './Timeline.module.css';

const TRACK_HEIGHT = 44;
const BAR_TOP = 6;
const BAR_HEIGHT = 32;
const NARROWEST_PERCENT = 0.35; // keeps a release of one minute visible

export interface TimelineTrackProps {
  lane: TimelineLane;
  /** Times in which nothing was recorded for any lane. */
  gaps: readonly TimelineSpan[];
  scale: TimelineScale;
  /** First instant with recorded history. */
  drawnFrom: string;
  /** Id of the pattern for unknown times. */
  hatch: string;
  /** Index of the bar that takes keyboard focus; -1 for none in this lane. */
  entry: number;
  /** Selected instants, in percent. */
  chosen: readonly number[];
  onLook: (bar: number) => void;
  onEnter: (bar: TimelineBar) => void;
}

/** One lane: its releases, their incidents, and hatched unknown times. */
export function TimelineTrack(props: TimelineTrackProps): JSX.Element {
  const { lane, gaps, scale, drawnFrom, hatch, entry, chosen } = props;
  const known = scale.percentOf(drawnFrom);
  return (
    <svg className={styles.track} height={TRACK_HEIGHT} role="presentation">
      {scale.ticks.map(({ at }) => (
        <line
          key={at.getTime()}
          className={styles.grid}
          x1={`${scale.percentOf(at)}%`}
          x2={`${scale.percentOf(at)}%`}
          y1={0}
          y2={TRACK_HEIGHT}
        />
      ))}
      {lane.bars.map((bar, index) => (
        <Bar
          key={bar.from}
          {...props}
          bar={bar}
          index={index}
          isEntry={index === entry}
        />
      ))}
      {[
        ...(known > 0
          ? [{ from: scale.from.toISOString(), to: drawnFrom }]
          : []),
        ...lane.unknown,
        ...gaps.filter(({ to }) => isAfterBegin(to, lane)),
      ].map(span => (
        <Unknown key={span.from} span={span} scale={scale} hatch={hatch} />
      ))}
      <Chosen chosen={chosen} />
    </svg>
  );
}

/** Before the first bar nothing was deployed, so nothing could be observed. */
function isAfterBegin(
  end: string | undefined,
  { bars }: TimelineLane,
): boolean {
  const [first] = bars;
  return first !== undefined && (end === undefined || end > first.from);
}

function Bar({
  lane,
  bar,
  index,
  scale,
  isEntry,
  onLook,
  onEnter,
}: TimelineTrackProps & {
  bar: TimelineBar;
  index: number;
  isEntry: boolean;
}): JSX.Element {
  const { x, width } = placeOf(bar, scale);
  return (
    <g
      className={styles.bar}
      data-bar={`${lane.name} ${index}`}
      role="button"
      tabIndex={isEntry ? 0 : -1}
      aria-label={[
        describeBar(lane, bar),
        ...laterSettings(bar).map(describeSettings),
        ...bar.marks.map(describeIncident),
      ].join('. ')}
      onFocus={() => onLook(index)}
      onPointerEnter={() => onLook(index)}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onEnter(bar);
      }}
    >
      <svg x={`${x}%`} y={BAR_TOP} width={`${width}%`} height={BAR_HEIGHT}>
        <rect className={styles.fill} width="100%" height="100%" rx={4} />
        <text className={styles.number} data-room={roomOf(width)} x={6} y={16}>
          {bar.release}
        </text>
      </svg>
      {laterSettings(bar).map(settings => (
        <Settings key={settings.from} settings={settings} scale={scale} />
      ))}
      {bar.marks.map(mark => (
        <Incident
          key={`${mark.cluster} ${mark.from}`}
          mark={mark}
          scale={scale}
        />
      ))}
      <rect
        className={styles.ring}
        x={`${x}%`}
        y={BAR_TOP - 3}
        width={`${width}%`}
        height={BAR_HEIGHT + 6}
        rx={6}
      />
    </g>
  );
}

/** A diamond at the start of new settings: the release is the same. */
function Settings({
  settings: { from },
  scale,
}: {
  settings: TimelineSettings;
  scale: TimelineScale;
}): JSX.Element {
  return (
    <svg x={`${scale.percentOf(from)}%`} y={BAR_TOP} overflow="visible">
      <path className={styles.settings} d="M0 0 L5 5 L0 10 L-5 5 Z" />
    </svg>
  );
}

/** A triangle at the start of an incident, the shape of Degraded everywhere, on a line for its duration. */
function Incident({
  mark,
  scale,
}: {
  mark: TimelineMark;
  scale: TimelineScale;
}): JSX.Element {
  const { x, width } = placeOf(mark, scale);
  const foot = BAR_TOP + BAR_HEIGHT;
  return (
    <>
      <rect
        className={styles.incident}
        x={`${x}%`}
        y={foot - 5}
        width={`${width}%`}
        height={5}
      />
      <svg x={`${x}%`} y={foot - 12} overflow="visible">
        <path className={styles.mark} d="M0 0 L6 11 L-6 11 Z" />
      </svg>
    </>
  );
}

function Unknown({
  span,
  scale,
  hatch,
}: {
  span: TimelineSpan;
  scale: TimelineScale;
  hatch: string;
}): JSX.Element {
  const { x, width } = placeOf(span, scale);
  return (
    <rect
      className={styles.unknown}
      x={`${x}%`}
      y={BAR_TOP}
      width={`${width}%`}
      height={BAR_HEIGHT}
      fill={`url(#${hatch})`}
    />
  );
}

function Chosen({ chosen }: { chosen: readonly number[] }): JSX.Element {
  const [first, second] = chosen;
  return (
    <>
      {second !== undefined && (
        <rect
          className={styles.range}
          x={`${first}%`}
          width={`${second - first}%`}
          height={TRACK_HEIGHT}
        />
      )}
      {chosen.map(percent => (
        <line
          key={percent}
          className={styles.cursor}
          x1={`${percent}%`}
          x2={`${percent}%`}
          y1={0}
          y2={TRACK_HEIGHT}
        />
      ))}
    </>
  );
}

/** A truncated number would name another release. */
function roomOf(percent: number): 'none' | 'on-wide-pages' | 'always' {
  if (percent < 4.5) return 'none';
  return percent < 11 ? 'on-wide-pages' : 'always';
}

function placeOf(
  { from, to }: TimelineSpan,
  scale: TimelineScale,
): { x: number; width: number } {
  const x = scale.percentOf(from);
  const end = scale.percentOf(to ?? scale.to);
  const width = Math.max(NARROWEST_PERCENT, end - x);
  return { x: Math.min(x, 100 - width), width };
}
