import { useEntity } from '@backstage/plugin-catalog-react';
import {
  CallboardProvider,
  InstantPicker,
  OnlyNow,
  LostBand,
  PastBand,
  ShowView,
  Surface,
  useApp,
} from '@callboard/plugin-callboard-react';
import { AppActions } from '../pages/AppPage/AppActions';
import { AppContent } from '../pages/AppPage/AppContent';
import { AppSkeleton } from '../pages/AppPage/AppSkeleton';

import { appOf } from './appOf';
import { isNotDelivered } from './isNotDelivered';
import { NotDelivered } from './NotDelivered';
import { OtherOwner } from './OtherOwner';
import styles from './entity.module.css';

/** The tab "Callboard" of a Component: the app's page inside its catalog entity. */
export function AppEntityContent(): JSX.Element {
  const { entity } = useEntity();
  return (
    <CallboardProvider>
      <Surface>
        <LostBand />
        <PastBand />
        <AppInEntity name={appOf(entity)} />
      </Surface>
    </CallboardProvider>
  );
}

function AppInEntity({ name }: { name: string }): JSX.Element {
  const view = useApp(name);
  if (isNotDelivered(name, view)) return <NotDelivered app={name} />;
  return (
    <ShowView view={view} loading={<AppSkeleton />}>
      {app => (
        <div className={styles.tab}>
          <OtherOwner app={app} />
          <div className={styles.actions}>
            <InstantPicker />
            <OnlyNow>
              <AppActions app={app} />
            </OnlyNow>
          </div>
          <AppContent app={app} />
        </div>
      )}
    </ShowView>
  );
}
