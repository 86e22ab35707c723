import { usePermission } from '@backstage/plugin-permission-react';
import {
  type Cluster,
  clusterManagePermission,
  type FleetSummary,
} from '@callboard/plugin-callboard-common';
import {
  FleetMap,
  focusWhenDrawn,
  groupClusters,
  Panel,
  useInstant,
  useUrlState,
  WhileConnected,
} from '@callboard/plugin-callboard-react';
import { useDeferredValue } from 'react';
import { useLinks } from '../../useLinks';
import {
  asClusterFilter,
  passesFilter,
  readSort,
  sortClusters,
  writeSort,
} from './arrangeClusters';
import { ClusterGroupPanel } from './ClusterGroupPanel';
import { CompareClusters } from './CompareClusters';
import { filterClusters } from './filterClusters';
import { FleetAttention } from './FleetAttention';
import { ALL_TOGETHER, FLEET_ADDRESS } from './fleetAddress';
import { FleetTools } from './FleetTools';
import {
  COMPARE_BUTTON,
  SelectionBar,
  type SeveralAction,
} from './SelectionBar';
import styles from './FleetPage.module.css';

/**
 * The clusters: those that need attention, then all as a table or as a map,
 * with search, filter, groups, order and selection.
 */
export function FleetClusters({
  clusters,
  environments,
  appsInNeed,
}: {
  clusters: Cluster[];
  /** Environments of the platform, in their order. */
  environments: FleetSummary['environments'];
  /** Number of apps that need attention. */
  appsInNeed: number;
}): JSX.Element {
  const links = useLinks();
  const [address, setAddress] = useUrlState(FLEET_ADDRESS);
  const {
    q: search,
    group,
    view,
    show,
    sort,
    sel,
    compare,
    unfolded,
  } = address;
  const { allowed } = usePermission({ permission: clusterManagePermission });
  const isNow = useIsNow();
  const canSelect = allowed && isNow;
  // Deferred, so that typing stays fluent while a thousand rows follow.
  const found = filterClusters(clusters, useDeferredValue(search));
  const shown = sortClusters(
    found.filter(cluster => passesFilter(cluster, asClusterFilter(show))),
    readSort(sort),
  );
  const selected = namesIn(sel);
  const chosen = clusters
    .filter(({ name }) => selected.has(name))
    .sort((a, b) => a.name.localeCompare(b.name));
  const compared = clusters.filter(({ name }) => namesIn(compare).has(name));
  const groups =
    group === ALL_TOGETHER
      ? [{ value: ALL_TOGETHER, title: 'Clusters', clusters: shown }]
      : groupClusters(shown, group, environments);
  const select = (names: ReadonlySet<string>) =>
    setAddress({ sel: [...names].sort().join(',') });
  // A filtered list is shown in full.
  const isNarrowed = search !== '' || asClusterFilter(show) !== 'all';

  return (
    <div className={styles.main}>
      <FleetAttention
        clusters={clusters}
        appsInNeed={appsInNeed}
        hrefOf={links.cluster}
        hrefOfApps={links.appsInNeed()}
        onShowAll={() => setAddress({ show: 'attention', view: '' })}
      />
      <FleetTools clusters={clusters} found={found} shown={shown.length} />
      {canSelect && chosen.length > 0 && (
        <WhileConnected>
          <SelectionBar
            selected={chosen}
            action={asAction(address.several)}
            onAction={several => setAddress({ several })}
            onCompare={() => setAddress({ compare: sel })}
            onClear={() => {
              setAddress({ sel: '', several: '' });
              focusWhenDrawn('main input[type="search"]');
            }}
          />
        </WhileConnected>
      )}
      {compared.length === 2 && (
        <CompareClusters
          left={compared[0]}
          right={compared[1]}
          onClose={() => {
            setAddress({ compare: '' });
            focusWhenDrawn(`#${COMPARE_BUTTON}`);
          }}
        />
      )}
      {shown.length === 0 && <Panel title="No cluster matches" />}
      {view === 'map' && shown.length > 0 && (
        <Panel title="Map">
          <FleetMap
            clusters={shown}
            groupBy={group}
            environments={environments}
            hrefOf={links.cluster}
          />
        </Panel>
      )}
      {view !== 'map' &&
        groups.map(({ value, title, clusters: members }) => (
          <ClusterGroupPanel
            key={value}
            group={group === ALL_TOGETHER ? undefined : { label: group, title }}
            clusters={members}
            hrefOf={links.cluster}
            search={search}
            sort={readSort(sort)}
            onSort={next => setAddress({ sort: writeSort(next) })}
            selected={selected}
            onSelect={canSelect ? select : undefined}
            isUnfolded={isNarrowed || namesIn(unfolded).has(value)}
            onUnfold={() =>
              setAddress({
                unfolded: [...namesIn(unfolded), value].join(','),
              })
            }
          />
        ))}
    </div>
  );
}

function useIsNow(): boolean {
  return useInstant() === undefined;
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.split(',').filter(Boolean));
}

function asAction(text: string): SeveralAction {
  return text === 'cordon' || text === 'uncordon' || text === 'label'
    ? text
    : '';
}
