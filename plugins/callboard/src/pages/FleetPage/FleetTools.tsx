import { Select, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { type Cluster, partOf } from '@callboard/plugin-callboard-common';
import {
  groupingLabels,
  SearchBox,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import {
  asClusterFilter,
  type ClusterFilter,
  passesFilter,
} from './arrangeClusters';
import { ALL_TOGETHER, FLEET_ADDRESS } from './fleetAddress';
import styles from './FleetPage.module.css';

const FILTERS: Array<{ id: ClusterFilter; title: string }> = [
  { id: 'all', title: 'All' },
  { id: 'attention', title: 'Needs attention' },
  { id: 'kept', title: 'Cordoned or draining' },
  { id: 'drifted', title: 'Drifted' },
];

const SORTS = [
  { id: '', label: 'Most urgent first' },
  { id: 'cluster', label: 'By name' },
  { id: 'place', label: 'By region' },
  { id: 'blueprint', label: 'By blueprint' },
  { id: '-apps', label: 'Most apps first' },
  { id: '-capacity', label: 'Most free capacity first' },
  { id: 'seen', label: 'Longest unseen first' },
];

/** Search, filters, grouping, order, and table or map; all of it is in the address. */
export function FleetTools({
  clusters,
  found,
  shown,
}: {
  clusters: Cluster[];
  /** Search results: the filters count them. */
  found: Cluster[];
  /** Number of results that pass the filter. */
  shown: number;
}): JSX.Element {
  const [{ q, group, view, show, sort }, setAddress] =
    useUrlState(FLEET_ADDRESS);
  const labels = [
    ...new Set([
      FLEET_ADDRESS.group,
      ...groupingLabels(clusters),
      ...(group === ALL_TOGETHER ? [] : [group]),
    ]),
  ];
  const hasSort = SORTS.some(({ id }) => id === sort);
  return (
    <div className={styles.tools}>
      <div className={styles.search}>
        <SearchBox
          label="Search clusters, labels, apps"
          value={q}
          onChange={text => setAddress({ q: text })}
        />
      </div>
      <ToggleButtonGroup
        aria-label="Table or map"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view === 'map' ? 'map' : 'table']}
        onSelectionChange={([key]) =>
          setAddress({ view: key === 'map' ? 'map' : '' })
        }
      >
        <ToggleButton id="table">Table</ToggleButton>
        <ToggleButton id="map">Map</ToggleButton>
      </ToggleButtonGroup>
      <div className={styles.group}>
        <Select
          aria-label="Group by label"
          selectionMode="single"
          value={group}
          onChange={key => setAddress({ group: String(key) })}
          options={[
            ...labels.map(label => ({
              id: label,
              label: label === 'env' ? 'By environment' : `By ${label}`,
            })),
            { id: ALL_TOGETHER, label: 'All together' },
          ]}
        />
      </div>
      {/* On a map each cluster keeps its place. */}
      {view !== 'map' && (
        <div className={styles.group}>
          <Select
            aria-label="Order"
            selectionMode="single"
            value={sort || 'urgent'}
            onChange={key =>
              setAddress({ sort: key === 'urgent' ? '' : String(key) })
            }
            options={[
              ...SORTS.map(({ id, label }) => ({ id: id || 'urgent', label })),
              ...(hasSort ? [] : [{ id: sort, label: 'As the column says' }]),
            ]}
          />
        </div>
      )}
      <div className={styles.filters}>
        <ToggleButtonGroup
          aria-label="Which clusters"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[asClusterFilter(show)]}
          onSelectionChange={([key]) => setAddress({ show: String(key) })}
        >
          {FILTERS.map(({ id, title }) => (
            <ToggleButton key={id} id={id}>
              {title}{' '}
              {found.filter(cluster => passesFilter(cluster, id)).length}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <span className={styles.quiet} aria-live="polite">
          {shown < clusters.length && partOf(shown, clusters.length, 'cluster')}
        </span>
      </div>
    </div>
  );
}
