import type { App } from '@callboard/plugin-callboard-common';
import {
  compareUrgency,
  Sentence,
  shownStatus,
  useUrlState,
  ViewTabs,
} from '@callboard/plugin-callboard-react';
import { HistoryTab } from './HistoryTab';
import { KubernetesTab } from './KubernetesTab';
import { LogsTab } from './LogsTab';
import { NothingReleased } from './NothingReleased';
import { Overview } from './Overview';
import { PlacementTab } from './PlacementTab';
import { ReleasesTab } from './ReleasesTab';
import styles from './AppContent.module.css';

const TABS = [
  { id: 'overview', title: 'Overview' },
  { id: 'releases', title: 'Releases' },
  { id: 'placement', title: 'Placement' },
  { id: 'history', title: 'History' },
  { id: 'logs', title: 'Logs' },
  { id: 'kubernetes', title: 'Kubernetes view' },
] as const;

const ADDRESS = { tab: TABS[0].id as string };

/** Everything about one app below its head; the same on its page and on its catalog entity. */
export function AppContent({ app }: { app: App }): JSX.Element {
  const [{ tab }] = useUrlState(ADDRESS);
  if (app.environments.every(({ release }) => release === null))
    return <NothingReleased app={app} />;
  return (
    <div className={styles.content}>
      <Sentence status={worstOf(app)}>{app.sentence}</Sentence>
      <ViewTabs tabs={TABS} current={tab} label={`About ${app.title}`} />
      <Tab tab={tab} app={app} />
    </div>
  );
}

function Tab({ tab, app }: { tab: string; app: App }): JSX.Element {
  switch (tab) {
    case 'releases':
      return <ReleasesTab app={app} />;
    case 'placement':
      return <PlacementTab app={app} />;
    case 'history':
      return <HistoryTab app={app} />;
    case 'logs':
      return <LogsTab app={app} />;
    case 'kubernetes':
      return <KubernetesTab app={app} />;
    default:
      return <Overview app={app} />;
  }
}

/** The mark before the sentence: the most urgent of its environments. */
function worstOf({ environments }: App) {
  return environments
    .filter(({ release }) => release !== null)
    .map(({ health, freshness }) => shownStatus(health, freshness))
    .sort(compareUrgency)[0];
}
