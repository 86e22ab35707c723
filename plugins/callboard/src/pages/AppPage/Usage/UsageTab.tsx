import type { App, UsageAdvice } from '@callboard/plugin-callboard-common';
import {
  CopyLine,
  Panel,
  ShowView,
  useUrlState,
  useUsage,
} from '@callboard/plugin-callboard-react';
import { UnknownInAddress } from '../../NotFound/UnknownInAddress';
import { SkeletonPanel } from '../../SkeletonPanel';
import { Choice } from '../Choice';
import { ClusterUsagePanel } from './ClusterUsagePanel';
import content from '../AppContent.module.css';
import styles from './Usage.module.css';

const ADDRESS = { env: '' };

/** Resource usage of an app's instances, with their requests. */
export function UsageTab({ app }: { app: App }): JSX.Element {
  const [{ env }, setAddress] = useUrlState(ADDRESS);
  // The furthest environment is the default: most questions are about it.
  const last =
    app.environments.findLast(({ clusters }) => clusters.length > 0) ??
    app.environments[app.environments.length - 1];
  const environment = app.environments.find(({ name }) => name === env) ?? last;
  return (
    <div className={content.main}>
      <Choice
        label="Environment"
        value={environment.name}
        onChange={name => setAddress({ env: name })}
        options={app.environments.map(({ name, title }) => ({
          id: name,
          title,
        }))}
      />
      {env !== '' && env !== environment.name && (
        <UnknownInAddress>
          {`There is no environment “${env}”. This is ${environment.title}.`}
        </UnknownInAddress>
      )}
      <Usage
        app={app.name}
        environment={environment.name}
        title={environment.title}
        key={environment.name}
      />
    </div>
  );
}

function Usage({
  app,
  environment,
  title,
}: {
  app: string;
  environment: string;
  title: string;
}): JSX.Element {
  const view = useUsage(app, environment);
  return (
    <ShowView view={view} loading={<SkeletonPanel rows={4} height={48} />}>
      {({ clusters, advice }) => (
        <>
          {advice.map(each => (
            <Advice
              advice={each}
              key={`${each.workload} ${each.container} ${each.kind}`}
            />
          ))}
          {clusters.length === 0 && (
            <Panel title={`It runs on no cluster of ${title}`}>
              What it uses is shown here once it does.
            </Panel>
          )}
          {clusters.map(usage => (
            <ClusterUsagePanel usage={usage} key={usage.cluster} />
          ))}
        </>
      )}
    </ShowView>
  );
}

function Advice({
  advice: { kind, sentence, next, lines },
}: {
  advice: UsageAdvice;
}): JSX.Element {
  return (
    <Panel title={sentence} tone={kind === 'raise-limit' ? 'warning' : 'info'}>
      <p className={styles.words}>{next}</p>
      <p className={styles.words}>
        Put these lines into app.yaml, beside what it says already, and push:
      </p>
      <CopyLine text={lines} label="the lines of app.yaml" />
    </Panel>
  );
}
