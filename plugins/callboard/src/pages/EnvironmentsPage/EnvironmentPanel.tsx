import {
  type EnvironmentCluster,
  type EnvironmentRule,
  type EnvironmentSummary,
  countOf,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { Name, Panel, Prose } from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { groupRefused } from './groupRefused';
import styles from './EnvironmentsPage.module.css';

const TOPICS: Record<EnvironmentRule['topic'], string> = {
  releases: 'Releases',
  clusters: 'Clusters',
  replicas: 'Instances',
  rollout: 'Rollout',
  failover: 'Lost contact',
  addresses: 'Addresses',
  limits: 'Apps may',
};
const MOST_NAMED = 12; // clusters in one line

/** One environment: its unhealthy apps, its rules, and the clusters that it may use. */
export function EnvironmentPanel({
  environment,
}: {
  environment: EnvironmentSummary;
}): JSX.Element {
  const { name, title, description, sentence, rules, clusters, apps } =
    environment;
  const links = useLinks();
  return (
    <div id={name} className={styles.anchor}>
      <Panel
        title={title}
        aside={name}
        {...(apps.needAttention > 0 && { tone: 'warning' as const })}
      >
        <div className={styles.environment}>
          <p className={styles.text}>
            <Prose>{`${sentence}.`}</Prose>
          </p>
          {description !== undefined && (
            <p className={styles.quiet}>
              <Prose>{description}</Prose>
            </p>
          )}
          {apps.needAttention > 0 && (
            <p className={styles.text}>
              Needs attention:{' '}
              {apps.names.map((app, index) => (
                <span key={app}>
                  {index > 0 && ', '}
                  <Link to={links.app(app)}>
                    <Name>{app}</Name>
                  </Link>
                </span>
              ))}
              {apps.needAttention > apps.names.length &&
                ` and ${apps.needAttention - apps.names.length} more`}
            </p>
          )}
          <dl className={styles.rules}>
            {listTopics(rules).map(({ topic, says }) => (
              <div key={topic} className={styles.rule}>
                <dt>{TOPICS[topic]}</dt>
                {says.map(each => (
                  <dd key={each}>
                    <Prose>{`${each}.`}</Prose>
                  </dd>
                ))}
              </div>
            ))}
          </dl>
          {clusters && <Clusters title={title} clusters={clusters} />}
        </div>
      </Panel>
    </div>
  );
}

/** Groups sentences by topic. */
function listTopics(
  rules: readonly EnvironmentRule[],
): { topic: EnvironmentRule['topic']; says: string[] }[] {
  const topics = new Map<EnvironmentRule['topic'], string[]>();
  for (const { topic, says } of rules)
    topics.set(topic, [...(topics.get(topic) ?? []), says]);
  return [...topics].map(([topic, says]) => ({ topic, says }));
}

function Clusters({
  title,
  clusters,
}: {
  title: string;
  clusters: readonly EnvironmentCluster[];
}): JSX.Element {
  const fitting = clusters.filter(({ fits }) => fits);
  return (
    <section aria-label={`Clusters for ${title}`} className={styles.clusters}>
      <h3 className={styles.heading}>
        {fitting.length === 0
          ? 'No cluster may take an app'
          : `${countOf(fitting.length, 'cluster')} may take an app`}
      </h3>
      {fitting.length > 0 && (
        <ul className={styles.tiles}>
          {fitting.map(cluster => (
            <li key={cluster.name}>
              <ClusterLink cluster={cluster} />{' '}
              <span className={styles.quiet}>
                {countOf(cluster.apps, 'app')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {groupRefused(clusters).map(({ reason, refused }) => (
        <details key={reason} className={styles.refused}>
          <summary>
            {countOf(refused.length, 'cluster')} may not:{' '}
            <Prose>{reason}</Prose>
          </summary>
          <p className={styles.names}>
            {refused.slice(0, MOST_NAMED).map((cluster, index) => (
              <span key={cluster.name}>
                {index > 0 && ', '}
                <ClusterLink cluster={cluster} />
              </span>
            ))}
            {refused.length > MOST_NAMED &&
              ` and ${refused.length - MOST_NAMED} more`}
          </p>
        </details>
      ))}
    </section>
  );
}

function ClusterLink({
  cluster,
}: {
  cluster: EnvironmentCluster;
}): JSX.Element {
  const links = useLinks();
  return (
    <Link to={links.cluster(cluster.name)}>
      <Name>{nameCluster(cluster)}</Name>
    </Link>
  );
}
