import { ButtonLink } from '@backstage/ui';
import { type Cluster, nameCluster } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  Panel,
  Sentence,
  useJoiningCluster,
} from '@callboard/plugin-callboard-react';
import { useParams } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { ShowCluster } from '../ClusterPage/ShowCluster';
import { isNotFound } from '../NotFound/isNotFound';
import { CallboardPage, PageFrame } from '../PageFrame';
import {
  describeJoin,
  hasJoined,
  hasUsedToken,
  statusOfJoin,
} from './describeJoin';
import { Registration } from './Registration';
import { JoinAgain } from './JoinAgain';
import { JoinSteps } from './JoinSteps';
import styles from './JoinPage.module.css';

/** Page of a cluster's joining: its progress, and the current step. The same for all users. */
export function JoinPage(): JSX.Element {
  const { cluster = '' } = useParams();
  return (
    <CallboardPage>
      <Joining name={cluster} />
    </CallboardPage>
  );
}

function Joining({ name }: { name: string }): JSX.Element {
  const view = useJoiningCluster(name);
  const known = isNotFound(view) ? undefined : dataOf(view);
  const links = useLinks();
  return (
    <PageFrame
      title="Joining"
      breadcrumbs={[
        { label: 'Fleet', href: links.fleet() },
        { label: known ? nameCluster(known) : name, href: links.cluster(name) },
      ]}
    >
      <ShowCluster name={name} view={view}>
        {cluster => <Progress cluster={cluster} />}
      </ShowCluster>
    </PageFrame>
  );
}

function Progress({ cluster }: { cluster: Cluster }): JSX.Element {
  const links = useLinks();
  const { name, join } = cluster;
  const open = (
    <ButtonLink href={links.cluster(name)}>{`Open ${name}`}</ButtonLink>
  );
  if (!join) {
    return (
      <Panel title={`${name} needs no registration token`} foot={open}>
        {cluster.connection.kind === 'playground'
          ? 'It is simulated by the playground.'
          : 'The portal dials it, so it needs no agent.'}
      </Panel>
    );
  }
  return (
    <div className={styles.content}>
      <Sentence status={statusOfJoin(join)}>
        {describeJoin(cluster, join)}
      </Sentence>
      {!hasUsedToken(join) && (
        <Registration cluster={name} expiresAt={join.expiresAt} />
      )}
      <Panel title="Steps" foot={hasJoined(join) ? open : undefined}>
        <JoinSteps join={join} />
      </Panel>
      {hasUsedToken(join) && <JoinAgain cluster={name} />}
    </div>
  );
}
