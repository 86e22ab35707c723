import { Select } from '@backstage/ui';
import {
  type App,
  JOURNAL_KINDS,
  type JournalEntry,
  type JournalKind,
} from '@callboard/plugin-callboard-common';
import {
  describeActor,
  isSource,
  useClusterName,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import styles from './History.module.css';

/** `by`: actor; `on`: cluster. Empty values, also of `kind`, mean all. */
export const HISTORY_ADDRESS = { kind: '', by: '', on: '' };

const ALL = 'all'; // an option needs a name, and no actor or cluster has this one

const KIND_TITLES: Record<JournalKind, string> = {
  releases: 'Pushes and releases',
  rollouts: 'Rollouts',
  placement: 'Placement',
  health: 'Health',
  clusters: 'Clusters',
  platform: 'Platform',
};

/** Filters for entries: kind, actor and cluster. */
export function HistoryFilters({
  app,
  entries,
}: {
  app: App;
  /** The entries shown now: their actors are the options. */
  entries: readonly JournalEntry[];
}): JSX.Element {
  const [{ kind, by, on }, setAddress] = useUrlState(HISTORY_ADDRESS);
  const nameOf = useClusterName();
  const clusters = app.environments.flatMap(environment =>
    environment.clusters.map(({ cluster }) => cluster),
  );
  return (
    <div className={styles.filters}>
      <Choice
        label="Kind"
        all="All kinds"
        value={kind}
        options={JOURNAL_KINDS.map(id => ({ id, label: KIND_TITLES[id] }))}
        onChange={value => setAddress({ kind: value })}
      />
      <Choice
        label="Who"
        all="Everybody"
        value={by}
        options={actorsOf(entries, by)}
        onChange={value => setAddress({ by: value })}
      />
      <Choice
        label="Cluster"
        all="All clusters"
        value={on}
        options={namesOf([
          ...clusters,
          ...entries.map(({ cluster }) => cluster),
          on,
        ]).map(({ id }) => ({ id, label: nameOf(id) }))}
        onChange={value => setAddress({ on: value })}
      />
    </div>
  );
}

interface Option {
  id: string;
  label: string;
}

function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  label: string;
  all: string;
  value: string;
  options: Option[];
  onChange: (value: string) => void;
}): JSX.Element {
  return (
    <Select
      aria-label={label}
      selectionMode="single"
      value={value === '' ? ALL : value}
      onChange={key => onChange(key === ALL ? '' : String(key ?? ''))}
      options={[{ id: ALL, label: all }, ...options]}
    />
  );
}

/** Several parts of Callboard act; each is an option of its own. */
function actorsOf(entries: readonly JournalEntry[], chosen: string): Option[] {
  return namesOf([...entries.map(({ actor }) => actor), chosen]).map(
    ({ id }) => ({
      id,
      label: labelOf(id),
    }),
  );
}

function labelOf(actor: string): string {
  if (isSource(actor)) return 'Its repository';
  return actor.startsWith('system:')
    ? `Callboard (${actor.slice('system:'.length)})`
    : describeActor(actor);
}

function namesOf(names: ReadonlyArray<string | undefined>): Option[] {
  return [...new Set(names)]
    .flatMap(name => (name === undefined || name === '' ? [] : [name]))
    .sort()
    .map(name => ({ id: name, label: name }));
}
