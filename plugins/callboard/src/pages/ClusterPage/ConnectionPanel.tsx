import {
  type Cluster,
  type ClusterConnectionStatus,
  type ClusterJoin,
  describeDuration,
} from '@callboard/plugin-callboard-common';
import {
  Age,
  Facts,
  Panel,
  ProblemCard,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { IsolationOfCode } from '../IsolationOfCode';
import { hasJoined } from '../JoinPage/describeJoin';
import { describeConnection } from './describeConnection';
import styles from './ClusterContent.module.css';

const HOW: Record<ClusterConnectionStatus['kind'], string> = {
  agent: 'Its agent dials out to the portal; nothing reaches in.',
  kubeconfig: 'The portal dials it, with the kubeconfig of its configuration.',
  transport:
    'The portal reaches it by a transport that a module adds, as its configuration says.',
  inventory: 'The portal dials it, where a hub or the catalog says that it is.',
  backstage:
    "The portal reaches it through the proxy of Backstage's Kubernetes plugin, which signs in there.",
  playground: 'It is simulated inside the portal.',
};

/** Connection of the cluster: how it is made, its state, last contact and round trip. */
export function ConnectionPanel({
  cluster,
}: {
  cluster: Cluster;
}): JSX.Element {
  const { connection, observedAt, freshness, nodes } = cluster;
  return (
    <Panel
      title="Connection"
      aside={describeConnection(connection)}
      foot={cluster.join && <Joining cluster={cluster} join={cluster.join} />}
    >
      <p className={`${styles.line} ${styles.quiet}`}>{HOW[connection.kind]}</p>
      {connection.kind === 'playground' && (
        <IsolationOfCode className={`${styles.line} ${styles.quiet}`} />
      )}
      <Facts
        facts={{
          State: freshness,
          Since: connection.since ? (
            <Age at={connection.since} after=" ago" />
          ) : undefined,
          'Last contact': observedAt ? (
            <Age at={observedAt} after=" ago" />
          ) : (
            'never'
          ),
          'Round trip':
            connection.roundTripMs === null
              ? 'not measured'
              : describeDuration(connection.roundTripMs),
          Agent: describeAgent(connection),
          Nodes: `${nodes.ready} of ${nodes.total} ready${
            freshness === 'live' ? '' : ' when it was last seen'
          }`,
        }}
      />
      {connection.upgrade?.problem && (
        <ProblemCard problem={connection.upgrade.problem} tone="warning" />
      )}
    </Panel>
  );
}

/** Link to the page of the joining, for a cluster that is joining or has to join again. */
function Joining({
  cluster,
  join,
}: {
  cluster: Cluster;
  join: ClusterJoin;
}): JSX.Element {
  const links = useLinks();
  return (
    <Link to={links.joinCluster(cluster.name)}>
      {hasJoined(join) ? 'How it joined' : 'See it join'}
    </Link>
  );
}

function describeAgent({
  agentVersion,
  upgrade,
}: ClusterConnectionStatus): string | undefined {
  if (agentVersion === undefined) return undefined;
  if (!upgrade) return agentVersion;
  const { version, state } = upgrade;
  switch (state) {
    case 'waiting':
      return `${agentVersion}, ${version} waits for its turn`;
    case 'upgrading':
      return `${agentVersion}, ${version} on its way`;
    case 'halted':
      return `${agentVersion}, ${version} was stopped`;
    default:
      return state satisfies never;
  }
}
