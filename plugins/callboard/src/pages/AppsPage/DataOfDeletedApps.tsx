import {
  Age,
  dataOf,
  Panel,
  Prose,
  useClusterName,
  useDataOfDeletedApps,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import styles from './AppsPage.module.css';

/** What deleted apps left, each with the page where it is deleted by name; nothing where nothing is left. */
export function DataOfDeletedApps({
  hrefOf,
}: {
  hrefOf: (app: string) => string;
}): JSX.Element | null {
  const left = dataOf(useDataOfDeletedApps()) ?? [];
  const nameOf = useClusterName();
  if (left.length === 0) return null;
  return (
    <Panel title="Data of deleted apps" aside={left.length} flush>
      <ul className={styles.approvals}>
        {left.map(
          ({
            app,
            environment,
            environmentTitle,
            cluster,
            sentence,
            since,
            mayDelete,
          }) => (
            <li key={`${app} ${environment} ${cluster}`}>
              <Link data-strong="" to={hrefOf(app)}>
                {app} in {environmentTitle} on {nameOf(cluster)}
              </Link>
              <span className={styles.quiet}>
                <Prose>{`${sentence}.`}</Prose> Kept for <Age at={since} />
                {mayDelete ? '; you may delete it there' : ''}
              </span>
            </li>
          ),
        )}
      </ul>
    </Panel>
  );
}
