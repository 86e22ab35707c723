import type { App } from '@callboard/plugin-callboard-common';
import {
  EnvironmentStrip,
  OnlyNow,
  Panel,
  ShowView,
  useInstant,
  useJournal,
  useNow,
  useViewLink,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { SkeletonRows } from '../SkeletonRows';
import { Attention } from './Attention';
import { LatestChanges } from './History/LatestChanges';
import { isRolloutShown } from './isRolloutShown';
import { KeptDataPanel } from './KeptDataPanel';
import { RolloutPanel } from './RolloutPanel';
import { SourcePanel } from './Source/SourcePanel';
import { WhereItRuns } from './WhereItRuns';
import styles from './AppContent.module.css';

const LATEST_CHANGES = 5;
const LATEST_ENTRIES = 40; // several entries may belong to one push

/** First tab of an app: problems, environments, clusters and latest changes. */
export function Overview({ app }: { app: App }): JSX.Element {
  const links = useLinks();
  const ticking = useNow();
  const now = useInstant() ?? ticking;
  const linkTo = useViewLink();
  const journal = useJournal({ app: app.name, limit: LATEST_ENTRIES });
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Attention app={app} />
        <EnvironmentStrip
          environments={app.environments}
          hrefOfCluster={links.cluster}
        />
        {app.environments
          .filter(environment => isRolloutShown(environment, now))
          .map(environment => (
            <RolloutPanel
              key={environment.name}
              app={app}
              environment={environment}
            />
          ))}
        <WhereItRuns app={app} />
        <KeptDataPanel app={app.name} />
        <OnlyNow>
          <SourcePanel app={app} />
        </OnlyNow>
      </div>
      <Panel
        title="What changed"
        aside={<Link to={linkTo({ tab: 'history' })}>all changes</Link>}
        flush
      >
        <ShowView
          quiet
          view={journal}
          loading={<SkeletonRows inset rows={LATEST_CHANGES} />}
        >
          {entries => <LatestChanges entries={entries} most={LATEST_CHANGES} />}
        </ShowView>
      </Panel>
    </div>
  );
}
