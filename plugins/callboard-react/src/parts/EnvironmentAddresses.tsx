import type { AppEnvironment } from '@callboard/plugin-callboard-common';
import { Answers } from './Answers';
import { HostName } from './HostName';
import { ownAddressOf } from './ownAddressOf';
import styles from './EnvironmentStrip.module.css';

const MOST_SHOWN = 3; // more would make a step taller than its neighbours

/** Addresses of an app in an environment; its own name when it has none. */
export function EnvironmentAddresses({
  environment,
}: {
  environment: AppEnvironment;
}): JSX.Element | null {
  const own = ownAddressOf(environment);
  const addresses =
    environment.addresses ??
    (own === undefined ? [] : [{ url: own, accepted: true, probe: undefined }]);
  if (addresses.length === 0) return null;
  return (
    <>
      {addresses.slice(0, MOST_SHOWN).map(({ url, accepted, probe }) => (
        <div key={url}>
          <p className={styles.address}>
            <a href={url} target="_blank" rel="noopener noreferrer">
              <HostName url={url} />
            </a>
          </p>
          {!accepted && (
            <p className={styles.quiet}>No cluster leads there yet</p>
          )}
          {probe && <Answers url={url} probe={probe} />}
        </div>
      ))}
      {addresses.length > MOST_SHOWN && (
        <p className={styles.quiet}>and {addresses.length - MOST_SHOWN} more</p>
      )}
    </>
  );
}
