import {
  type Cluster,
  countOf,
  type FleetSummary,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { countApps } from '@callboard/plugin-callboard-core';
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { groupClusters } from './groupClusters';
import { HealthShape } from './HealthShape';
import { useLostSince } from './LostScope';
import { shownStatus } from './shownStatus';
import styles from './FleetMap.module.css';

const TILES_WITH_WORDS = 150; // beyond this, tiles shrink to marks and the line below describes the focused one

/** Distance along the tiles per key. */
const STEPS: Record<string, number | undefined> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
};

/** Memoized: moving over a thousand tiles redraws two. */
const Tile = memo(ClusterTile);

export interface FleetMapProps {
  clusters: Cluster[];
  /** The label to group by. */
  groupBy: string;
  /** Environments whose titles name the groups. */
  environments?: FleetSummary['environments'];
  hrefOf: (cluster: string) => string;
}

/**
 * One tile per cluster, grouped by a label; size by capacity, hatched when the
 * cluster is not live, a folded corner for drift. One tab stop: arrow keys move
 * inside. The table of the same clusters is its text alternative.
 */
export function FleetMap({
  clusters,
  groupBy,
  environments,
  hrefOf,
}: FleetMapProps): JSX.Element {
  const [current, setCurrent] = useState<string>();
  const map = useRef<HTMLDivElement>(null);
  const isDense = clusters.length > TILES_WITH_WORDS;
  const groups = groupClusters(
    [...clusters].sort((a, b) =>
      a.name.localeCompare(b.name, 'en', { numeric: true }),
    ),
    groupBy,
    environments,
  );
  const order = groups.flatMap(group => group.clusters);
  const entry =
    order.find(({ name }) => name === current)?.name ?? order[0]?.name;

  const moveFocus = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    const from = order.findIndex(({ name }) => name === entry);
    const to = order[Math.min(order.length - 1, Math.max(0, from + step))];
    event.preventDefault();
    map.current
      ?.querySelector<HTMLElement>(`[data-cluster="${CSS.escape(to.name)}"]`)
      ?.focus();
  };

  return (
    <>
      {/* The tiles inside are links; the group only hears the arrow keys of whichever has focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={map}
        className={styles.map}
        data-dense={isDense ? '' : undefined}
        onKeyDown={moveFocus}
      >
        {groups.map(group => (
          <section
            key={group.value}
            className={styles.group}
            aria-label={`${groupBy} ${group.title}`}
          >
            <h3 className={styles.name}>
              {group.title} · {group.clusters.length}
            </h3>
            <ul className={styles.tiles}>
              {group.clusters.map(cluster => (
                <li
                  key={cluster.name}
                  data-size={isDense ? undefined : capacityClass(cluster)}
                >
                  <Tile
                    cluster={cluster}
                    href={hrefOf(cluster.name)}
                    isDense={isDense}
                    isEntry={cluster.name === entry}
                    onLook={setCurrent}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className={styles.word}>
        {clusters.find(({ name }) => name === current)?.sentence ??
          'Point at a cluster, or move with the arrow keys.'}
      </p>
    </>
  );
}

interface TileProps {
  cluster: Cluster;
  href: string;
  isDense: boolean;
  isEntry: boolean;
  onLook: (name: string) => void;
}

function ClusterTile({
  cluster,
  href,
  isDense,
  isEntry,
  onLook,
}: TileProps): JSX.Element {
  const isLost = useLostSince() !== undefined;
  const status = isLost
    ? 'Unknown'
    : shownStatus(cluster.health, cluster.freshness);
  const hasDrifted = (cluster.blueprint?.drift.length ?? 0) > 0;
  return (
    <Link
      to={href}
      className={styles.tile}
      data-cluster={cluster.name}
      data-status={status}
      tabIndex={isEntry ? 0 : -1}
      title={`${nameCluster(cluster)}: ${cluster.sentence}`}
      onFocus={() => onLook(cluster.name)}
      onMouseEnter={() => onLook(cluster.name)}
    >
      {hasDrifted && <span className={styles.drift} />}
      <span className={styles.cluster}>
        <HealthShape status={status} size={isDense ? 10 : 13} />
        {isDense ? (
          <span className={styles.hidden}>{nameCluster(cluster)}</span>
        ) : (
          <span className={styles.label}>{nameCluster(cluster)}</span>
        )}
      </span>
      {!isDense && (
        <span className={styles.note}>{describeTile(cluster, isLost)}</span>
      )}
      <span className={styles.hidden}>
        {status}
        {hasDrifted && ', its blueprint has drifted'}
      </span>
    </Link>
  );
}

function describeTile(
  { freshness, apps, scheduling }: Cluster,
  isLost: boolean,
): string {
  const isSeen = !isLost && freshness === 'live';
  return [
    isSeen ? countOf(countApps(apps), 'app') : 'not seen',
    ...(scheduling.state === 'open' ? [] : [scheduling.state]),
  ].join(' · ');
}

const SMALL_CPU_MILLICORES = 8_000; // a rack in a shop
const LARGE_CPU_MILLICORES = 64_000;

function capacityClass({ capacity }: Cluster): 'small' | 'medium' | 'large' {
  const cpu = capacity?.cpuMillicores ?? SMALL_CPU_MILLICORES;
  if (cpu <= SMALL_CPU_MILLICORES) return 'small';
  return cpu >= LARGE_CPU_MILLICORES ? 'large' : 'medium';
}
