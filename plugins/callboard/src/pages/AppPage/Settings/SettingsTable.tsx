import { Button, Cell, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import {
  type App,
  listOf,
  type SettingView,
} from '@callboard/plugin-callboard-common';
import {
  Age,
  CopyLine,
  describeActor,
  OnlyNow,
} from '@callboard/plugin-callboard-react';
import { RowTable } from '../../RowTable';
import type { RowColumn } from '../../RowTableProps';
import { maySet } from './maySet';
import { SettingValue } from './SettingValue';
import {
  describeReleases,
  describeWhere,
  kindOfSetting,
} from '@callboard/plugin-callboard-core';
import type { SettingsDialog } from './useSettingsAddress';
import styles from './Settings.module.css';

type Row = SettingView & { id: string };
type Open = (dialog: SettingsDialog, where?: { environment?: string }) => void;

export interface SettingsTableProps {
  app: App;
  items: SettingView[];
  /** No search is active. */
  isAll: boolean;
  /** Name of the environment; undefined for all of them. */
  where?: string;
  /** No actions on pages of the past. */
  isPast: boolean;
  onOpen: Open;
}

/** Settings with author, time and reason, and their readers. */
export function SettingsTable({
  app,
  items,
  isAll,
  where,
  isPast,
  onOpen,
}: SettingsTableProps): JSX.Element {
  const place = describeWhere(app, where);
  const columns: RowColumn<Row>[] = [
    {
      id: 'name',
      width: '4fr',
      label: 'Name',
      isRowHeader: true,
      cell: setting => (
        <Cell>
          <div className={styles.cell}>
            <span className={styles.name}>{setting.name}</span>
            <span className={styles.quiet}>
              {setting.secret ? 'Secret' : 'Variable'}
            </span>
            <Origin app={app} setting={setting} where={where} />
          </div>
        </Cell>
      ),
    },
    {
      id: 'value',
      width: '4fr',
      label: 'Value',
      from: 'sm',
      cell: setting => (
        <Cell>
          <div className={styles.cell}>
            <SettingValue setting={setting} />
          </div>
        </Cell>
      ),
    },
    {
      id: 'changed',
      width: '4fr',
      label: 'Changed',
      from: 'md',
      cell: ({ changedBy, changedAt, why, version }) => (
        <Cell>
          <div className={styles.cell}>
            <span>
              {describeActor(changedBy)}, <Age at={changedAt} after=" ago" />
            </span>
            {why !== undefined && <span>“{why}”</span>}
            <span className={styles.quiet}>Change {version}</span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'readers',
      width: '3fr',
      label: 'Read by',
      from: 'md',
      cell: ({ workloads, releases }) => (
        <Cell>
          <div className={styles.cell}>
            {workloads.length === 0 ? (
              <span className={styles.quiet}>No release there</span>
            ) : (
              <>
                <span>{listOf(workloads)}</span>
                <span className={styles.quiet}>
                  {describeReleases(releases)}
                </span>
              </>
            )}
          </div>
        </Cell>
      ),
    },
    ...(isPast || !(maySet(app, where) || maySet(app, undefined))
      ? []
      : [
          {
            id: 'action',
            width: '2fr' as const,
            label: 'Change',
            cell: (setting: Row) => (
              <Cell>
                <OnlyNow>
                  <Actions
                    app={app}
                    setting={setting}
                    where={where}
                    onOpen={onOpen}
                  />
                </OnlyNow>
              </Cell>
            ),
          },
        ]),
  ];
  return (
    <RowTable
      label={`Settings ${place}`}
      columns={columns}
      rows={items.map(setting => ({ ...setting, id: setting.name }))}
      empty={
        isAll ? (
          <NothingSet place={place} />
        ) : (
          <p className={styles.empty}>No setting matches the search.</p>
        )
      }
    />
  );
}

/** Scope of the setting, and the scopes that override it. */
function Origin({
  app,
  setting: { environment, overriddenIn },
  where,
}: {
  app: App;
  setting: SettingView;
  where?: string;
}): JSX.Element | null {
  if (where !== undefined)
    return environment === undefined ? (
      <span className={styles.quiet}>From all environments</span>
    ) : null;
  if (overriddenIn.length === 0) return null;
  const titles = overriddenIn.map(
    name => app.environments.find(each => each.name === name)?.title ?? name,
  );
  return (
    <span className={styles.quiet}>
      {listOf(titles)} {titles.length === 1 ? 'has its' : 'have their'} own
    </span>
  );
}

/** Actions on one setting. */
function Actions({
  app,
  setting: { name, version, environment, secret },
  where,
  onOpen,
}: {
  app: App;
  setting: SettingView;
  where?: string;
  onOpen: Open;
}): JSX.Element | null {
  const isInherited = where !== undefined && environment === undefined;
  const may = maySet(app, where);
  const items = [
    ...(may
      ? [
          {
            title: isInherited
              ? `Set another ${kindOfSetting({ secret })} ${describeWhere(
                  app,
                  where,
                )}`
              : `Set another value`,
            act: () => onOpen({ kind: 'set', name, secret }),
          },
        ]
      : []),
    ...(may && !isInherited
      ? [
          {
            title: `Take back change ${version}`,
            act: () => onOpen({ kind: 'take-back', name, version }),
          },
          {
            title: `Remove ${name}`,
            act: () => onOpen({ kind: 'remove', name }),
          },
        ]
      : []),
    ...(isInherited && maySet(app, undefined)
      ? [
          {
            title: 'Change it for all environments',
            act: () => onOpen({ kind: 'set', name, secret }, {}),
          },
        ]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <MenuTrigger>
      <Button variant="secondary" aria-label={`Change ${name}`}>
        Change…
      </Button>
      <Menu>
        {items.map(({ title, act }) => (
          <MenuItem key={title} onAction={act}>
            {title}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

/** Example lines of a score.yaml that read settings. */
function NothingSet({ place }: { place: string }): JSX.Element {
  return (
    <div className={styles.empty}>
      <p className={styles.line}>
        Nothing is set {place}. The score.yaml of a workload reads variables and
        secrets so:
      </p>
      <CopyLine text={`LOG_LEVEL: $\{resources.env.LOG_LEVEL}`} />
      <CopyLine text={`PAYMENT_KEY: $\{resources.vault.PAYMENT_KEY}`} />
      <p className={styles.line}>where it asks for both:</p>
      <CopyLine text="resources: { env: { type: environment }, vault: { type: secret } }" />
    </div>
  );
}
