import { Button, Cell } from '@backstage/ui';
import {
  type App,
  type AppEnvironment,
  listOf,
  type ResourceView,
} from '@callboard/plugin-callboard-common';
import {
  describeEntity,
  OnlyNow,
  Panel,
  ShowView,
  type View,
} from '@callboard/plugin-callboard-react';
import { RowTable } from '../../RowTable';
import type { RowColumn } from '../../RowTableProps';
import { SkeletonRows } from '../../SkeletonRows';
import { mayRotate } from './mayRotate';
import styles from './Settings.module.css';

type Row = ResourceView & { id: string };

/**
 * Resources that the release of an environment requests beside its workloads,
 * and how often their secrets were made.
 */
export function ResourcesPanel({
  app,
  environment,
  view,
  onRotate,
}: {
  app: App;
  environment: AppEnvironment;
  view: View<ResourceView[]>;
  onRotate: (resource: ResourceView) => void;
}): JSX.Element {
  const may = mayRotate(app);
  const columns: RowColumn<Row>[] = [
    {
      id: 'name',
      width: '4fr',
      label: 'Name',
      isRowHeader: true,
      cell: ({ name, type }) => (
        <Cell>
          <div className={styles.cell}>
            <span className={styles.name}>{name}</span>
            <span className={styles.quiet}>{type}</span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'workloads',
      width: '4fr',
      label: 'Asked for by',
      from: 'sm',
      cell: ({ workloads }) => (
        <Cell>
          <div className={styles.cell}>{listOf(workloads)}</div>
        </Cell>
      ),
    },
    {
      id: 'secrets',
      width: '4fr',
      label: 'Secrets',
      from: 'sm',
      cell: ({ secrets }) => (
        <Cell>
          <div className={styles.cell}>{describeMade(secrets)}</div>
        </Cell>
      ),
    },
    ...(may
      ? [
          {
            id: 'action',
            width: '2fr' as const,
            label: 'Rotate',
            cell: (resource: Row) => (
              <Cell>
                {resource.secrets && (
                  <OnlyNow>
                    <Button
                      variant="secondary"
                      aria-label={`Rotate the secrets of ${resource.name}`}
                      onPress={() => onRotate(resource)}
                    >
                      Rotate
                    </Button>
                  </OnlyNow>
                )}
              </Cell>
            ),
          },
        ]
      : []),
  ];
  return (
    <Panel
      title={`Resources in ${environment.title}`}
      aside={
        may ? undefined : `Only ${describeEntity(app.owner)} can rotate secrets`
      }
      flush
    >
      <ShowView view={view} loading={<SkeletonRows inset rows={2} />}>
        {resources => (
          <RowTable
            label={`Resources in ${environment.title}`}
            columns={columns}
            rows={resources.map(each => ({ ...each, id: each.resource }))}
            empty={
              <p className={styles.empty}>
                {environment.release
                  ? `Release ${environment.release.number} asks for nothing beside its workloads: no database, no queue, no volume.`
                  : 'No release is here yet that could ask for any.'}
              </p>
            }
          />
        )}
      </ShowView>
    </Panel>
  );
}

function describeMade(secrets: ResourceView['secrets']): string {
  if (!secrets) return 'None that Callboard makes';
  return secrets.version === 1 ? 'Made once' : `Made ${secrets.version} times`;
}
