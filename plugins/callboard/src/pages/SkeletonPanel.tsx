import { Box, Skeleton } from '@backstage/ui';
import { SkeletonRows } from './SkeletonRows';
import styles from './SkeletonPanel.module.css';

/** Placeholder of a panel. */
export function SkeletonPanel({
  rows,
  height,
}: {
  rows: number;
  height?: number;
}): JSX.Element {
  return (
    <Box bg="neutral" className={styles.panel}>
      <Skeleton width="8rem" height={18} />
      <SkeletonRows rows={rows} height={height} />
    </Box>
  );
}
