import { findNameFault } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  Panel,
  useApps,
  useInstant,
  useKeptData,
  usePushUrl,
} from '@callboard/plugin-callboard-react';
import { useLinks } from '../../useLinks';
import { KeptDataPanel } from '../AppPage/KeptDataPanel';
import { WorkOnIt } from '../WorkOnIt';
import { NotFound } from './NotFound';
import styles from './NotFound.module.css';

/** Shown for an unknown app: never pushed, misspelled, or deleted. */
export function AppNotFound({ name }: { name: string }): JSX.Element {
  const links = useLinks();
  const apps = dataOf(useApps()) ?? [];
  const isPast = useInstant() !== undefined;
  const isLeft = (dataOf(useKeptData(name)) ?? []).length > 0;
  return (
    <>
      <NotFound
        sentence={
          isLeft
            ? `${name} was deleted. Data that it left stays until somebody deletes it.`
            : `There is no app “${name}”.`
        }
        wanted={name}
        known={apps.map(app => ({ name: app.name, href: links.app(app.name) }))}
      />
      <div className={styles.content}>
        <KeptDataPanel app={name} />
      </div>
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
