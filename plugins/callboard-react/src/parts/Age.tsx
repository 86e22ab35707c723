import { describeSpan } from '@callboard/plugin-callboard-common';
import { useShownNow } from '../instant';
import { formatInstant } from '../time';
import styles from './Age.module.css';

export interface AgeProps {
  /** RFC 3339. */
  at: string;
  /** Words around the number: `observed ` and ` ago`. */
  before?: string;
  after?: string;
  /** Gives the number a fixed width, for columns. */
  fixed?: boolean;
}

/**
 * How long ago, updated every second, or relative to the past instant that is
 * shown; the exact instant with its zone on hover and focus.
 */
export function Age({
  at,
  before = '',
  after = '',
  fixed = false,
}: AgeProps): JSX.Element {
  const instant = new Date(at);
  const exact = formatInstant(instant);
  const now = useShownNow();
  return (
    <time
      className={styles.age}
      dateTime={at}
      title={exact}
      data-exact={exact}
      data-fixed={fixed ? '' : undefined}
      // The exact instant is reachable by keyboard, so the time takes focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {before}
      {describeSpan(now.getTime() - instant.getTime())}
      {after}
    </time>
  );
}
