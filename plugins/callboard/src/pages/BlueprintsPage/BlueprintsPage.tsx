import { Skeleton } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  type BlueprintSummary,
  clusterManagePermission,
  countOf,
} from '@callboard/plugin-callboard-common';
import {
  InstantPicker,
  Panel,
  Sentence,
  ShowView,
  useBlueprints,
} from '@callboard/plugin-callboard-react';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { BlueprintPanel } from './BlueprintPanel';
import styles from './BlueprintsPage.module.css';

/** Page of blueprints: the versions that clusters run, and rollouts in progress. */
export function BlueprintsPage(): JSX.Element {
  return (
    <CallboardPage>
      <PageFrame title="Blueprints" customActions={<InstantPicker />}>
        <Blueprints />
      </PageFrame>
    </CallboardPage>
  );
}

function Blueprints(): JSX.Element {
  const { allowed } = usePermission({ permission: clusterManagePermission });
  return (
    <ShowView
      view={useBlueprints()}
      loading={
        <>
          <Skeleton width="60%" height={26} />
          <SkeletonPanel rows={4} height={32} />
        </>
      }
    >
      {blueprints => (
        <div className={styles.main}>
          <Sentence
            {...(statusOf(blueprints) && { status: statusOf(blueprints) })}
          >
            {describeBlueprints(blueprints)}
          </Sentence>
          {blueprints.length === 0 && (
            <Panel title="How to begin">
              <p className={styles.text}>
                A blueprint is a file of kind Blueprint in the folder blueprints
                of the platform&apos;s files. Clusters name it as
                spec.blueprint.
              </p>
            </Panel>
          )}
          {blueprints.map(blueprint => (
            <BlueprintPanel
              key={blueprint.name}
              blueprint={blueprint}
              mayManage={allowed}
            />
          ))}
        </div>
      )}
    </ShowView>
  );
}

/** `3 blueprints on 8 clusters; Edge is halted.` */
function describeBlueprints(blueprints: readonly BlueprintSummary[]): string {
  if (blueprints.length === 0) return 'The platform has no blueprints.';
  const clusters = blueprints
    .flatMap(({ versions }) => versions)
    .reduce((sum, version) => sum + version.clusters, 0);
  const moving = blueprints
    .filter(isMoving)
    .map(
      ({ title, rollout }) =>
        `version ${rollout?.version} of ${title} ${
          rollout?.phase === 'halted' ? 'halted' : 'is on its way'
        }`,
    );
  const refused = blueprints
    .filter(({ versions }) => versions.some(({ problem }) => problem))
    .map(({ title }) => `a changed file of ${title} counts for nothing`);
  return `${[
    `${countOf(blueprints.length, 'blueprint')} on ${countOf(
      clusters,
      'cluster',
    )}`,
    ...moving,
    ...refused,
  ].join('; ')}.`;
}

/** Whether a rollout of a version is in progress, and was not aborted. */
function isMoving({ rollout }: BlueprintSummary): boolean {
  return (
    rollout !== undefined &&
    rollout.phase !== 'done' &&
    rollout.phase !== 'aborted'
  );
}

function statusOf(blueprints: readonly BlueprintSummary[]) {
  if (blueprints.length === 0) return undefined;
  const versions = blueprints.flatMap(each => each.versions);
  const isWrong =
    blueprints.some(({ rollout }) => rollout?.phase === 'halted') ||
    versions.some(({ problem }) => problem !== undefined);
  if (isWrong) return 'Degraded';
  return blueprints.some(isMoving) ? 'Progressing' : 'Healthy';
}
