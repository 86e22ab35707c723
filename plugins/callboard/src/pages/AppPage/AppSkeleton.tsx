import { Skeleton } from '@backstage/ui';
import { SkeletonPanel } from '../SkeletonPanel';
import styles from './AppContent.module.css';

/** Placeholder of an app's page: sentence, tabs, strip, clusters, changes. */
export function AppSkeleton(): JSX.Element {
  return (
    <div className={styles.content}>
      <Skeleton width="70%" height={26} />
      <Skeleton width="40%" height={36} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <SkeletonPanel rows={2} height={28} />
          <SkeletonPanel rows={4} height={32} />
        </div>
        <SkeletonPanel rows={5} height={36} />
      </div>
    </div>
  );
}
