import type { ColumnConfig } from '@backstage/ui';
import type { ReactNode } from 'react';

export interface RowColumn<T extends { id: string }>
  extends Omit<ColumnConfig<T>, 'isHidden'> {
  /** The narrowest screen on which this column fits; on narrower ones rows become cards. */
  from?: 'sm' | 'md' | 'lg';
}

export interface RowSort {
  column: string;
  direction: 'ascending' | 'descending';
}

export interface RowTableProps<T extends { id: string }> {
  /** Label of the table for screen readers. */
  label: string;
  columns: RowColumn<T>[];
  rows: T[];
  hrefOf?: (row: T) => string;
  empty?: ReactNode;
  /** The sort column; the rows are passed in sorted. */
  sort?: RowSort;
  onSort?: (sort: RowSort) => void;
  /** Ids of the selected rows; when absent, rows cannot be selected. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
}
