import { ButtonLink } from '@backstage/ui';
import type { Cluster, LabelsByHand } from '@callboard/plugin-callboard-common';
import { countApps, describeCluster } from '@callboard/plugin-callboard-core';
import {
  Age,
  ChangeList,
  describeActor,
  HealthMark,
  Panel,
  ProblemCard,
  Sentence,
  ShowView,
  shownStatus,
  useJournal,
  useSentence,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { hasJoined } from '../JoinPage/describeJoin';
import { SkeletonRows } from '../SkeletonRows';
import { BlueprintPanel } from './BlueprintPanel';
import { ConnectionPanel } from './ConnectionPanel';
import { CapacityPanel } from './CapacityPanel';
import { SchedulingPanel } from './SchedulingPanel';
import styles from './ClusterContent.module.css';

const LATEST_CHANGES = 8;

/** The content of a cluster below its head, shared by its page and its catalog entity. */
export function ClusterContent({ cluster }: { cluster: Cluster }): JSX.Element {
  const { problem } = cluster.connection;
  const sentence = useSentence(cluster.sentence, {
    isSilent: cluster.freshness !== 'live',
    describe: now => describeCluster(cluster, now),
  });
  return (
    <div className={styles.content}>
      <Sentence status={shownStatus(cluster.health, cluster.freshness)}>
        {sentence}
      </Sentence>
      <StillJoining cluster={cluster} />
      {problem && <ProblemCard problem={problem} tone="warning" />}
      <div className={styles.columns}>
        <div className={styles.column}>
          <SchedulingPanel cluster={cluster} />
          <AppsHere cluster={cluster} />
          <BlueprintPanel cluster={cluster} />
          <Changes cluster={cluster.name} />
        </div>
        <div className={styles.column}>
          <CapacityPanel cluster={cluster} />
          <ConnectionPanel cluster={cluster} />
          <LabelsPanel cluster={cluster} />
        </div>
      </div>
    </div>
  );
}

function StillJoining({
  cluster: { name, join },
}: {
  cluster: Cluster;
}): JSX.Element | null {
  const links = useLinks();
  if (!join || hasJoined(join)) return null;
  return (
    <Panel
      title="It has not joined yet"
      tone="info"
      foot={<ButtonLink href={links.joinCluster(name)}>See it join</ButtonLink>}
    />
  );
}

function AppsHere({
  cluster: { apps, freshness, observedAt },
}: {
  cluster: Cluster;
}): JSX.Element {
  const links = useLinks();
  return (
    <Panel title="Apps" aside={countApps(apps)} flush>
      <ul className={styles.list}>
        {apps.length === 0 && (
          <li className={`${styles.item} ${styles.quiet}`}>
            No app runs here.
          </li>
        )}
        {apps.map(({ app, environment, environmentTitle, release, health }) => (
          <li key={`${app} ${environment}`} className={styles.item}>
            <span>
              <Link className={styles.name} to={links.app(app)}>
                {app}
              </Link>{' '}
              <span className={styles.quiet}>
                {environmentTitle}
                {release !== null && ` · release ${release}`}
              </span>
            </span>
            <HealthMark
              health={health}
              freshness={freshness}
              observedAt={observedAt}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Changes({ cluster }: { cluster: string }): JSX.Element {
  const view = useJournal({ cluster, limit: LATEST_CHANGES });
  return (
    <Panel title="What changed" flush>
      <ShowView quiet view={view} loading={<SkeletonRows inset rows={3} />}>
        {entries => <ChangeList entries={entries} />}
      </ShowView>
    </Panel>
  );
}

function LabelsPanel({
  cluster: { labels, labelsByHand, claims, taints },
}: {
  cluster: Cluster;
}): JSX.Element {
  return (
    <Panel title="Labels, claims and taints">
      <h3 className={styles.part}>Labels</h3>
      <Pairs values={labels} byHand={labelsByHand?.labels} />
      {labelsByHand && <SetByHand labels={labelsByHand} />}
      <h3 className={styles.part}>Claims</h3>
      <Pairs values={claims} />
      {taints.length > 0 && <h3 className={styles.part}>Taints</h3>}
      <div className={styles.tags}>
        {taints.map(({ key, value, effect }) => (
          <span
            key={`${key} ${effect}`}
            className={styles.tag}
            title="Keeps apps away that do not tolerate it"
          >
            {value === undefined ? key : `${key}=${value}`}: {effect}
          </span>
        ))}
      </div>
    </Panel>
  );
}

function Pairs({
  values,
  byHand = {},
}: {
  values: Record<string, string>;
  byHand?: Record<string, string>;
}): JSX.Element {
  const pairs = Object.entries(values);
  if (pairs.length === 0) return <p className={styles.quiet}>none</p>;
  return (
    <div className={styles.tags}>
      {pairs.map(([key, value]) => (
        <span key={key} className={styles.tag}>
          {key}={value}
          {key in byHand && <span className={styles.quiet}> by hand</span>}
        </span>
      ))}
    </div>
  );
}

/** Labels set by hand, with the values of the source that they replace. */
function SetByHand({
  labels: { replaced, by, since },
}: {
  labels: LabelsByHand;
}): JSX.Element {
  const hidden = Object.entries(replaced).map(
    ([key, value]) => `${key}=${value}`,
  );
  return (
    <p className={`${styles.line} ${styles.quiet}`}>
      Labels set by hand count instead of the source's. Last changed by{' '}
      {describeActor(by)}, <Age at={since} after=" ago" />.
      {hidden.length > 0 && ` The source says ${hidden.join(', ')}.`}
    </p>
  );
}
