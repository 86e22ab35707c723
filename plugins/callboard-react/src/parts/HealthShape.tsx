import type { HealthStatus } from '@callboard/plugin-callboard-common';
import { useLostSince } from './LostScope';
import styles from './HealthShape.module.css';

/**
 * Shape of a health status, distinguishable without colour. Hidden from screen
 * readers: the word is beside it, or visually hidden there. Hatched while the
 * portal does not answer: a status that was green may not be green now.
 */
export function HealthShape({
  status,
  size = 14,
}: {
  status: HealthStatus;
  size?: number;
}): JSX.Element {
  const shown = useLostSince() ? 'Unknown' : status;
  return (
    <svg
      className={styles.shape}
      data-status={shown}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {drawShape(shown)}
    </svg>
  );
}

function drawShape(status: HealthStatus): JSX.Element {
  switch (status) {
    case 'Healthy':
      return <circle cx="8" cy="8" r="6.5" fill="currentColor" />;
    case 'Progressing':
      return (
        <g className={styles.turning}>
          <circle
            cx="8"
            cy="8"
            r="5.75"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
          />
          <path d="M8 2.25a5.75 5.75 0 0 1 0 11.5z" fill="currentColor" />
        </g>
      );
    case 'Degraded':
      return (
        <path
          d="M8 1.5 15 14H1z"
          fill="currentColor"
          stroke="currentColor"
          strokeLinejoin="round"
        />
      );
    case 'Suspended':
      return (
        <path d="M4 2.5h2.6v11H4zM9.4 2.5H12v11H9.4z" fill="currentColor" />
      );
    case 'Missing':
      return (
        <circle
          cx="8"
          cy="8"
          r="6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeDasharray="2.6 2.1"
        />
      );
    case 'Unknown':
    default:
      // Hatching is reserved for "unknown".
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.3">
          <circle cx="8" cy="8" r="6.2" />
          <path d="M3.7 12.3 12.3 3.7M6.4 13.9 13.9 6.4M2.1 9.6 9.6 2.1" />
        </g>
      );
  }
}
