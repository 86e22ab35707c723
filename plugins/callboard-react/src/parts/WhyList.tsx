import {
  countOf,
  type PlacementAnswerVerdict,
} from '@callboard/plugin-callboard-common';
import { describeRule } from '@callboard/plugin-callboard-core';
import { VisuallyHidden } from '@backstage/ui';
import { Link } from 'react-router-dom';
import {
  groupVerdicts,
  refusingRules,
  type VerdictGroup,
} from './groupVerdicts';
import { NameList } from './Name';
import { Prose } from './Prose';
import styles from './WhyList.module.css';

const SINGLE_ROWS = 30; // more rows are grouped by reason

const VERDICT_WORDS: Record<PlacementAnswerVerdict['verdict'], string> = {
  chosen: 'Chosen',
  spare: 'Spare',
  refused: 'Refused',
};

export interface WhyListProps {
  /** One verdict for every cluster of the fleet. */
  verdicts: PlacementAnswerVerdict[];
  hrefOfCluster: (cluster: string) => string;
  /** Display name of a cluster; its name when omitted. */
  nameOfCluster?: (cluster: string) => string;
}

/**
 * Clusters with their verdicts: chosen first, then spare, then refused, each
 * with its reasons and the smallest change that would admit it.
 */
export function WhyList({
  verdicts,
  hrefOfCluster,
  nameOfCluster = name => name,
}: WhyListProps): JSX.Element {
  const rules = refusingRules(verdicts);
  const hasScores = verdicts.some(({ score }) => score !== undefined);
  const rows = groupVerdicts(verdicts, {
    single: verdicts.length <= SINGLE_ROWS,
  });
  return (
    <table className={styles.table} aria-label="Why these clusters">
      <thead>
        <tr>
          <th scope="col">Cluster</th>
          <th scope="col">Verdict</th>
          {rules.map(rule => (
            <th
              key={rule}
              scope="col"
              className={`${styles.rule} ${styles.cell}`}
            >
              {describeRule(rule)}
            </th>
          ))}
          {hasScores && (
            <th scope="col" className={styles.score}>
              Score
            </th>
          )}
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(group => (
          <tr
            key={group.clusters[0]}
            data-testid={`verdict-${group.clusters[0]}`}
            data-verdict={group.verdict}
          >
            <th scope="row">
              <Clusters
                group={group}
                hrefOfCluster={hrefOfCluster}
                nameOfCluster={nameOfCluster}
              />
            </th>
            <td className={styles.verdictCell}>
              <span className={styles.verdict}>
                {VERDICT_WORDS[group.verdict]}
              </span>
              {group.replicas !== undefined && (
                <span className={styles.replicas}>
                  {countOf(group.replicas, 'instance')}
                </span>
              )}
            </td>
            {rules.map(rule => (
              <td key={rule} className={styles.cell}>
                <RuleMark
                  isBroken={
                    group.reasons.some(reason => reason.rule === rule) &&
                    (group.verdict === 'refused' || rule === 'has-capacity')
                  }
                />
              </td>
            ))}
            {hasScores && (
              <td className={`${styles.score} ${styles.number}`}>
                {group.score ?? ''}
              </td>
            )}
            <td>
              <Reasons group={group} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Clusters({
  group: { clusters, verdict },
  hrefOfCluster,
  nameOfCluster,
}: {
  group: VerdictGroup;
  hrefOfCluster: (cluster: string) => string;
  nameOfCluster: (cluster: string) => string;
}): JSX.Element {
  if (clusters.length === 1) {
    return (
      <Link className={styles.cluster} to={hrefOfCluster(clusters[0])}>
        {nameOfCluster(clusters[0])}
      </Link>
    );
  }
  return (
    <details className={styles.names}>
      <summary>
        {clusters.length} {verdict}
      </summary>
      <NameList names={clusters.map(nameOfCluster)} />
    </details>
  );
}

function RuleMark({ isBroken }: { isBroken: boolean }): JSX.Element {
  return (
    <>
      <span aria-hidden="true" className={isBroken ? styles.no : styles.yes}>
        {isBroken ? '✗' : '✓'}
      </span>
      <VisuallyHidden>{isBroken ? 'no' : 'yes'}</VisuallyHidden>
    </>
  );
}

function Reasons({
  group: { reasons, remedy },
}: {
  group: VerdictGroup;
}): JSX.Element {
  return (
    <>
      {reasons.map(({ rule, message }) => (
        <p key={`${rule} ${message}`} className={styles.reason}>
          <Prose>{message}</Prose>
        </p>
      ))}
      {remedy && (
        <p className={styles.remedy}>
          <Prose>{remedy}</Prose>
        </p>
      )}
    </>
  );
}
