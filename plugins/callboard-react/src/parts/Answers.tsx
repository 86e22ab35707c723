import type { AddressProbeView } from '@callboard/plugin-callboard-common';
import { describeProbe } from '@callboard/plugin-callboard-core';
import { useShownNow } from '../instant';
import styles from './Answers.module.css';

/** Result of the portal's probe of an address, and the next step when it failed. */
export function Answers({
  url,
  probe,
}: {
  url: string;
  probe: AddressProbeView;
}): JSX.Element {
  const now = useShownNow();
  const { tone, text, next } = describeProbe({ url, probe }, now);
  return (
    <p className={styles.answers} data-tone={tone} data-testid="answers">
      {text}
      {next !== undefined && <span className={styles.next}>{next}</span>}
    </p>
  );
}
