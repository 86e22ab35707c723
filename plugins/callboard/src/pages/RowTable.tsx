import { type ColumnConfig, Table, useBreakpoint } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './RowTable.module.css';

const WINDOWED_ROWS = 200;
const WINDOW_HEIGHT = '70vh';
const ROW_HEIGHT = 49;

export interface RowColumn<T extends { id: string }>
  extends Omit<ColumnConfig<T>, 'isHidden'> {
  /** The narrowest screen that has room for this column; every screen when omitted. */
  from?: 'sm' | 'md' | 'lg';
}

export interface RowTableProps<T extends { id: string }> {
  columns: RowColumn<T>[];
  rows: T[];
  hrefOf?: (row: T) => string;
  empty?: ReactNode;
}

/** A table that drops columns on narrow screens and draws only what is in sight once it is long. */
export function RowTable<T extends { id: string }>({
  columns,
  rows,
  hrefOf,
  empty,
}: RowTableProps<T>): JSX.Element {
  const { up } = useBreakpoint();
  const isWindowed = rows.length > WINDOWED_ROWS;
  return (
    <div className={styles.table}>
      <Table
        columnConfig={columns.map(({ from, ...column }) => ({
          ...column,
          isHidden: from !== undefined && !up(from),
        }))}
        data={rows}
        pagination={{ type: 'none' }}
        rowConfig={hrefOf && { getHref: hrefOf }}
        emptyState={empty}
        virtualized={isWindowed && { rowHeight: ROW_HEIGHT }}
        style={isWindowed ? { height: WINDOW_HEIGHT } : undefined}
      />
    </div>
  );
}
