import type { ColumnConfig } from '@backstage/ui';
import type { ReactNode } from 'react';

export interface RowColumn<T extends { id: string }>
  extends Omit<ColumnConfig<T>, 'isHidden'> {
  /** The narrowest screen that has room for this column; on narrower ones rows become cards. */
  from?: 'sm' | 'md' | 'lg';
}

export interface RowSort {
  column: string;
  direction: 'ascending' | 'descending';
}

export interface RowTableProps<T extends { id: string }> {
  /** What a screen reader calls the table. */
  label: string;
  columns: RowColumn<T>[];
  rows: T[];
  hrefOf?: (row: T) => string;
  empty?: ReactNode;
  /** The column that the rows are sorted by; the rows come sorted. */
  sort?: RowSort;
  onSort?: (sort: RowSort) => void;
  /** Ids of the selected rows; without it nothing can be selected. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
}
