import {
  countOf,
  type Timeline as TimelineAnswer,
  type TimelineBar,
  type TimelineLane,
} from '@callboard/plugin-callboard-common';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { describeGapHere, formatMinute } from '../../time';
import {
  describeBar,
  describeIncident,
  describeSettings,
  laterSettings,
} from './describeBar';
import { TimelineTable } from './TimelineTable';
import { TimelineTrack } from './TimelineTrack';
import { type TimelineScale, timelineScale } from './timelineScale';
import { useTimeChoice } from './useTimeChoice';
import styles from './Timeline.module.css';

const MARKS_SAID = 3;
const SETTINGS_SAID = 3;
const GAPS_SAID = 2;
const LAST_LABEL_PERCENT = 87; // a label further right would be cut off on a phone

export interface TimelineProps {
  timeline: TimelineAnswer;
  /** Address of the page as of an instant. */
  hrefAt: (at: Date) => string;
  /** Shows the page as of an instant. */
  onShow: (at: Date) => void;
}

interface Place {
  lane: number;
  bar: number;
}

/**
 * Releases as bars in lanes, time left to right, incidents as marks on them. A
 * click selects an instant, dragging selects two. One tab stop: arrow keys move
 * between the bars, Enter shows the page as of the start of the bar.
 */
export function Timeline({
  timeline,
  hrefAt,
  onShow,
}: TimelineProps): JSX.Element {
  const { lanes, gaps, drawnFrom } = timeline;
  const scale = timelineScale(timeline);
  const hatch = useId();
  const picture = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>();
  const { instants, handlers } = useTimeChoice(scale);
  const entry = entryOf(lanes, place);
  const said = place && barAt(lanes, place);

  const moveFocus = (event: KeyboardEvent) => {
    const next = entry && neighbour(lanes, entry, event.key);
    if (!next) return;
    event.preventDefault();
    picture.current
      ?.querySelector<SVGElement>(
        `[data-bar="${CSS.escape(`${lanes[next.lane].name} ${next.bar}`)}"]`,
      )
      ?.focus();
  };
  const enter = ({ from }: TimelineBar) =>
    onShow(new Date(Math.max(Date.parse(from), Date.parse(drawnFrom))));

  return (
    <div className={styles.timeline}>
      <Hatch id={hatch} />
      {/* The bars inside are buttons; the group only hears the arrow keys of whichever has focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={picture} className={styles.lanes} onKeyDown={moveFocus}>
        {lanes.map((lane, index) => (
          <div key={lane.name} className={styles.lane}>
            <h3 className={styles.title}>{lane.title}</h3>
            <div className={styles.time} data-lane={lane.name} {...handlers}>
              <TimelineTrack
                lane={lane}
                gaps={gaps}
                scale={scale}
                drawnFrom={drawnFrom}
                hatch={hatch}
                entry={entry?.lane === index ? entry.bar : -1}
                chosen={instants.map(scale.percentOf)}
                onLook={bar => setPlace({ lane: index, bar })}
                onEnter={enter}
              />
            </div>
          </div>
        ))}
        <Axis scale={scale} />
      </div>
      <div className={styles.words}>
        {instants.length > 0 && (
          <ChosenInstants instants={instants} hrefAt={hrefAt} />
        )}
        {said ? (
          <SaidBar {...said} />
        ) : (
          <p className={styles.line}>
            Point at a release, or move with the arrow keys. Click or drag to
            choose a time.
          </p>
        )}
      </div>
      <Gaps gaps={gaps} />
      <Limits timeline={timeline} />
      <TimelineTable lanes={lanes} gaps={gaps} />
    </div>
  );
}

function Axis({ scale }: { scale: TimelineScale }): JSX.Element {
  return (
    <div className={styles.lane} aria-hidden="true">
      <div className={styles.axis}>
        {scale.ticks
          .filter(({ at }) => scale.percentOf(at) <= LAST_LABEL_PERCENT)
          .map(({ at, label }) => (
            <span
              key={at.getTime()}
              className={styles.tick}
              style={{ insetInlineStart: `${scale.percentOf(at)}%` }}
            >
              {label}
            </span>
          ))}
      </div>
    </div>
  );
}

function SaidBar({
  lane,
  bar,
}: {
  lane: TimelineLane;
  bar: TimelineBar;
}): JSX.Element {
  const more = bar.marks.length - MARKS_SAID;
  const settings = laterSettings(bar);
  const moreSettings = settings.length - SETTINGS_SAID;
  return (
    <>
      <p className={styles.line}>{describeBar(lane, bar)}</p>
      {settings.slice(-SETTINGS_SAID).map(each => (
        <p key={each.from} className={styles.line}>
          ◆ {describeSettings(each)}
        </p>
      ))}
      {moreSettings > 0 && (
        <p className={styles.line}>
          And {countOf(moreSettings, 'earlier change')} of its settings.
        </p>
      )}
      {bar.marks.slice(-MARKS_SAID).map(mark => (
        <p key={`${mark.cluster} ${mark.from}`} className={styles.danger}>
          ▲ {describeIncident(mark)}
        </p>
      ))}
      {more > 0 && (
        <p className={styles.line}>And {countOf(more, 'earlier incident')}.</p>
      )}
    </>
  );
}

function ChosenInstants({
  instants,
  hrefAt,
}: {
  instants: readonly Date[];
  hrefAt: TimelineProps['hrefAt'];
}): JSX.Element {
  return (
    <p className={styles.line} role="status">
      {instants.length > 1 ? 'Compare: ' : 'Chosen: '}
      {instants.map((at, index) => (
        <span key={at.getTime()}>
          {index > 0 && ' with '}
          <Link className={styles.link} to={hrefAt(at)}>
            as it was on {formatMinute(at)}
          </Link>
        </span>
      ))}
    </p>
  );
}

/** The reason why all lanes are hatched together: the newest gaps in words, all of them in the table. */
function Gaps({ gaps }: Pick<TimelineAnswer, 'gaps'>): JSX.Element | null {
  const more = gaps.length - GAPS_SAID;
  if (gaps.length === 0) return null;
  return (
    <p className={styles.limits}>
      {gaps
        .slice(-GAPS_SAID)
        .map(gap => `${describeGapHere(gap)}. `)
        .join('')}
      {more > 0 && `Before that, ${countOf(more, 'such time')}.`}
    </p>
  );
}

function Limits({
  timeline: { from, drawnFrom, beginsWithHistory, leftOut },
}: {
  timeline: TimelineAnswer;
}): JSX.Element | null {
  const missing = [
    [leftOut.lanes, 'lane'] as const,
    [leftOut.bars, 'older release'] as const,
    [leftOut.marks, 'older incident'] as const,
    [leftOut.settings, 'older settings change'] as const,
  ].filter(([count]) => count !== 0);
  if (missing.length === 0 && drawnFrom === from && !beginsWithHistory)
    return null;
  return (
    <p className={styles.limits}>
      {beginsWithHistory &&
        `It begins where history does: ${formatMinute(new Date(from))}. `}
      {drawnFrom !== from &&
        `Nothing is drawn before ${formatMinute(new Date(drawnFrom))}. `}
      {missing.length > 0 &&
        `Left out: ${missing
          .map(([count, noun]) => countOf(count, noun))
          .join(', ')}.`}
    </p>
  );
}

/** The hatching of unknown times. */
function Hatch({ id }: { id: string }): JSX.Element {
  return (
    <svg className={styles.hidden} aria-hidden="true">
      <pattern
        id={id}
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className={styles.paper} width="7" height="7" />
        <rect className={styles.stripe} width="1.5" height="7" />
      </pattern>
    </svg>
  );
}

function barAt(
  lanes: readonly TimelineLane[],
  { lane, bar }: Place,
): { lane: TimelineLane; bar: TimelineBar } | undefined {
  const found = lanes[lane]?.bars[bar];
  return found && { lane: lanes[lane], bar: found };
}

/** The bar that was focused or hovered last, or the newest of the first lane that has one. */
function entryOf(
  lanes: readonly TimelineLane[],
  place: Place | undefined,
): Place | undefined {
  if (place && barAt(lanes, place)) return place;
  const lane = lanes.findIndex(({ bars }) => bars.length > 0);
  return lane < 0 ? undefined : { lane, bar: lanes[lane].bars.length - 1 };
}

function neighbour(
  lanes: readonly TimelineLane[],
  { lane, bar }: Place,
  key: string,
): Place | undefined {
  const last = lanes[lane].bars.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return { lane, bar: Math.max(0, bar - 1) };
    case 'ArrowRight':
      return { lane, bar: Math.min(last, bar + 1) };
    case 'Home':
      return { lane, bar: 0 };
    case 'End':
      return { lane, bar: last };
    case 'ArrowUp':
    case 'ArrowDown':
      return laneBeside(lanes, { lane, bar }, key === 'ArrowUp' ? -1 : 1);
    default:
      return undefined;
  }
}

/** The bar of the next lane that was current when this one began. */
function laneBeside(
  lanes: readonly TimelineLane[],
  { lane, bar }: Place,
  step: number,
): Place | undefined {
  const { from } = lanes[lane].bars[bar];
  for (let next = lane + step; lanes[next]; next += step) {
    const { bars } = lanes[next];
    if (bars.length === 0) continue;
    const later = bars.findIndex(each => each.from > from);
    const index = later < 0 ? bars.length - 1 : Math.max(0, later - 1);
    return { lane: next, bar: index };
  }
  return { lane, bar };
}
