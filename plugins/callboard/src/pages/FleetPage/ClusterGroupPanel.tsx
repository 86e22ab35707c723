import { Button } from '@backstage/ui';
import { Panel } from '@callboard/plugin-callboard-react';
import { ClusterTable, type ClusterTableProps } from './ClusterTable';

const FOLDED_ROWS = 10;
const LONGEST_WHOLE = 14; // folding fewer rows would save too little space

export interface ClusterGroupPanelProps
  extends Omit<ClusterTableProps, 'label'> {
  /** The label that the clusters share, with its value's display name; absent without grouping. */
  group?: { label: string; title: string };
  isUnfolded: boolean;
  onUnfold: () => void;
}

/**
 * The clusters of a group as a table. A long one is folded to its first rows,
 * so that forty clusters can be scanned at once.
 */
export function ClusterGroupPanel({
  group,
  isUnfolded,
  onUnfold,
  clusters,
  selected,
  onSelect,
  ...table
}: ClusterGroupPanelProps): JSX.Element {
  const isFolded = group && !isUnfolded && clusters.length > LONGEST_WHOLE;
  const shown = isFolded ? clusters.slice(0, FOLDED_ROWS) : clusters;
  const here = new Set(shown.map(({ name }) => name));
  return (
    <Panel
      title={group ? `${group.title} · ${clusters.length}` : 'Clusters'}
      foot={
        isFolded ? (
          <Button variant="tertiary" onPress={onUnfold}>
            {`Show all ${clusters.length} of ${group?.title}`}
          </Button>
        ) : undefined
      }
      flush
    >
      <ClusterTable
        {...table}
        label={
          group ? `Clusters with ${group.label} ${group.title}` : 'Clusters'
        }
        clusters={shown}
        selected={new Set([...selected].filter(name => here.has(name)))}
        onSelect={
          onSelect &&
          (names =>
            onSelect(
              new Set([
                ...[...selected].filter(name => !here.has(name)),
                ...names,
              ]),
            ))
        }
      />
    </Panel>
  );
}
