import { Select } from '@backstage/ui';
import type { App, TimelineLanes } from '@callboard/plugin-callboard-common';
import {
  focusWhenDrawn,
  formatMinute,
  Panel,
  ShowView,
  Timeline,
  useSetInstant,
  useTimeline,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { useSearchParams } from 'react-router-dom';
import { SkeletonRows } from '../../SkeletonRows';
import styles from './History.module.css';

/** `lanes` and `days` of the timeline; unknown values mean the first option. */
const TIMELINE_ADDRESS = { lanes: 'environment', days: '7' };

const DAYS = [
  { id: '7', label: 'Last 7 days' },
  { id: '1', label: 'Last 24 hours' },
  { id: '30', label: 'Last 30 days' },
  { id: '90', label: 'Last 90 days' },
];

const LANES = [
  { id: 'environment', label: 'By environment' },
  { id: 'cluster', label: 'By cluster' },
];

/** Timeline of releases and incidents. */
export function TimelinePanel({ app }: { app: App }): JSX.Element {
  const [address, setAddress] = useUrlState(TIMELINE_ADDRESS);
  const [params] = useSearchParams();
  const showAt = useSetInstant();
  const lanes = known(LANES, address.lanes) as TimelineLanes;
  const days = known(DAYS, address.days);
  const view = useTimeline({
    app: app.name,
    lanes,
    ...(days !== DAYS[0].id && { days: Number(days) }),
  });
  const hrefAt = (at: Date) => {
    const next = new URLSearchParams(params);
    next.set('at', at.toISOString());
    return `?${next}`;
  };
  return (
    <Panel title="Timeline">
      <div className={styles.choices}>
        <Select
          aria-label="Lanes"
          selectionMode="single"
          value={lanes}
          onChange={key => setAddress({ lanes: String(key) })}
          options={LANES}
        />
        <Select
          aria-label="Window"
          selectionMode="single"
          value={days}
          onChange={key => setAddress({ days: String(key) })}
          options={DAYS}
        />
      </div>
      <ShowView view={view} loading={<SkeletonRows rows={3} />}>
        {timeline =>
          timeline.lanes.length === 0 ? (
            <p className={styles.nothing}>
              {timeline.drawnFrom === timeline.from
                ? 'No release was anywhere in this time.'
                : `No release was anywhere in this time. History is known since ${formatMinute(
                    new Date(timeline.drawnFrom),
                  )}.`}
            </p>
          ) : (
            <Timeline
              timeline={timeline}
              hrefAt={hrefAt}
              onShow={at => {
                showAt(at);
                focusWhenDrawn('[role="status"] button');
              }}
            />
          )
        }
      </ShowView>
    </Panel>
  );
}

function known(options: ReadonlyArray<{ id: string }>, text: string): string {
  return options.some(({ id }) => id === text) ? text : options[0].id;
}
