import { countOf } from '@callboard/plugin-callboard-common';
import { Button, Checkbox } from '@backstage/ui';
import { type ReactElement, type ReactNode, useState } from 'react';
import type { RowTableProps } from './RowTableProps';
import styles from './RowCards.module.css';

const FIRST_CARDS = 100; // each has a dozen elements; more are rendered on demand

/** Rows as cards, with every column: for screens that are too narrow for a table. */
export function RowCards<T extends { id: string }>({
  label,
  columns,
  rows,
  empty,
  selected,
  onSelect,
}: RowTableProps<T>): JSX.Element {
  const [shown, setShown] = useState(FIRST_CARDS);
  if (rows.length === 0) return <div className={styles.empty}>{empty}</div>;
  const head = columns.find(({ isRowHeader }) => isRowHeader) ?? columns[0];
  const others = columns.filter(column => column !== head);
  const left = rows.length - shown;
  const toggle = (id: string, isSelected: boolean) => {
    const next = new Set(selected);
    if (isSelected) next.add(id);
    else next.delete(id);
    onSelect?.(next);
  };
  return (
    <>
      <ul className={styles.cards} aria-label={label}>
        {rows.slice(0, shown).map(row => (
          <li
            key={row.id}
            className={styles.card}
            data-selected={selected?.has(row.id) ? '' : undefined}
          >
            <div className={styles.head}>
              {onSelect && (
                <Checkbox
                  className={styles.choice}
                  aria-label={`Select ${row.id}`}
                  isSelected={selected?.has(row.id) ?? false}
                  onChange={isSelected => toggle(row.id, isSelected)}
                />
              )}
              <div className={styles.name}>{contentOf(head.cell(row))}</div>
            </div>
            <dl className={styles.facts}>
              {others
                .map(({ id, label: term, cell }) => ({
                  id,
                  term,
                  content: contentOf(cell(row)),
                }))
                // This row has no actions.
                .filter(({ content }) => content !== undefined)
                .map(({ id, term, content }) => (
                  <div key={id} className={styles.fact}>
                    <dt>{term}</dt>
                    <dd>{content}</dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <div className={styles.more}>
          <Button
            variant="secondary"
            onPress={() => setShown(shown + FIRST_CARDS)}
          >
            {`Show ${Math.min(left, FIRST_CARDS)} more of ${countOf(
              left,
              'row',
            )}`}
          </Button>
        </div>
      )}
    </>
  );
}

/** Content of a cell without the cell element, which is only valid in tables. */
function contentOf(cell: ReactElement<{ children?: ReactNode }>): ReactNode {
  return cell.props.children;
}
