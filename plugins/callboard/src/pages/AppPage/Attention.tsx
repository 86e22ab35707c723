import { ButtonLink } from '@backstage/ui';
import type {
  App,
  AppEnvironment,
  Finding,
} from '@callboard/plugin-callboard-common';
import {
  FindingCard,
  Panel,
  OnlyNow,
  ProblemCard,
  useViewLink,
} from '@callboard/plugin-callboard-react';
import { Fragment } from 'react';
import { BuildPanel } from './BuildPanel';
import styles from './BuildPanel.module.css';
import { RollBackButton } from './RollBackButton';
import { OpenSettings } from './Settings/OpenSettings';

/** Open problems of an app, most urgent first: findings, blocked releases, a failed build, too few clusters. */
export function Attention({ app }: { app: App }): JSX.Element {
  const { build, environments } = app;
  const linkTo = useViewLink();
  return (
    <>
      {environments.map(environment => (
        <Fragment key={environment.name}>
          {environment.findings.map(finding => (
            <FindingCard
              key={`${finding.code} ${finding.cluster} ${finding.workload}`}
              finding={finding}
              action={
                <OnlyNow>
                  <NextSteps
                    app={app}
                    environment={environment}
                    finding={finding}
                  />
                </OnlyNow>
              }
            />
          ))}
          {environment.problem && (
            <ProblemCard
              problem={environment.problem}
              action={
                environment.problem.code === 'setting-missing' ? (
                  <OpenSettings environment={environment.name} />
                ) : undefined
              }
            />
          )}
        </Fragment>
      ))}
      {build && <BuildPanel app={app.name} build={build} />}
      {environments.map(({ name, title, placement }) =>
        placement?.satisfied === false ? (
          <Panel
            key={name}
            title={`Fewer clusters than wanted in ${title}`}
            tone="warning"
            foot={
              <ButtonLink
                variant="secondary"
                href={linkTo({ tab: 'placement', env: name })}
              >
                Why these clusters
              </ButtonLink>
            }
          >
            <p className={styles.line}>{placement.message}</p>
          </Panel>
        ) : null,
      )}
    </>
  );
}

function NextSteps({
  app,
  environment,
  finding,
}: {
  app: App;
  environment: AppEnvironment;
  finding: Finding;
}): JSX.Element {
  const where = new URLSearchParams({ tab: 'logs', env: environment.name });
  if (finding.cluster !== undefined) where.set('cluster', finding.cluster);
  return (
    <>
      {finding.logTail.length > 0 && (
        <ButtonLink variant="secondary" href={`?${where}`}>
          Open logs
        </ButtonLink>
      )}
      <RollBackButton app={app} environment={environment} />
      {finding.logTail.length === 0 && (
        <ButtonLink variant="secondary" href="?tab=kubernetes">
          Kubernetes view
        </ButtonLink>
      )}
    </>
  );
}
