import { describeTimeLeft } from '@callboard/plugin-callboard-common';
import { useShownNow } from '../instant';
import { formatInstant } from '../time';
import styles from './Age.module.css';

export interface TimeLeftProps {
  /** RFC 3339. */
  until: string;
  /** Words around the number: `works for ` and ` more`. */
  before?: string;
  after?: string;
  /** Shown instead once the time is over. */
  over: string;
}

/**
 * Time left, updated every second, or relative to the past instant that is
 * shown; the exact instant with its zone on hover and focus.
 */
export function TimeLeft({
  until,
  before = '',
  after = '',
  over,
}: TimeLeftProps): JSX.Element {
  const end = new Date(until);
  const left = end.getTime() - useShownNow().getTime();
  const exact = formatInstant(end);
  return (
    <time
      className={styles.age}
      dateTime={until}
      title={exact}
      data-exact={exact}
      // The exact instant is reachable by keyboard, so the time takes focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {left > 0 ? `${before}${describeTimeLeft(left)}${after}` : over}
    </time>
  );
}
