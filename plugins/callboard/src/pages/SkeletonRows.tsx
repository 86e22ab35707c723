import { Skeleton } from '@backstage/ui';
import styles from './SkeletonRows.module.css';

export interface SkeletonRowsProps {
  rows: number;
  height?: number;
  /** For panels whose content reaches the edges. */
  inset?: boolean;
}

/** Placeholder of a list. */
export function SkeletonRows({
  rows,
  height = 32,
  inset,
}: SkeletonRowsProps): JSX.Element {
  return (
    <div className={styles.rows} data-inset={inset ? '' : undefined}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} width="100%" height={height} />
      ))}
    </div>
  );
}
