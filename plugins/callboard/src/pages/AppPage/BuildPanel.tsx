import type { BuildStatus } from '@callboard/plugin-callboard-common';
import {
  Age,
  describeAuthor,
  OnlyNow,
  Panel,
  ProblemCard,
} from '@callboard/plugin-callboard-react';
import { BuildLogButton } from './BuildLogDialog';
import styles from './BuildPanel.module.css';

const SHORT_COMMIT = 7;

/** Progress of the build of the newest push, or why it failed. */
export function BuildPanel({
  app,
  build,
}: {
  app: string;
  build: BuildStatus;
}): JSX.Element {
  const log = (
    <OnlyNow>
      <BuildLogButton
        app={app}
        revision={build.revision}
        label={build.message}
      />
    </OnlyNow>
  );
  if (build.state === 'failed' && build.problem)
    return <ProblemCard problem={build.problem} action={log} />;
  const words =
    build.state === 'building' ? 'is being built' : 'could not be built';
  return (
    <Panel
      title={`“${build.message}” ${words}`}
      tone={build.state === 'building' ? 'info' : 'danger'}
      foot={log}
      aside={
        <Age
          at={build.startedAt}
          before={build.state === 'building' ? 'for ' : 'since '}
        />
      }
    >
      <p className={styles.line}>
        Revision {build.revision.slice(0, SHORT_COMMIT)} by{' '}
        {describeAuthor(build.author)}
      </p>
    </Panel>
  );
}
