import { Button, Cell } from '@backstage/ui';
import type { Exception } from '@callboard/plugin-callboard-common';
import {
  describeActor,
  Prose,
  TimeLeft,
} from '@callboard/plugin-callboard-react';
import { RowTable } from '../RowTable';
import type { RowColumn } from '../RowTableProps';
import styles from './PoliciesPage.module.css';

/** Exceptions with the violations they allow, their duration, author and reason. */
export function ExceptionTable({
  exceptions,
  mayManage,
  onEnd,
}: {
  exceptions: Exception[];
  mayManage: boolean;
  onEnd: (exception: Exception) => void;
}): JSX.Element {
  const columns: RowColumn<Exception>[] = [
    {
      id: 'target',
      width: '3fr',
      label: 'For',
      isRowHeader: true,
      cell: ({ target, policy, blueprint }) => (
        <Cell>
          <div className={styles.cell}>
            <span className={styles.name}>{target}</span>
            <span className={styles.quiet}>
              {policy === undefined
                ? `from the blueprint ${blueprint}`
                : `from ${policy}`}
            </span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'until',
      width: '2fr',
      label: 'Until',
      from: 'sm',
      cell: ({ until }) => (
        <Cell>
          <TimeLeft until={until} before="in " over="It has ended" />
        </Cell>
      ),
    },
    {
      id: 'why',
      width: '4fr',
      label: 'Why',
      from: 'md',
      cell: ({ why, createdBy }) => (
        <Cell>
          <div className={styles.cell}>
            <Prose>{why}</Prose>
            <span className={styles.quiet}>{describeActor(createdBy)}</span>
          </div>
        </Cell>
      ),
    },
  ];
  if (mayManage)
    columns.push({
      id: 'end',
      width: '2fr',
      label: 'End it',
      cell: exception => (
        <Cell>
          <Button
            variant="secondary"
            aria-label={`End the exception for ${exception.target}`}
            onPress={() => onEnd(exception)}
          >
            End…
          </Button>
        </Cell>
      ),
    });
  return (
    <RowTable
      label="Exceptions"
      columns={columns}
      rows={exceptions}
      empty={
        <p className={styles.empty}>
          No exceptions: every policy holds for everything that it is for.
        </p>
      }
    />
  );
}
