import {
  dataOf,
  Panel,
  useInstant,
  usePushUrl,
} from '@callboard/plugin-callboard-react';
import { findNameFault } from '@callboard/plugin-callboard-common';
import { WorkOnIt } from '../pages/WorkOnIt';
import styles from './entity.module.css';

/** Shown for an app without a release: the steps that connect the entity, as lines to copy. */
export function NotDelivered({ app }: { app: string }): JSX.Element {
  const isPast = useInstant() !== undefined;
  const fault = findNameFault(app);
  return (
    <Panel title="Not delivered yet">
      <div className={styles.card}>
        <p className={styles.line}>
          {isPast
            ? `There was no app “${app}” at this time.`
            : `Callboard runs no app “${app}” that you may see.`}
        </p>
        {fault !== undefined && (
          <p className={styles.line}>
            {`The annotation callboard.dev/app names no app: ${fault}.`}
          </p>
        )}
        {!isPast && fault === undefined && <Connect app={app} />}
      </div>
    </Panel>
  );
}

function Connect({ app }: { app: string }): JSX.Element | null {
  const cloneUrl = dataOf(usePushUrl(app));
  if (cloneUrl === undefined) return null;
  return (
    <>
      <h3 className={styles.step}>Connect</h3>
      <p className={styles.line}>
        Put a score.yaml beside the code of this component and push it. The
        first push creates the app; it belongs to the owner of this component.
      </p>
      <WorkOnIt isNew cloneUrl={cloneUrl} />
      <p className={styles.quiet}>
        Where your CI builds images already, <code>callboard release</code>{' '}
        connects it.
      </p>
    </>
  );
}
