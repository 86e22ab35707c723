import type { KeptData } from '@callboard/plugin-callboard-common';
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

/** Data of deleted apps, with links to the pages where it is deleted; nothing when there is none. */
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
        {left.map(data => (
          <li key={`${data.app} ${data.environment} ${data.cluster}`}>
            <Link data-strong="" to={hrefOf(data.app)}>
              {data.app} in {data.environmentTitle} on {nameOf(data.cluster)}
            </Link>
            <span className={styles.quiet}>
              <Prose>{`${data.sentence}.`}</Prose> Kept for{' '}
              <Age at={data.since} />
              {describeRight(data)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function describeRight({
  mayDelete,
  isClusterRegistered,
  deletion,
}: KeptData): string {
  if (!mayDelete || (deletion && isClusterRegistered)) return '';
  return isClusterRegistered
    ? '. You may delete it there'
    : '. You may have it forgotten there';
}
