import { useEntity } from '@backstage/plugin-catalog-react';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';
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
import styles from './entity.module.css';

/** The tab "Callboard" of a Component: the app's page inside its catalog entity. */
export function AppEntityContent(): JSX.Element {
  const { entity } = useEntity();
  const name =
    entity.metadata.annotations?.[ENTITY_ANNOTATIONS.app] ??
    entity.metadata.name;
  return (
    <CallboardProvider>
      <Surface>
        <LostBand />
        <PastBand />
        <AppInEntity name={name} />
      </Surface>
    </CallboardProvider>
  );
}

function AppInEntity({ name }: { name: string }): JSX.Element {
  const view = useApp(name);
  return (
    <ShowView view={view} loading={<AppSkeleton />}>
      {app => (
        <div className={styles.tab}>
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
