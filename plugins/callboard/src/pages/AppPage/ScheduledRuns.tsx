import type { DeploymentView } from '@callboard/plugin-callboard-common';
import { Age, TimeLeft } from '@callboard/plugin-callboard-react';
import styles from './WhereItRuns.module.css';

type Runs = NonNullable<DeploymentView['runs']>[number];

/** Scheduled workloads on a cluster: the last run and the next one. */
export function ScheduledRuns({
  runs,
}: {
  runs: readonly Runs[];
}): JSX.Element {
  return (
    <>
      {runs.map(each => (
        <span
          key={each.workload}
          className={styles.serving}
          title={describeSchedule(each)}
        >
          {each.workload}: <LastRun {...each} />
          <NextRun {...each} />
        </span>
      ))}
    </>
  );
}

function LastRun({ last }: Runs): JSX.Element {
  if (!last) return <>has not run yet</>;
  switch (last.ended) {
    case 'running':
      return <Age at={last.at} before="runs since " />;
    case 'failed':
      return <Age at={last.at} before="last run failed, " after=" ago" />;
    case 'succeeded':
      return <Age at={last.at} before="last run succeeded, " after=" ago" />;
    default:
      return last.ended satisfies never;
  }
}

function NextRun({ suspended, next }: Runs): JSX.Element {
  if (suspended) return <>; suspended, no next run</>;
  if (next === null) return <>; no next run</>;
  return (
    <>
      ; <TimeLeft until={next} before="next in " over="next is due" />
    </>
  );
}

/** `30 4 * * *, Europe/Berlin` */
function describeSchedule({ schedule, timeZone }: Runs): string {
  return [schedule, timeZone].filter(part => part !== undefined).join(', ');
}
