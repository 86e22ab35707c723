import type {
  BlueprintAddonView,
  BlueprintVersionDetails,
} from '@callboard/plugin-callboard-common';
import { countOf } from '@callboard/plugin-callboard-common';
import {
  Prose,
  ShowView,
  useBlueprintVersion,
  useClusterName,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { SkeletonRows } from '../SkeletonRows';
import styles from './BlueprintsPage.module.css';

/** A version: its inheritance, guard rails, add-ons with their health over the fleet, and clusters. */
export function VersionDetails({
  name,
  title,
  version,
}: {
  name: string;
  title: string;
  version: number;
}): JSX.Element {
  return (
    <ShowView
      view={useBlueprintVersion({ name, version })}
      loading={<SkeletonRows rows={3} />}
    >
      {details => (
        <section
          className={styles.details}
          aria-label={`Version ${version} of ${title}`}
        >
          <p className={styles.text}>{`${details.sentence}.`}</p>
          <p className={styles.quiet}>{describeInheritance(details)}</p>
          <GuardRails sentences={details.guardRails} />
          <h3 className={styles.heading}>Add-ons</h3>
          <ul className={styles.list} aria-label="Add-ons">
            {details.addons.map(addon => (
              <Addon key={addon.name} addon={addon} of={name} />
            ))}
          </ul>
          <Clusters details={details} />
        </section>
      )}
    </ShowView>
  );
}

function describeInheritance({ inherits }: BlueprintVersionDetails): string {
  return inherits.length === 0
    ? 'It inherits from no other blueprint.'
    : `It inherits from ${inherits
        .map(({ name, version }) => `${name} ${version}`)
        .join(', then ')}.`;
}

function GuardRails({
  sentences,
}: {
  sentences: readonly string[];
}): JSX.Element {
  return (
    <>
      <h3 className={styles.heading}>Guard rails of apps</h3>
      {sentences.length === 0 ? (
        <p className={styles.quiet}>
          It holds apps to nothing beyond what Callboard does everywhere.
        </p>
      ) : (
        <ul className={styles.list} aria-label="Guard rails of apps">
          {sentences.map(sentence => (
            <li key={sentence}>
              <Prose>{`${sentence}.`}</Prose>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Addon({
  addon: { name, description, from, replaces, objects, health },
  of,
}: {
  addon: BlueprintAddonView;
  of: string;
}): JSX.Element {
  const states = Object.entries(health).map(
    ([status, clusters]) => `${status} on ${countOf(clusters ?? 0, 'cluster')}`,
  );
  const origin = [
    from.name === of ? '' : `from ${from.name} ${from.version}`,
    replaces.length > 0
      ? `in place of that of ${replaces
          .map(each => `${each.name} ${each.version}`)
          .join(', ')}`
      : '',
  ].filter(Boolean);
  return (
    <li>
      <span className={styles.name}>{name}</span>{' '}
      {description !== undefined && <Prose>{description}</Prose>}
      <span className={styles.quiet}>
        {[
          ...origin,
          objects
            .map(({ kind, name: object }) => `${kind} ${object}`)
            .join(', '),
          ...(states.length > 0 ? states : ['nothing seen of it yet']),
        ].join('; ')}
      </span>
    </li>
  );
}

function Clusters({
  details: { clusters },
}: {
  details: BlueprintVersionDetails;
}): JSX.Element | null {
  const links = useLinks();
  const nameOf = useClusterName();
  if (clusters.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>Clusters</h3>
      <ul className={styles.list} aria-label="Clusters">
        {clusters.map(
          ({ cluster, shall, runs, follows, drift, changes, health }) => (
            <li key={cluster}>
              <Link className={styles.name} to={links.cluster(cluster)}>
                {nameOf(cluster)}
              </Link>{' '}
              {health.status}
              <span className={styles.quiet}>
                {[
                  runs === shall
                    ? `runs version ${shall}`
                    : `shall run version ${shall}, runs ${
                        runs === null ? 'none yet' : `version ${runs}`
                      }`,
                  `follows ${follows}`,
                  drift === 0
                    ? 'no drift'
                    : `${countOf(drift, 'object')} drifted`,
                  changes,
                ].join('; ')}
              </span>
            </li>
          ),
        )}
      </ul>
    </>
  );
}
