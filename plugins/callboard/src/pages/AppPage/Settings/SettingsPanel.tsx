import { Button } from '@backstage/ui';
import {
  type App,
  countOf,
  type SettingList,
  type SettingView,
} from '@callboard/plugin-callboard-common';
import {
  dataOf,
  OnlyNow,
  Panel,
  SearchBox,
  ShowView,
  useUrlState,
  type View,
} from '@callboard/plugin-callboard-react';
import { SkeletonRows } from '../../SkeletonRows';
import { maySet, whoMaySet } from './maySet';
import { SettingsTable } from './SettingsTable';
import { describeWhere } from '@callboard/plugin-callboard-core';
import type { SettingsAddress } from './useSettingsAddress';
import styles from './Settings.module.css';

const MANY = 12; // beyond this a search box is shown
const ADDRESS = { q: '' };

/** Settings of the selected scope, with the button that adds one. */
export function SettingsPanel({
  app,
  address: { where, open },
  view,
  isPast,
}: {
  app: App;
  address: SettingsAddress;
  view: View<SettingList>;
  /** No actions on pages of the past. */
  isPast: boolean;
}): JSX.Element {
  const [{ q }, setAddress] = useUrlState(ADDRESS);
  const list = dataOf(view);
  const isSearched = q !== '' || (list?.items.length ?? 0) > MANY;
  const foot = maySet(app, where) ? (
    <Button variant="secondary" onPress={() => open({ kind: 'set' })}>
      Set a setting
    </Button>
  ) : (
    <span className={styles.quiet}>{whoMaySet(app, where)}.</span>
  );
  return (
    <Panel
      title={`Settings ${describeWhere(app, where)}`}
      aside={list && describeCount(list, where)}
      flush
      foot={isPast ? undefined : <OnlyNow>{foot}</OnlyNow>}
    >
      {isSearched && (
        <div className={styles.search}>
          <SearchBox
            label="Search name, value, workload"
            value={q}
            onChange={text => setAddress({ q: text })}
          />
        </div>
      )}
      <ShowView view={view} loading={<SkeletonRows inset rows={4} />}>
        {({ items }) => (
          <SettingsTable
            app={app}
            items={items.filter(each => matches(each, q))}
            isAll={q === ''}
            where={where}
            isPast={isPast}
            onOpen={open}
          />
        )}
      </ShowView>
    </Panel>
  );
}

/** `3 settings, 1 from all environments`. */
function describeCount(
  { items }: SettingList,
  where: string | undefined,
): string {
  const inherited = items.filter(
    ({ environment }) => environment === undefined,
  ).length;
  const count = countOf(items.length, 'setting');
  return where === undefined || inherited === 0
    ? count
    : `${count}, ${inherited} from all environments`;
}

function matches({ name, value, workloads }: SettingView, q: string): boolean {
  const text = [name, value, ...workloads].join(' ').toLocaleLowerCase('en');
  return q
    .toLocaleLowerCase('en')
    .split(/\s+/)
    .every(word => text.includes(word));
}
