import {
  type AppEnvironment,
  nameCluster,
  type RolloutPhaseName,
  type RolloutSummary,
} from '@callboard/plugin-callboard-common';
import { VisuallyHidden } from '@backstage/ui';
import {
  describePromotion,
  describeServing,
} from '@callboard/plugin-callboard-core';
import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import { Age } from './Age';
import { describeReleaser } from './describeActor';
import { HealthMark } from './HealthMark';
import { EnvironmentAddresses } from './EnvironmentAddresses';
import { Prose } from './Prose';
import styles from './EnvironmentStrip.module.css';

const NAMED_CLUSTERS = 6; // more would make a step taller than its neighbours: they are counted instead

export interface EnvironmentStripProps {
  /** In order of promotion. */
  environments: AppEnvironment[];
  hrefOfCluster: (cluster: string) => string;
}

/** Environments of an app as steps, each with release, state and clusters; between them, what promotion waits for. */
export function EnvironmentStrip({
  environments,
  hrefOfCluster,
}: EnvironmentStripProps): JSX.Element {
  return (
    <ol className={styles.strip} aria-label="Environments">
      {environments.map((environment, index) => (
        <Fragment key={environment.name}>
          {index > 0 && (
            <Way
              environment={environment}
              from={environments.find(
                ({ name }) => name === environment.promotion?.from,
              )}
            />
          )}
          <Step environment={environment} hrefOfCluster={hrefOfCluster} />
        </Fragment>
      ))}
    </ol>
  );
}

function Step({
  environment,
  hrefOfCluster,
}: {
  environment: AppEnvironment;
  hrefOfCluster: (cluster: string) => string;
}): JSX.Element {
  const { title, release, health, freshness, clusters } = environment;
  const serving = describeServing(clusters);
  return (
    <li className={styles.step} data-testid={`environment-${environment.name}`}>
      <div className={styles.head}>
        <h2 className={styles.name}>{title}</h2>
        {release && (
          <HealthMark
            health={health}
            freshness={freshness}
            observedAt={oldestSeen(environment)}
          />
        )}
      </div>
      {release ? (
        <>
          <p className={styles.release} title={release.message}>
            <span className={styles.number}>Release {release.number}</span>{' '}
            {release.message}
          </p>
          <p className={styles.quiet}>{describeArrival(environment)}</p>
          {environment.rollout && environment.rollout.phase !== 'done' && (
            <p className={styles.quiet}>{describeWave(environment.rollout)}</p>
          )}
          {serving && <p className={styles.quiet}>{upperFirst(serving)}</p>}
          <EnvironmentAddresses environment={environment} />
          {clusters.length > 0 && (
            <Clusters environment={environment} hrefOfCluster={hrefOfCluster} />
          )}
        </>
      ) : (
        <p className={styles.quiet}>No release here yet</p>
      )}
    </li>
  );
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function Clusters({
  environment: { clusters, placement },
  hrefOfCluster,
}: {
  environment: AppEnvironment;
  hrefOfCluster: (cluster: string) => string;
}): JSX.Element {
  const wanted = placement?.wanted;
  return (
    <>
      <ul className={styles.clusters} aria-label="Clusters">
        {clusters
          .slice(0, NAMED_CLUSTERS)
          .map(({ cluster, title, health, freshness, observedAt }) => (
            <li key={cluster}>
              <Link className={styles.cluster} to={hrefOfCluster(cluster)}>
                <HealthMark
                  health={health}
                  freshness={freshness}
                  observedAt={observedAt}
                  compact
                  size={11}
                />
                {nameCluster({ name: cluster, title })}
              </Link>
            </li>
          ))}
        {clusters.length > NAMED_CLUSTERS && (
          <li className={styles.quiet}>
            and {clusters.length - NAMED_CLUSTERS} more
          </li>
        )}
      </ul>
      {placement && !placement.satisfied && wanted !== undefined && (
        <p className={styles.quiet}>
          On {placement.chosen} of {wanted} wanted clusters
        </p>
      )}
    </>
  );
}

function Way({
  environment,
  from,
}: {
  environment: AppEnvironment;
  from?: AppEnvironment;
}): JSX.Element {
  const { promotion } = environment;
  const wait = describePromotion(environment, from);
  return (
    <li className={styles.way}>
      <VisuallyHidden>
        {promotion
          ? `Promoted from ${from?.title ?? promotion.from}. `
          : 'Then. '}
      </VisuallyHidden>
      <svg
        className={styles.arrow}
        width="20"
        height="12"
        viewBox="0 0 20 12"
        aria-hidden="true"
      >
        <path
          d="M1 6h17M13 1l5 5-5 5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
      </svg>
      {wait && (
        <span>
          <Prose>{wait}</Prose>
        </span>
      )}
    </li>
  );
}

const PHASES: Record<RolloutPhaseName, string> = {
  applying: 'under way',
  soaking: 'being watched',
  paused: 'paused',
  held: 'waiting for a window of changes',
  halted: 'halted',
  'waiting-for-clusters': 'waiting for a cluster that cannot be reached',
  aborted: 'aborted',
  done: 'done',
};

/** `Wave 2 of 3, soaking`. */
function describeWave({ wave, waveCount, phase }: RolloutSummary): string {
  return `Wave ${wave} of ${waveCount}, ${PHASES[phase]}`;
}

function describeArrival({
  releasedBy,
  releasedAt,
  release,
}: AppEnvironment): JSX.Element {
  const at = releasedAt ?? release?.createdAt;
  return (
    <>
      {releasedBy ? describeReleaser(releasedBy) : 'Released'}
      {at && (
        <>
          {', '}
          <Age at={at} after=" ago" />
        </>
      )}
    </>
  );
}

/** The earliest contact among clusters that are not live: it is the age of the environment. */
function oldestSeen({ clusters }: AppEnvironment): string | null {
  const silent = clusters
    .filter(cluster => cluster.freshness !== 'live')
    .map(cluster => cluster.observedAt);
  if (silent.length === 0 || silent.includes(null)) return null;
  return silent.reduce((oldest, at) => (at! < oldest! ? at : oldest));
}
