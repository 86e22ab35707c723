import { Button } from '@backstage/ui';
import type {
  PolicyFindingView,
  PolicySummary,
} from '@callboard/plugin-callboard-common';
import { countOf } from '@callboard/plugin-callboard-common';
import {
  Age,
  describeActor,
  NameList,
  OnlyNow,
  Panel,
  ProblemCard,
  Prose,
  TimeLeft,
  useTryPolicy,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import styles from './PoliciesPage.module.css';

const TRIAL_DAYS = 30;
const MODE: Record<PolicySummary['mode'], string> = {
  audit: 'Audit',
  warn: 'Warns',
  deny: 'Denies',
};

/** One policy: its rule, its current violations, and a trial on past releases. */
export function PolicyPanel({
  policy,
  mayManage,
  onExcept,
}: {
  policy: PolicySummary;
  mayManage: boolean;
  onExcept: () => void;
}): JSX.Element {
  const { name, title, mode, description, sentence, holds } = policy;
  const trying = useTryPolicy(name);
  const isViolated = policy.denied + policy.warned > 0;
  return (
    <Panel
      title={title}
      aside={MODE[mode]}
      {...(isViolated && { tone: mode === 'deny' ? 'danger' : 'warning' })}
      foot={
        mayManage && (
          <OnlyNow>
            <div className={styles.actions}>
              <Button
                variant="secondary"
                aria-label={`Try ${title} on the last ${TRIAL_DAYS} days`}
                isPending={trying.action.kind === 'running'}
                onPress={() => trying.run(TRIAL_DAYS)}
              >
                {`Try it on the last ${TRIAL_DAYS} days`}
              </Button>
              <Button
                variant="secondary"
                aria-label={`Make an exception from ${title}`}
                onPress={onExcept}
              >
                Make an exception…
              </Button>
            </div>
          </OnlyNow>
        )
      }
    >
      <div className={styles.policy}>
        <p className={styles.text}>
          <Prose>{sentence}</Prose>
        </p>
        {description !== undefined && (
          <p className={styles.quiet}>
            <Prose>{description}</Prose>
          </p>
        )}
        <p className={styles.quiet}>
          {`${name} finds: `}
          <Prose>{holds.join('; ')}</Prose>
        </p>
        {policy.findings.length > 0 && (
          <Findings title={title} findings={policy.findings} />
        )}
        <div role="status">
          {trying.action.kind === 'refused' && (
            <ProblemCard problem={trying.action.problem} />
          )}
          {trying.trial && <Trial trial={trying.trial} />}
        </div>
      </div>
    </Panel>
  );
}

function Findings({
  title,
  findings,
}: {
  title: string;
  findings: readonly PolicyFindingView[];
}): JSX.Element {
  const links = useLinks();
  return (
    <ul className={styles.list} aria-label={`What violates ${title}`}>
      {findings.map(finding => {
        const { app, environment, message, next, count, clusters } = finding;
        return (
          <li key={`${app}/${environment}`}>
            <Link className={styles.app} to={links.app(app)}>
              {app}
            </Link>{' '}
            in {environment}, release {finding.release}:{' '}
            <Prose>{message}</Prose>
            {count > 1 && ` (and ${countOf(count - 1, 'more fault')})`}
            <span className={styles.quiet}>
              {clusters.length > 0 && (
                <>
                  on <NameList names={clusters} />.{' '}
                </>
              )}
              {next !== undefined && (
                <>
                  <Prose>{next}</Prose>.{' '}
                </>
              )}
              {finding.exceptedUntil !== undefined && (
                <TimeLeft
                  until={finding.exceptedUntil}
                  before="Excepted for "
                  after="."
                  over="Its exception has ended."
                />
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Trial({
  trial,
}: {
  trial: NonNullable<ReturnType<typeof useTryPolicy>['trial']>;
}): JSX.Element {
  const links = useLinks();
  const { sentence, items, leftOut } = trial;
  return (
    <div className={styles.trial}>
      <p className={styles.text}>
        <Prose>{`${sentence}.`}</Prose>
        {leftOut !== undefined &&
          ` ${countOf(leftOut, 'older one')} were not judged.`}
      </p>
      {items.length > 0 && (
        <ul className={styles.list} aria-label="What it would have refused">
          {items.map(({ app, environment, release, at, by, message }) => (
            <li key={`${app}/${environment}/${at}`}>
              <Link className={styles.app} to={links.app(app)}>
                {app}
              </Link>{' '}
              release {release} in {environment}: <Prose>{message}</Prose>
              <span className={styles.quiet}>
                {describeActor(by)}, <Age at={at} after=" ago" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
