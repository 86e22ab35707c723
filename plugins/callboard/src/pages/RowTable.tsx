import { Table, useBreakpoint } from '@backstage/ui';
import { useLayoutEffect, useRef } from 'react';
import { RowCards } from './RowCards';
import type { RowTableProps } from './RowTableProps';
import styles from './RowTable.module.css';

const WINDOWED_ROWS = 200;
const WINDOW_HEIGHT = '70vh';
const ROW_HEIGHT = 49;

/** A table that turns into cards when its columns do not fit, and is virtualized when it is long. */
export function RowTable<T extends { id: string }>(
  props: RowTableProps<T>,
): JSX.Element {
  const { columns } = props;
  const { up } = useBreakpoint();
  const hasRoom = columns.every(({ from }) => from === undefined || up(from));
  return hasRoom ? <WideTable {...props} /> : <RowCards {...props} />;
}

function WideTable<T extends { id: string }>({
  label,
  columns,
  rows,
  hrefOf,
  empty,
  sort,
  onSort,
  selected,
  onSelect,
}: RowTableProps<T>): JSX.Element {
  const isWindowed = rows.length > WINDOWED_ROWS;
  const box = useRef<HTMLDivElement>(null);
  // The portal's table has no label option: all would be called "Data table".
  useLayoutEffect(() => {
    box.current
      ?.querySelector('[role="grid"], table')
      ?.setAttribute('aria-label', label);
  });
  return (
    <div className={styles.table} ref={box}>
      <Table
        columnConfig={columns.map(({ from, ...column }) => column)}
        data={rows}
        pagination={{ type: 'none' }}
        rowConfig={hrefOf && { getHref: hrefOf }}
        emptyState={empty}
        sort={
          onSort && {
            descriptor: sort ?? null,
            onSortChange: ({ column, direction }) =>
              onSort({ column: String(column), direction }),
          }
        }
        selection={
          onSelect && {
            mode: 'multiple',
            behavior: 'toggle',
            selected: new Set(selected),
            onSelectionChange: keys =>
              onSelect(
                new Set(
                  keys === 'all'
                    ? rows.map(({ id }) => id)
                    : [...keys].map(String),
                ),
              ),
          }
        }
        virtualized={isWindowed && { rowHeight: ROW_HEIGHT }}
        style={isWindowed ? { height: WINDOW_HEIGHT } : undefined}
      />
    </div>
  );
}
