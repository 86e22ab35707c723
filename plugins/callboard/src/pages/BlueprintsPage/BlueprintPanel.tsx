import { Button } from '@backstage/ui';
import type {
  BlueprintSummary,
  BlueprintVersionSummary,
} from '@callboard/plugin-callboard-common';
import { countOf } from '@callboard/plugin-callboard-common';
import {
  OnlyNow,
  Panel,
  ProblemCard,
  Prose,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { BlueprintRollout } from './BlueprintRollout';
import { RollOutDialog } from './RollOutDialog';
import { VersionBar } from './VersionBar';
import { VersionDetails } from './VersionDetails';
import styles from './BlueprintsPage.module.css';

const ADDRESS = { open: '' };

/** One blueprint: its versions with their clusters, rollouts in progress, and the contents of a version. */
export function BlueprintPanel({
  blueprint,
  mayManage,
}: {
  blueprint: BlueprintSummary;
  mayManage: boolean;
}): JSX.Element {
  const { name, title, description, sentence, versions, rollout } = blueprint;
  const [address, setAddress] = useUrlState(ADDRESS);
  const [asked, setAsked] = useState<number>();
  return (
    <Panel
      title={title}
      aside={name}
      {...(versions.some(({ problem }) => problem) && {
        tone: 'warning' as const,
      })}
    >
      <div className={styles.blueprint}>
        <p className={styles.text}>
          <Prose>{`${sentence}.`}</Prose>
        </p>
        {description !== undefined && (
          <p className={styles.quiet}>
            <Prose>{description}</Prose>
          </p>
        )}
        <VersionBar title={title} versions={versions} />
        <ul className={styles.list} aria-label={`Versions of ${title}`}>
          {versions.map(version => {
            const key = `${name}@${version.version}`;
            const isOpen = address.open === key;
            return (
              <li key={key} className={styles.version}>
                <div className={styles.line}>
                  <span>
                    <span className={styles.name}>
                      Version {version.version}
                    </span>{' '}
                    <span className={styles.quiet}>{describe(version)}</span>
                  </span>
                  <span className={styles.actions}>
                    <Button
                      variant="tertiary"
                      aria-expanded={isOpen}
                      aria-label={`${isOpen ? 'Hide' : 'Show'} what version ${
                        version.version
                      } of ${title} holds`}
                      onPress={() => setAddress({ open: isOpen ? '' : key })}
                    >
                      {isOpen ? 'Hide' : 'What it holds'}
                    </Button>
                    <OnlyNow>
                      <Button
                        variant="secondary"
                        aria-label={`Roll out version ${version.version} of ${title}`}
                        onPress={() => setAsked(version.version)}
                      >
                        {mayManage && version.state === 'active'
                          ? 'Roll out…'
                          : 'What if…'}
                      </Button>
                    </OnlyNow>
                  </span>
                </div>
                {version.problem && <ProblemCard problem={version.problem} />}
                {isOpen && (
                  <VersionDetails
                    name={name}
                    title={title}
                    version={version.version}
                  />
                )}
              </li>
            );
          })}
        </ul>
        {rollout && (
          <BlueprintRollout
            blueprint={name}
            title={title}
            rollout={rollout}
            mayManage={mayManage}
          />
        )}
      </div>
      {asked !== undefined && (
        <RollOutDialog
          of={{ name, version: asked }}
          title={title}
          mayStart={
            mayManage &&
            versions.some(
              each => each.version === asked && each.state === 'active',
            )
          }
          onClose={() => setAsked(undefined)}
        />
      )}
    </Panel>
  );
}

/** `active, in stable, on 4 clusters, 1 of them with drift`. */
function describe({
  state,
  channels,
  base,
  clusters,
  drifted = 0,
}: BlueprintVersionSummary): string {
  return [
    state,
    channels.length > 0 ? `in ${channels.join(', ')}` : '',
    base === undefined ? '' : `with all of ${base}`,
    clusters === 0 ? 'on no cluster' : `on ${countOf(clusters, 'cluster')}`,
    drifted === 0 ? '' : `${drifted} of them with drift`,
  ]
    .filter(Boolean)
    .join(', ');
}
