import { findNameFault } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  Panel,
  useApps,
  useInstant,
  usePushUrl,
} from '@callboard/plugin-callboard-react';
import { useLinks } from '../../useLinks';
import { WorkOnIt } from '../WorkOnIt';
import { NotFound } from './NotFound';
import styles from './NotFound.module.css';

/** An app that nobody has pushed yet, or whose name is written differently. */
export function AppNotFound({ name }: { name: string }): JSX.Element {
  const links = useLinks();
  const apps = dataOf(useApps()) ?? [];
  const isPast = useInstant() !== undefined;
  return (
    <>
      <NotFound
        sentence={`There is no app “${name}”.`}
        wanted={name}
        known={apps.map(app => ({ name: app.name, href: links.app(app.name) }))}
      />
      {!isPast && findNameFault(name) === undefined && (
        <HowToPush name={name} />
      )}
    </>
  );
}

function HowToPush({ name }: { name: string }): JSX.Element | null {
  const cloneUrl = dataOf(usePushUrl(name));
  if (cloneUrl === undefined) return null;
  return (
    <div className={styles.content}>
      <Panel title="Or make it">
        <WorkOnIt isNew cloneUrl={cloneUrl} />
      </Panel>
    </div>
  );
}
