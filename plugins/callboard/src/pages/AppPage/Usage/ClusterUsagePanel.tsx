import {
  type ClusterUsage,
  type ContainerUsage,
  countOf,
  describeBytes,
  describeCpu,
} from '@callboard/plugin-callboard-common';
import { Age, Panel, useClusterName } from '@callboard/plugin-callboard-react';
import { Cell } from '@backstage/ui';
import { RowTable } from '../../RowTable';
import type { RowColumn } from '../../RowTableProps';
import { describeAgainst, type Measure } from './describeAgainst';
import { Traffic } from './Traffic';
import { UsageCurve } from './UsageCurve';
import styles from './Usage.module.css';

interface Row extends ContainerUsage {
  id: string;
  instance: string;
  workload: string;
}

const COLUMNS: RowColumn<Row>[] = [
  {
    id: 'instance',
    label: 'Instance',
    isRowHeader: true,
    cell: ({ instance, workload, name }) => (
      <Cell>
        <span className={styles.used}>{instance}</span>
        <span className={styles.against}>{nameOf({ workload, name })}</span>
      </Cell>
    ),
  },
  {
    id: 'memory',
    label: 'Memory',
    from: 'md',
    cell: row => (
      <Cell>
        <Amount row={row} measure="memory" />
      </Cell>
    ),
  },
  {
    id: 'cpu',
    label: 'CPU',
    from: 'md',
    cell: row => (
      <Cell>
        <Amount row={row} measure="cpu" />
      </Cell>
    ),
  },
  {
    id: 'restarts',
    label: 'Restarts',
    from: 'sm',
    width: 110,
    cell: ({ restarts }) => (
      <Cell>
        <span className={styles.used}>{restarts}</span>
      </Cell>
    ),
  },
];

/** Usage of an app's instances on one cluster, now and over the last week. */
export function ClusterUsagePanel({
  usage: { cluster, state, what, next, measuredAt, instances, series, traffic },
}: {
  usage: ClusterUsage;
}): JSX.Element {
  const nameOfCluster = useClusterName();
  const isOld = state !== 'live' && state !== 'stopped';
  const rows = instances.flatMap(({ name: instance, workload, containers }) =>
    containers.map(
      (container): Row => ({
        id: `${instance}/${container.name}`,
        instance,
        workload,
        ...container,
      }),
    ),
  );
  return (
    <Panel
      title={nameOfCluster(cluster)}
      aside={
        measuredAt !== undefined && (
          <Age
            at={measuredAt}
            before={isOld ? 'last measured ' : 'measured '}
            after=" ago"
          />
        )
      }
      flush
    >
      {what !== undefined && (
        <p className={styles.notice} data-state={state}>
          {what}.{next !== undefined && ` ${next}.`}
        </p>
      )}
      {state !== 'stopped' && <Traffic traffic={traffic} />}
      {series.length > 0 && (
        <div className={styles.curves} data-old={isOld ? '' : undefined}>
          {series.flatMap(each => {
            const container = rows.find(
              ({ workload, name }) =>
                workload === each.workload && name === each.container,
            );
            const title = nameOf({
              workload: each.workload,
              name: each.container,
            });
            return (['memory', 'cpu'] as const).map(measure => (
              <UsageCurve
                key={`${title} ${measure}`}
                title={title}
                measure={measure}
                series={each}
                container={container}
              />
            ));
          })}
        </div>
      )}
      {rows.length > 0 && (
        <RowTable
          label={`${countOf(instances.length, 'instance')} on ${nameOfCluster(
            cluster,
          )}`}
          columns={COLUMNS}
          rows={rows}
        />
      )}
    </Panel>
  );
}

/** Current usage, with request and limit. */
function Amount({ row, measure }: { row: Row; measure: Measure }): JSX.Element {
  const [used, format] =
    measure === 'memory'
      ? [row.memoryBytes, describeBytes]
      : [row.cpuMillicores, describeCpu];
  return (
    <>
      <span className={styles.used}>
        {used === undefined ? 'not known' : format(used)}
      </span>
      <span className={styles.against}>{describeAgainst(row, measure)}</span>
    </>
  );
}

/** A single container has the name of its workload. */
function nameOf({
  workload,
  name,
}: {
  workload: string;
  name: string;
}): string {
  return name === 'main' || name === workload
    ? workload
    : `${workload}: ${name}`;
}
