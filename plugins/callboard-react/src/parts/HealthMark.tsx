import type { Freshness, Health } from '@callboard/plugin-callboard-common';
import { VisuallyHidden } from '@backstage/ui';
import { Age } from './Age';
import { HealthShape } from './HealthShape';
import { shownStatus } from './shownStatus';
import { useLostSince } from './LostScope';
import styles from './HealthMark.module.css';

export interface HealthMarkProps {
  health: Health;
  freshness: Freshness;
  /** Time of the last contact; shown when it is not live. */
  observedAt?: string | null;
  /** Draws only the shape; the word remains for screen readers. */
  compact?: boolean;
  size?: number;
}

/** Health as word, shape and colour. Never green unless it is live. */
export function HealthMark({
  health,
  freshness,
  observedAt,
  compact,
  size,
}: HealthMarkProps): JSX.Element {
  const lostSince = useLostSince();
  const status = lostSince ? 'Unknown' : shownStatus(health, freshness);
  // The column beside it counts from the same instant.
  const lastAnswer =
    freshness === 'live' ? lostSince?.toISOString() : undefined;
  const seen = observedAt ?? lastAnswer;
  const isSilent =
    status === 'Unknown' && (freshness !== 'live' || lostSince !== undefined);
  return (
    <span className={styles.mark} title={health.message}>
      <span className={styles.state}>
        <HealthShape status={status} size={size} />
        {compact ? (
          <VisuallyHidden>{status}</VisuallyHidden>
        ) : (
          <span className={styles.word}>{status}</span>
        )}
      </span>
      {isSilent && !compact && (
        <span className={styles.seen}>
          {seen ? (
            <Age at={seen} before="last seen " after=" ago" />
          ) : (
            'never seen'
          )}
        </span>
      )}
    </span>
  );
}
