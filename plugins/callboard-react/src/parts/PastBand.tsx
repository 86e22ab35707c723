import { Button } from '@backstage/ui';
import { RiHistoryLine } from '@remixicon/react';
import { useInstant, useSetInstant } from '../instant';
import { useGapAt } from '../queries/useHistory';
import { describePastInGapHere, formatInstant, formatMinute } from '../time';
import { Band } from './Band';
import { HealthShape } from './HealthShape';
import styles from './PastBand.module.css';

/**
 * A band across a page of the past: the instant, the way back to now and, when
 * nothing was recorded then, what is shown instead. Nothing on pages of now.
 */
export function PastBand(): JSX.Element | null {
  const at = useInstant();
  const setInstant = useSetInstant();
  const gap = useGapAt(at);
  if (!at) return null;
  const exact = formatInstant(at);
  return (
    <>
      <Band
        tone="info"
        role="status"
        icon={<RiHistoryLine />}
        action={
          <Button variant="secondary" onPress={() => setInstant(undefined)}>
            Back to now
          </Button>
        }
      >
        As it was on{' '}
        <time dateTime={at.toISOString()} title={exact}>
          <strong>{formatMinute(at)}</strong>
        </time>
        <span className={styles.note}>. Nothing can be changed here.</span>
      </Band>
      {gap && (
        <Band
          tone="warning"
          role="status"
          icon={<HealthShape status="Unknown" />}
        >
          {describePastInGapHere(gap)}
        </Band>
      )}
    </>
  );
}
