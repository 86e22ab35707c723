import { Button } from '@backstage/ui';
import { type LogLine, readLogText } from '@callboard/plugin-callboard-common';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import styles from './LogLines.module.css';

const BLOCK = 100; // lines that the browser lays out together, and skips while they are out of view
const NEAR_END = 40; // pixels

function Line({
  line,
  showsCluster,
}: {
  line: LogLine;
  showsCluster: boolean;
}): JSX.Element {
  const { at, cluster, instance, container, stream, text } = line;
  if (stream === 'callboard') return <div className={styles.note}>{text}</div>;
  const { message, level, fields } = readLogText(text);
  const from = [showsCluster && cluster, instance, container]
    .filter(Boolean)
    .join(' / ');
  return (
    <div className={styles.line} data-level={level}>
      <time className={styles.at} dateTime={at} title={at}>
        {timeOf(at)}
      </time>
      <span className={styles.from} title={from}>
        {from}
      </span>
      <span className={styles.text}>
        {level && fields.length > 0 && (
          <span className={styles.level}>{level} </span>
        )}
        {message}
        {fields.map(({ name, value }) => (
          <span key={name} className={styles.field}>
            {' '}
            <span className={styles.name}>{name}=</span>
            {value}
          </span>
        ))}
      </span>
    </div>
  );
}

/** `14:05:07.123` in the reader's zone. */
function timeOf(at: string): string {
  const time = new Date(at);
  const clock = time.toLocaleTimeString('en', { hourCycle: 'h23' });
  return `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

const Block = memo(
  function LineBlock({
    items,
    showsCluster,
  }: {
    items: readonly LogLine[];
    showsCluster: boolean;
  }): JSX.Element {
    return (
      <div className={styles.block}>
        {items.map((line, index) => (
          <Line key={index} line={line} showsCluster={showsCluster} />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.showsCluster === after.showsCluster &&
    before.items.length === after.items.length &&
    before.items.every((line, index) => line === after.items[index]),
);

export interface LogLinesProps {
  lines: readonly LogLine[];
  /** Number of earlier lines that are not kept any more. */
  dropped: number;
  showsCluster: boolean;
  /** Shown when there are no lines. */
  nothing: string;
}

/** Lines of output; the newest stays in view until the reader scrolls back. */
export function LogLines({
  lines,
  dropped,
  showsCluster,
  nothing,
}: LogLinesProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [followed, setFollowed] = useState(true);
  const [leftAt, setLeftAt] = useState(0);
  const total = dropped + lines.length;
  useLayoutEffect(() => {
    if (followed && box.current)
      box.current.scrollTop = box.current.scrollHeight;
  }, [followed, total]);
  if (lines.length === 0) return <p className={styles.empty}>{nothing}</p>;
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (isAtEnd === followed) return;
    setFollowed(isAtEnd);
    setLeftAt(total);
  };
  const unseen = total - leftAt;
  return (
    <div className={styles.frame}>
      {/* A long output scrolls, so the keyboard must reach it. */}
      <div
        className={styles.log}
        role="log"
        aria-live="off"
        aria-label="Output"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        ref={box}
        onScroll={onScroll}
      >
        {blocksOf(lines, dropped).map(({ number, items }) => (
          <Block key={number} items={items} showsCluster={showsCluster} />
        ))}
      </div>
      {!followed && (
        <div className={styles.newest}>
          <Button
            variant="primary"
            size="small"
            onPress={() => setFollowed(true)}
          >
            {unseen > 0
              ? `${unseen.toLocaleString('en')} new ${
                  unseen === 1 ? 'line' : 'lines'
                }`
              : 'To the newest line'}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Splits lines into blocks that stay the same when lines are appended and the oldest dropped. */
function blocksOf(
  lines: readonly LogLine[],
  dropped: number,
): Array<{ number: number; items: readonly LogLine[] }> {
  const blocks = [];
  let start = 0;
  while (start < lines.length) {
    const number = Math.floor((start + dropped) / BLOCK);
    const end = (number + 1) * BLOCK - dropped;
    blocks.push({ number, items: lines.slice(start, end) });
    start = end;
  }
  return blocks;
}
