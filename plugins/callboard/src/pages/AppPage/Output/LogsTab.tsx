import { Button, Select, Switch } from '@backstage/ui';
import {
  type App,
  type LogLevel,
  type LogLine,
  LOG_LEVELS,
} from '@callboard/plugin-callboard-common';
import {
  type LogQuestion,
  MOST_LOG_LINES,
  Panel,
  ProblemCard,
  SearchBox,
  saveFile,
  searchLogs,
  useLogs,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { SkeletonRows } from '../../SkeletonRows';
import { UnknownInAddress } from '../../NotFound/UnknownInAddress';
import { type Deployments, useDeployments } from '../useDeployments';
import { LogLines } from './LogLines';
import styles from './LogsTab.module.css';

const ADDRESS = { q: '', level: '', since: '', run: '', instance: '' };
const ASKED_AFTER_MS = 400; // delay, so that typing sends one request to the clusters
const EVERY = 'every';

const LEVELS = [
  { id: EVERY, label: 'All levels' },
  { id: 'debug', label: 'Debug and graver' },
  { id: 'info', label: 'Info and graver' },
  { id: 'warn', label: 'Warnings and errors' },
  { id: 'error', label: 'Errors' },
];

const SINCE = [
  { id: EVERY, label: 'Last lines' },
  { id: '15m', label: 'Last 15 minutes' },
  { id: '1h', label: 'Last hour' },
  { id: '24h', label: 'Last 24 hours' },
];
const SINCE_MS: Record<string, number> = {
  '15m': 15 * 60_000,
  '1h': 60 * 60_000,
  '24h': 24 * 60 * 60_000,
};

/** Output of an app, live and past. */
export function LogsTab({ app }: { app: App }): JSX.Element {
  const { chosen, options, value, choose, unknown } = useDeployments(app, {
    allOfEach: true,
  });
  if (!chosen)
    return <Panel title="It runs on no cluster, so there is no output" />;
  return (
    <>
      {unknown && <UnknownInAddress>{unknown}</UnknownInAddress>}
      <Output
        app={app.name}
        of={chosen}
        key={value}
        where={
          <Select
            aria-label="Where"
            selectionMode="single"
            value={value}
            onChange={key => choose(String(key))}
            options={options}
          />
        }
      />
    </>
  );
}

function Output({
  app,
  of,
  where,
}: {
  app: string;
  of: Deployments;
  where: JSX.Element;
}): JSX.Element {
  const [address, setAddress] = useUrlState(ADDRESS);
  const { q, level, since, run, instance } = address;
  const asked = useSettled(q, ASKED_AFTER_MS);
  const from = useStartOf(since);
  const isPrevious = run === 'previous';
  const question: LogQuestion = {
    app,
    environment: of.environment,
    cluster: of.cluster,
    instance: instance || undefined,
    grep: asked || undefined,
    level: LOG_LEVELS.find(each => each === level) as LogLevel | undefined,
    since: from,
    previous: isPrevious || undefined,
    follow: isPrevious ? undefined : true,
    tail: from || asked || level ? MOST_LOG_LINES : 1_000,
  };
  const { lines, problem, isLive, dropped, retry } = useLogs(question);
  // Typed text filters the loaded lines at once; the clusters are searched for older ones.
  const search = useDeferredValue(q);
  const shown = lines && search ? searchLogs(lines, search) : lines;
  const instances = useInstances(lines, instance);
  return (
    <>
      <div className={styles.tools}>
        <div className={styles.choice} title={of.title}>
          {where}
        </div>
        <div className={styles.choice} title={instance || undefined}>
          <Select
            aria-label="Instance"
            selectionMode="single"
            value={instance || EVERY}
            onChange={key =>
              setAddress({ instance: key === EVERY ? '' : String(key) })
            }
            options={[
              { id: EVERY, label: 'All instances' },
              ...instances.map(name => ({ id: name, label: name })),
            ]}
          />
        </div>
        <div className={styles.short}>
          <Select
            aria-label="Level"
            selectionMode="single"
            value={level || EVERY}
            onChange={key =>
              setAddress({ level: key === EVERY ? '' : String(key) })
            }
            options={LEVELS}
          />
        </div>
        <div className={styles.short}>
          <Select
            aria-label="Since"
            selectionMode="single"
            value={since || EVERY}
            onChange={key =>
              setAddress({ since: key === EVERY ? '' : String(key) })
            }
            options={SINCE}
          />
        </div>
        <div className={styles.search}>
          <SearchBox
            label="Search the lines"
            value={q}
            onChange={text => setAddress({ q: text })}
          />
        </div>
        <Switch
          label="Previous run"
          isSelected={isPrevious}
          onChange={isOn => setAddress({ run: isOn ? 'previous' : '' })}
        />
        <Button
          variant="secondary"
          isDisabled={!shown?.length}
          onPress={() => saveLines(app, of.environment, shown ?? [])}
        >
          Download
        </Button>
      </div>
      {problem && (
        <ProblemCard
          problem={problem}
          tone={lines ? 'warning' : undefined}
          action={
            <Button variant="secondary" onPress={retry}>
              Try again
            </Button>
          }
        />
      )}
      {(shown || !problem) && (
        <Panel
          title={`Output of ${of.title}`}
          aside={saysState(isLive, shown?.length)}
          flush
        >
          {shown ? (
            <LogLines
              lines={shown}
              dropped={dropped}
              showsCluster={of.cluster === undefined}
              nothing={saysNothing({
                isPrevious,
                isAll: !q && !level && !from,
              })}
            />
          ) : (
            <div role="status" aria-busy="true" aria-label="Loading">
              <SkeletonRows inset rows={8} height={16} />
            </div>
          )}
        </Panel>
      )}
    </>
  );
}

function saysState(isLive: boolean, count: number | undefined): string {
  if (count === undefined) return '';
  const lines = `${count.toLocaleString('en')} ${
    count === 1 ? 'line' : 'lines'
  }`;
  return isLive ? `${lines}, live` : lines;
}

function saysNothing({
  isPrevious,
  isAll,
}: {
  isPrevious: boolean;
  isAll: boolean;
}): string {
  if (!isAll) return 'No line matches.';
  return isPrevious
    ? 'No instance was started again, so there is no run before.'
    : 'It has written nothing yet.';
}

/** Names of instances with output; while one is selected, those from before stay. */
function useInstances(
  lines: ReadonlyArray<{ instance: string }> | undefined,
  chosen: string,
): string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  const seen = new Set(chosen === '' ? [] : [...known, chosen]);
  for (const { instance } of lines ?? []) seen.add(instance);
  seen.delete('');
  const names = [...seen].sort();
  if (names.join() !== known.join()) setKnown(names);
  return names;
}

/** Returns a value once it has not changed for a while. */
function useSettled(value: string, afterMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), afterMs);
    return () => window.clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}

/** Start of a period such as `1h`, fixed when it was selected. */
function useStartOf(since: string): string | undefined {
  const [start, setStart] = useState(() => startOf(since));
  if (start.of !== since) setStart(startOf(since));
  return start.at;
}

function startOf(since: string): { of: string; at?: string } {
  const ms = Object.hasOwn(SINCE_MS, since) ? SINCE_MS[since] : undefined;
  return {
    of: since,
    at: ms === undefined ? undefined : new Date(Date.now() - ms).toISOString(),
  };
}

/** One JSON object per line, a format that log tools read. */
function saveLines(
  app: string,
  environment: string,
  lines: readonly LogLine[],
): void {
  saveFile(`${app}-${environment}.jsonl`, {
    type: 'application/x-ndjson',
    text: lines.map(line => `${JSON.stringify(line)}\n`).join(''),
  });
}
