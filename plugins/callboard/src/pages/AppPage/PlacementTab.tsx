import type { App, PlacementAnswer } from '@callboard/plugin-callboard-common';
import {
  Age,
  Panel,
  ShowView,
  usePlacement,
  useUrlState,
  WhyList,
} from '@callboard/plugin-callboard-react';
import { useLinks } from '../../useLinks';
import { SkeletonRows } from '../SkeletonRows';
import { Choice } from './Choice';
import styles from './AppContent.module.css';

/** Why on these clusters and on no others? */
export function PlacementTab({ app }: { app: App }): JSX.Element {
  const last = app.environments[app.environments.length - 1].name;
  const [name, setName] = useUrlState('env', last);
  const environment =
    app.environments.find(candidate => candidate.name === name) ??
    app.environments[0];
  return (
    <div className={styles.main}>
      <Choice
        label="Environment"
        value={environment.name}
        onChange={setName}
        options={app.environments.map(option => ({
          id: option.name,
          title: option.title,
        }))}
      />
      <Verdicts
        app={app.name}
        environment={environment.name}
        key={environment.name}
      />
    </div>
  );
}

function Verdicts({
  app,
  environment,
}: {
  app: string;
  environment: string;
}): JSX.Element {
  const view = usePlacement(app, environment);
  return (
    <ShowView view={view} loading={<SkeletonRows rows={8} />}>
      {placement => <Answer placement={placement} />}
    </ShowView>
  );
}

function Answer({
  placement: { message, satisfied, verdicts, decidedAt },
}: {
  placement: PlacementAnswer;
}): JSX.Element {
  const { cluster: hrefOfCluster } = useLinks();
  return (
    <Panel
      title={message}
      tone={satisfied ? undefined : 'warning'}
      aside={<Age at={decidedAt} before="decided " after=" ago" />}
      flush
    >
      <WhyList verdicts={verdicts} hrefOfCluster={hrefOfCluster} />
    </Panel>
  );
}
