import { Panel, ShowView, usePushUrl } from '@callboard/plugin-callboard-react';
import { PushLines } from '../PushLines';
import { SkeletonRows } from '../SkeletonRows';
import styles from './NoApps.module.css';

const EXAMPLE = 'my-app'; // the name is the pusher's choice: the first push makes the app

/** The next step of a portal without apps: push one. */
export function NoApps(): JSX.Element {
  const url = usePushUrl(EXAMPLE);
  return (
    <Panel title="No app runs here yet">
      <p className={styles.words}>
        Put a score.yaml beside your code and push. The first push creates the
        app, and it is yours.
      </p>
      <ShowView view={url} loading={<SkeletonRows rows={1} height={34} />}>
        {address => <PushLines cloneUrl={address} />}
      </ShowView>
    </Panel>
  );
}
