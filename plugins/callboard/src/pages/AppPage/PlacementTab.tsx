import type { App, PlacementAnswer } from '@callboard/plugin-callboard-common';
import {
  Age,
  Panel,
  ShowView,
  useClusterName,
  usePlacement,
  useUrlState,
  WhyList,
} from '@callboard/plugin-callboard-react';
import { useLinks } from '../../useLinks';
import { UnknownInAddress } from '../NotFound/UnknownInAddress';
import { SkeletonPanel } from '../SkeletonPanel';
import { Choice } from './Choice';
import { RolloutPanel } from './RolloutPanel';
import styles from './AppContent.module.css';

const ADDRESS = { env: '' };

/** Placement of an app: why on these clusters and on no others. */
export function PlacementTab({ app }: { app: App }): JSX.Element {
  // The furthest environment is the default: most questions are about it.
  const last = app.environments[app.environments.length - 1];
  const [{ env }, setAddress] = useUrlState(ADDRESS);
  const environment = app.environments.find(({ name }) => name === env) ?? last;
  return (
    <div className={styles.main}>
      <Choice
        label="Environment"
        value={environment.name}
        onChange={name => setAddress({ env: name })}
        options={app.environments.map(option => ({
          id: option.name,
          title: option.title,
        }))}
      />
      {env !== '' && env !== environment.name && (
        <UnknownInAddress>
          {`There is no environment “${env}”. This is ${environment.title}.`}
        </UnknownInAddress>
      )}
      {environment.rollout && (
        <RolloutPanel
          key={`rollout ${environment.name}`}
          app={app}
          environment={environment}
        />
      )}
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
    <ShowView view={view} loading={<SkeletonPanel rows={8} height={32} />}>
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
      <WhyList
        verdicts={verdicts}
        hrefOfCluster={hrefOfCluster}
        nameOfCluster={useClusterName()}
      />
    </Panel>
  );
}
