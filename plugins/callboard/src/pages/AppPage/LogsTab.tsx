import { Select } from '@backstage/ui';
import type { App, LogView } from '@callboard/plugin-callboard-common';
import {
  type DeploymentKey,
  Panel,
  SearchBox,
  ShowView,
  useClusterName,
  useLogs,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { SkeletonRows } from '../SkeletonRows';
import { UnknownInAddress } from '../NotFound/UnknownInAddress';
import { useDeployment } from './useDeployment';
import styles from './LogsTab.module.css';

const ADDRESS = { q: '' };

/** What did it write last? */
export function LogsTab({ app }: { app: App }): JSX.Element {
  const { deployment, options, value, choose, unknown } = useDeployment(app);
  const [{ q: search }, setAddress] = useUrlState(ADDRESS);
  if (!deployment)
    return <Panel title="It runs on no cluster, so there is no output" />;
  return (
    <>
      <div className={styles.tools}>
        <div
          className={styles.choice}
          title={options.find(({ id }) => id === value)?.title}
        >
          <Select
            aria-label="Where"
            selectionMode="single"
            value={value}
            onChange={key => choose(String(key))}
            options={options.map(({ id, title }) => ({ id, label: title }))}
          />
        </div>
        <div className={styles.search}>
          <SearchBox
            label="Search the lines"
            value={search}
            onChange={q => setAddress({ q })}
          />
        </div>
      </div>
      {unknown && <UnknownInAddress>{unknown}</UnknownInAddress>}
      <Output deployment={deployment} search={search} key={value} />
    </>
  );
}

function Output({
  deployment,
  search,
}: {
  deployment: DeploymentKey;
  search: string;
}): JSX.Element {
  const view = useLogs(deployment);
  const nameOf = useClusterName();
  return (
    <Panel title={`Last output on ${nameOf(deployment.cluster)}`} flush>
      <ShowView
        view={view}
        loading={<SkeletonRows inset rows={8} height={16} />}
      >
        {({ lines }) => (
          <Lines
            lines={lines.filter(({ text }) => matches(text, search))}
            isAll={search === ''}
          />
        )}
      </ShowView>
    </Panel>
  );
}

function Lines({
  lines,
  isAll,
}: {
  lines: LogView['lines'];
  isAll: boolean;
}): JSX.Element {
  if (lines.length === 0) {
    return (
      <p className={styles.empty}>
        {isAll ? 'It has written nothing yet.' : 'No line matches the search.'}
      </p>
    );
  }
  return (
    // A long output scrolls, so the keyboard must reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.log} role="log" aria-label="Output" tabIndex={0}>
      {lines.map(({ instance, text }, index) => (
        <div key={index} className={styles.line}>
          <span className={styles.instance}>{instance}</span>
          <span>{text}</span>
        </div>
      ))}
    </div>
  );
}

function matches(text: string, search: string): boolean {
  return text.toLocaleLowerCase('en').includes(search.toLocaleLowerCase('en'));
}
