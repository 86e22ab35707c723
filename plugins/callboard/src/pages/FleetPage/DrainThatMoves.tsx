import { ButtonLink } from '@backstage/ui';
import { type Cluster, nameCluster } from '@callboard/plugin-callboard-common';
import {
  useCallboardApi,
  whatIfQuery,
} from '@callboard/plugin-callboard-react';
import { useQueries } from '@tanstack/react-query';
import { useLinks } from '../../useLinks';
import styles from './PlaygroundPanel.module.css';

/** Link to the drain of a cluster that would move at least one app, found by what-if questions. */
export function DrainThatMoves({
  clusters,
}: {
  clusters: Cluster[];
}): JSX.Element {
  const links = useLinks();
  const api = useCallboardApi();
  const candidates = clusters.filter(
    ({ scheduling, apps, freshness }) =>
      scheduling.state === 'open' && apps.length > 0 && freshness === 'live',
  );
  const answers = useQueries({
    queries: candidates.map(({ name }) =>
      whatIfQuery(api, [{ kind: 'drain', cluster: name }]),
    ),
  });
  const index = answers.findIndex(({ data }) => (data?.moves.length ?? 0) > 0);
  const found = candidates[index];
  const moves = answers[index]?.data?.moves ?? [];
  if (answers.some(({ isPending }) => isPending) && !found)
    return <p className={styles.words}>Looking for a drain that moves apps…</p>;
  if (!found)
    return (
      <p className={styles.words}>
        No drain would move an app now: no other cluster takes one.
      </p>
    );
  return (
    <p className={styles.words}>
      Draining {nameCluster(found)} moves{' '}
      {[...new Set(moves.map(({ app }) => app))].join(', ')} to{' '}
      {[...new Set(moves.flatMap(({ to }) => to))].join(', ')}.{' '}
      <ButtonLink
        variant="secondary"
        href={`${links.cluster(found.name)}?do=drain`}
      >
        Drain {found.name}…
      </ButtonLink>
    </p>
  );
}
