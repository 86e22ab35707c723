import type { AddressProbeView } from '@callboard/plugin-callboard-common';
import { describeProbe } from '@callboard/plugin-callboard-core';
import { useShownNow } from '../instant';
import styles from './Answers.module.css';

/** What the portal found at an address, and what to do where that is not an answer. */
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
