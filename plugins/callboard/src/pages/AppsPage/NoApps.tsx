import {
  Panel,
  ShowView,
  useInstant,
  usePushUrl,
} from '@callboard/plugin-callboard-react';
import { WorkOnIt } from '../WorkOnIt';
import { SkeletonRows } from '../SkeletonRows';
import styles from './NoApps.module.css';

const EXAMPLE = 'my-app'; // the user chooses the name: the first push creates the app

/** Shown in a portal without apps: how to push one. */
export function NoApps(): JSX.Element {
  const url = usePushUrl(EXAMPLE);
  if (useInstant()) return <Panel title="There was no app at this time" />;
  return (
    <Panel title="No app runs here yet">
      <ShowView view={url} loading={<SkeletonRows rows={1} height={34} />}>
        {address => <WorkOnIt isNew cloneUrl={address} />}
      </ShowView>
      <p className={styles.words}>
        Put a score.yaml beside your code and push. The first push creates the
        app, and it is yours.
      </p>
    </Panel>
  );
}
