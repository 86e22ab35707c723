import type { App } from '@callboard/plugin-callboard-common';
import { describeApp } from '@callboard/plugin-callboard-core';
import {
  OnlyNow,
  Sentence,
  useSentence,
  useUrlState,
  ViewTabs,
} from '@callboard/plugin-callboard-react';
import { UnknownInAddress } from '../NotFound/UnknownInAddress';
import { worstOf } from '../worstOf';
import { AppDialogs } from './AppDialogs';
import { HistoryTab } from './History/HistoryTab';
import { KubernetesTab } from './KubernetesTab';
import { LogsTab } from './Output/LogsTab';
import { NothingReleased } from './NothingReleased';
import { NotKept } from './NotKept';
import { Overview } from './Overview';
import { PlacementTab } from './PlacementTab';
import { ReleasesTab } from './ReleasesTab';
import { SettingsTab } from './Settings/SettingsTab';
import { UsageTab } from './Usage/UsageTab';
import styles from './AppContent.module.css';

const TABS = [
  { id: 'overview', title: 'Overview' },
  { id: 'releases', title: 'Releases' },
  { id: 'placement', title: 'Placement' },
  { id: 'history', title: 'History' },
  { id: 'logs', title: 'Logs' },
  { id: 'usage', title: 'Usage' },
  { id: 'settings', title: 'Settings' },
  { id: 'kubernetes', title: 'Kubernetes view' },
] as const;

const ADDRESS = { tab: TABS[0].id as string };

/** The content of an app below its head, shared by its page and its catalog entity. */
export function AppContent({ app }: { app: App }): JSX.Element {
  const [{ tab }] = useUrlState(ADDRESS);
  const sentence = useSentence(app.sentence, {
    isSilent: app.environments.some(({ freshness }) => freshness !== 'live'),
    describe: now => describeApp(app, now),
  });
  const isKnown = TABS.some(({ id }) => id === tab);
  if (app.environments.every(({ release }) => release === null))
    return <BeforeItsFirstRelease app={app} tab={tab} />;
  return (
    <div className={styles.content}>
      <Sentence status={worstOf(app)}>{sentence}</Sentence>
      <ViewTabs
        tabs={TABS}
        current={isKnown ? tab : TABS[0].id}
        label={`About ${app.title}`}
      />
      {!isKnown && (
        <UnknownInAddress>
          {`There is no view “${tab}”. This is the overview.`}
        </UnknownInAddress>
      )}
      <Tab tab={tab} app={app} />
      <AppDialogs app={app} />
    </div>
  );
}

/** Settings of an app before its first release, which will read them. */
function BeforeItsFirstRelease({
  app,
  tab,
}: {
  app: App;
  tab: string;
}): JSX.Element {
  const isSettings = tab === 'settings';
  return (
    <div className={styles.content}>
      <Sentence>{app.sentence}</Sentence>
      <ViewTabs
        tabs={TABS.filter(({ id }) => id === 'overview' || id === 'settings')}
        current={isSettings ? 'settings' : 'overview'}
        label={`About ${app.title}`}
      />
      {isSettings ? <SettingsTab app={app} /> : <NothingReleased app={app} />}
      <AppDialogs app={app} />
    </div>
  );
}

function Tab({ tab, app }: { tab: string; app: App }): JSX.Element {
  switch (tab) {
    case 'releases':
      return <ReleasesTab app={app} />;
    case 'placement':
      return <PlacementTab app={app} />;
    case 'settings':
      return <SettingsTab app={app} />;
    case 'history':
      return <HistoryTab app={app} />;
    case 'logs':
      return (
        <OnlyNow past={<NotKept what="Output" />}>
          <LogsTab app={app} />
        </OnlyNow>
      );
    case 'usage':
      return (
        <OnlyNow past={<NotKept what="Usage" />}>
          <UsageTab app={app} />
        </OnlyNow>
      );
    case 'kubernetes':
      return (
        <OnlyNow past={<NotKept what="Objects" />}>
          <KubernetesTab app={app} />
        </OnlyNow>
      );
    default:
      return <Overview app={app} />;
  }
}
