import { Select, Skeleton } from '@backstage/ui';
import type { Cluster, FleetSummary } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  FleetMap,
  groupingLabels,
  Panel,
  SearchBox,
  Sentence,
  ShowView,
  useClusters,
  useFleet,
  useInstant,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { useDeferredValue } from 'react';
import { useLinks } from '../../useLinks';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { WhatIfPanel } from '../WhatIf/WhatIfPanel';
import { ClusterTable } from './ClusterTable';
import { FleetActions } from './FleetActions';
import { filterClusters } from './filterClusters';
import { NoClusters } from './NoClusters';
import { PlaygroundPanel } from './PlaygroundPanel';
import styles from './FleetPage.module.css';

const GROUP_BY = 'region';
const ADDRESS = { q: '', group: GROUP_BY };

/** How is the fleet? */
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
  // Both come from the same place: when neither can be asked, one card is enough.
  const isSaidBelow =
    clusters.kind === 'failed' && fleet.kind === 'failed' && !fleet.lastKnown;
  const isPast = useInstant() !== undefined;
  // Its switches act, so they are of now alone.
  const hasPlayground = !isPast && (dataOf(fleet)?.playground ?? false);
  return (
    <PageFrame title="Fleet" customActions={<FleetActions />}>
      {!isSaidBelow && (
        <ShowView view={fleet} loading={<Skeleton width="60%" height={26} />}>
          {summary => (
            <Sentence status={statusOf(summary)}>{summary.sentence}</Sentence>
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
              {!isPast && <WhatIfPanel clusters={all} />}
              <div
                className={styles.columns}
                data-with-side={hasPlayground ? '' : undefined}
              >
                <Clusters clusters={all} />
                {hasPlayground && <PlaygroundPanel clusters={all} />}
              </div>
            </>
          )
        }
      </ShowView>
    </PageFrame>
  );
}

function Clusters({ clusters }: { clusters: Cluster[] }): JSX.Element {
  const links = useLinks();
  const [{ q: search, group: groupBy }, setAddress] = useUrlState(ADDRESS);
  // Typing stays fluent while a thousand tiles follow.
  const shown = filterClusters(clusters, useDeferredValue(search));
  const labels = [...new Set([GROUP_BY, ...groupingLabels(clusters), groupBy])];
  return (
    <div className={styles.main}>
      <div className={styles.tools}>
        <div className={styles.search}>
          <SearchBox
            label="Search clusters, labels, apps"
            value={search}
            onChange={q => setAddress({ q })}
          />
        </div>
        <div className={styles.group}>
          <Select
            aria-label="Group by label"
            selectionMode="single"
            value={groupBy}
            onChange={key => setAddress({ group: String(key ?? GROUP_BY) })}
            options={labels.map(label => ({ id: label, label: `By ${label}` }))}
          />
        </div>
      </div>
      <Panel
        title="Map"
        aside={search && `${shown.length} of ${clusters.length} clusters`}
      >
        <FleetMap clusters={shown} groupBy={groupBy} hrefOf={links.cluster} />
      </Panel>
      <Panel title="Clusters" flush>
        <ClusterTable clusters={shown} hrefOf={links.cluster} />
      </Panel>
    </div>
  );
}

/** The mark before the sentence: what is worst in the fleet. */
function statusOf({ clusters, apps }: FleetSummary) {
  if (apps.needAttention > 0) return 'Degraded';
  return clusters.stale + clusters.unreachable > 0 ? 'Unknown' : 'Healthy';
}
