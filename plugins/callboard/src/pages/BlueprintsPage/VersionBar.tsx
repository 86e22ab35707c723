import type { BlueprintVersionSummary } from '@callboard/plugin-callboard-common';
import { countOf } from '@callboard/plugin-callboard-common';
import styles from './BlueprintsPage.module.css';

/** Number of clusters per version as one bar; its length is the number of clusters. */
export function VersionBar({
  title,
  versions,
}: {
  title: string;
  versions: readonly BlueprintVersionSummary[];
}): JSX.Element | null {
  const used = versions.filter(({ clusters }) => clusters > 0);
  if (used.length === 0) return null;
  const words = used
    .map(
      ({ version, clusters }) =>
        `version ${version} on ${countOf(clusters, 'cluster')}`,
    )
    .join(', ');
  return (
    <div className={styles.bar} role="img" aria-label={`${title}: ${words}`}>
      {used.map(({ version, clusters, state }) => (
        <span
          key={version}
          className={styles.segment}
          data-state={state}
          style={{ flexGrow: clusters }}
        >
          {`Version ${version}: ${clusters}`}
        </span>
      ))}
    </div>
  );
}
