import {
  type Cluster,
  describeBytes,
  describeCpu,
} from '@callboard/plugin-callboard-common';
import { Panel } from '@callboard/plugin-callboard-react';
import styles from './ClusterContent.module.css';

/**
 * Requested capacity of the cluster, and the part requested by pods outside of
 * Callboard. Absent when the capacity is unknown.
 */
export function CapacityPanel({
  cluster: { capacity, requested, requestedByOthers: others },
}: {
  cluster: Cluster;
}): JSX.Element | null {
  if (!capacity) return null;
  return (
    <Panel title="Capacity" aside="requested of capacity">
      <Meter
        label="CPU"
        part={requested?.cpuMillicores ?? 0}
        byOthers={others?.cpuMillicores}
        whole={capacity.cpuMillicores}
        format={describeCpu}
      />
      <Meter
        label="Memory"
        part={requested?.memoryBytes ?? 0}
        byOthers={others?.memoryBytes}
        whole={capacity.memoryBytes}
        format={describeBytes}
      />
      <Meter
        label="Instances"
        part={requested?.pods ?? 0}
        byOthers={others?.pods}
        whole={capacity.pods}
        format={String}
      />
    </Panel>
  );
}

interface MeterProps {
  label: string;
  part: number;
  byOthers?: number;
  whole: number;
  format: (value: number) => string;
}

function Meter({
  label,
  part,
  byOthers = 0,
  whole,
  format,
}: MeterProps): JSX.Element {
  const percent = whole > 0 ? Math.min(100, (part / whole) * 100) : 0;
  return (
    <div className={styles.meter}>
      <span className={styles.meterWords}>
        <span>{label}</span>
        <span>
          {format(part)}{' '}
          <span className={styles.quiet}>
            of {format(whole)}
            {byOthers > 0 && `, ${format(byOthers)} by others`}
          </span>
        </span>
      </span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${percent}%` }} />
      </span>
    </div>
  );
}
