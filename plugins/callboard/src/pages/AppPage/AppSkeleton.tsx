import { Skeleton } from '@backstage/ui';
import { SkeletonRows } from '../SkeletonRows';
import styles from './AppContent.module.css';

/** The shape of an app's page: sentence, tabs, strip, clusters, changes. */
export function AppSkeleton(): JSX.Element {
  return (
    <div className={styles.content}>
      <Skeleton width="70%" height={26} />
      <Skeleton width="40%" height={36} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Skeleton width="100%" height={136} />
          <SkeletonRows rows={4} />
        </div>
        <Skeleton width="100%" height={320} />
      </div>
    </div>
  );
}
