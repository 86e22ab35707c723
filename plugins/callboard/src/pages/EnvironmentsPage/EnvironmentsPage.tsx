import { Skeleton } from '@backstage/ui';
import {
  type EnvironmentSummary,
  countOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import {
  InstantPicker,
  Panel,
  Sentence,
  ShowView,
  useEnvironments,
} from '@callboard/plugin-callboard-react';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { EnvironmentPanel } from './EnvironmentPanel';
import { PromotionPath } from './PromotionPath';
import styles from './EnvironmentsPage.module.css';

/** Page of environments: their requirements for apps and clusters, and the state of their apps. */
export function EnvironmentsPage(): JSX.Element {
  return (
    <CallboardPage>
      <PageFrame title="Environments" customActions={<InstantPicker />}>
        <Environments />
      </PageFrame>
    </CallboardPage>
  );
}

function Environments(): JSX.Element {
  return (
    <ShowView
      view={useEnvironments()}
      loading={
        <>
          <Skeleton width="60%" height={26} />
          <SkeletonPanel rows={4} height={32} />
        </>
      }
    >
      {environments => (
        <div className={styles.main}>
          <Sentence
            {...(environments.length > 0 && { status: statusOf(environments) })}
          >
            {describeEnvironments(environments)}
          </Sentence>
          {environments.length === 0 ? (
            <Panel title="How to begin">
              <p className={styles.text}>
                An environment is a file of kind Environment in the folder
                environments of the platform&apos;s files. A push releases to
                the first.
              </p>
            </Panel>
          ) : (
            <PromotionPath environments={environments} />
          )}
          {environments.map(environment => (
            <EnvironmentPanel
              key={environment.name}
              environment={environment}
            />
          ))}
        </div>
      )}
    </ShowView>
  );
}

/** `2 environments; 1 app in Production needs attention.` */
function describeEnvironments(
  environments: readonly EnvironmentSummary[],
): string {
  if (environments.length === 0) return 'The platform has no environments.';
  const clauses = [
    countOf(environments.length, 'environment'),
    ...environments
      .filter(hasNowhere)
      .map(({ title }) => `no cluster may take an app of ${title}`),
    ...environments
      .filter(({ apps }) => apps.needAttention > 0)
      .map(({ title, apps: { needAttention } }) => {
        return `${countOf(needAttention, 'app')} in ${title} ${pluralOf(
          needAttention,
          'needs',
          'need',
        )} attention`;
      }),
  ];
  if (clauses.length === 1) clauses.push('no app needs attention');
  return `${clauses.join('; ')}.`;
}

function hasNowhere({ clusters }: EnvironmentSummary): boolean {
  return clusters !== undefined && !clusters.some(({ fits }) => fits);
}

function statusOf(environments: readonly EnvironmentSummary[]) {
  return environments.some(
    each => each.apps.needAttention > 0 || hasNowhere(each),
  )
    ? 'Degraded'
    : 'Healthy';
}
