import { describeFleet } from '@callboard/plugin-callboard-core';
import { Skeleton } from '@backstage/ui';
import type {
  Cluster,
  FleetSummary,
  HealthStatus,
} from '@callboard/plugin-callboard-common';
import {
  dataOf,
  Sentence,
  ShowView,
  shownStatus,
  useClusters,
  useFleet,
  useInstant,
  useSentence,
  WhileConnected,
} from '@callboard/plugin-callboard-react';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { WhatIfPanel } from '../WhatIf/WhatIfPanel';
import { FleetActions } from './FleetActions';
import { FleetClusters } from './FleetClusters';
import { NoClusters } from './NoClusters';
import { PlaygroundPanel } from './PlaygroundPanel';

/** Page of the fleet: the state of its clusters. */
export function FleetPage(): JSX.Element {
  return (
    <CallboardPage>
      <Fleet />
    </CallboardPage>
  );
}

function Fleet(): JSX.Element {
  const fleet = useFleet();
  const clusters = useClusters();
  // Both come from the same API: when neither can be loaded, one card is enough.
  const isSaidBelow =
    clusters.kind === 'failed' && fleet.kind === 'failed' && !fleet.lastKnown;
  const isPast = useInstant() !== undefined;
  // Its switches are actions, so it is absent from pages of the past.
  const hasPlayground = !isPast && (dataOf(fleet)?.playground ?? false);
  return (
    <PageFrame
      title="Fleet"
      customActions={
        <FleetActions hasClusters={(dataOf(clusters)?.length ?? 0) > 0} />
      }
    >
      {!isSaidBelow && (
        <ShowView view={fleet} loading={<Skeleton width="60%" height={26} />}>
          {summary => (
            <FleetSentence
              summary={summary}
              clusters={dataOf(clusters) ?? []}
            />
          )}
        </ShowView>
      )}
      <ShowView
        view={clusters}
        loading={<SkeletonPanel rows={8} height={32} />}
      >
        {all =>
          all.length === 0 ? (
            <NoClusters />
          ) : (
            <>
              {!isPast && (
                <WhileConnected>
                  <WhatIfPanel clusters={all} />
                </WhileConnected>
              )}
              <FleetClusters
                clusters={all}
                environments={dataOf(fleet)?.environments ?? []}
                appsInNeed={dataOf(fleet)?.apps.needAttention ?? 0}
              />
              {hasPlayground && (
                <WhileConnected>
                  <PlaygroundPanel clusters={all} />
                </WhileConnected>
              )}
            </>
          )
        }
      </ShowView>
    </PageFrame>
  );
}

/** Counted from the clusters on the page, so that both agree. */
function FleetSentence({
  summary,
  clusters,
}: {
  summary: FleetSummary;
  clusters: Cluster[];
}): JSX.Element {
  const { apps, problem, sentence: said } = summary;
  const sentence = useSentence(said, {
    isSilent: clusters.some(({ freshness }) => freshness !== 'live'),
    describe: now => describeFleet({ clusters, apps, problem }, now),
  });
  return <Sentence status={statusOf(summary, clusters)}>{sentence}</Sentence>;
}

/**
 * Status beside the sentence: the worst of the clusters. Unreachable clusters
 * are Unknown, not broken. There is no mark when only apps need attention,
 * because the clusters are not at fault.
 */
function statusOf(
  { clusters, apps }: FleetSummary,
  known: Cluster[],
): HealthStatus | undefined {
  if (known.length === 0) return undefined; // an empty fleet has no status
  const isBroken = known.some(({ health, freshness }) => {
    const status = shownStatus(health, freshness);
    return status === 'Degraded' || status === 'Missing';
  });
  if (isBroken) return 'Degraded';
  if (clusters.stale + clusters.unreachable > 0) return 'Unknown';
  return apps.needAttention > 0 ? undefined : 'Healthy';
}
