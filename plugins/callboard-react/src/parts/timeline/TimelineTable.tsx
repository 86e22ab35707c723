import type { Timeline } from '@callboard/plugin-callboard-common';
import { describeGapHere, formatMinute } from '../../time';
import {
  describeCause,
  describeIncident,
  describeSettings,
  describeSpanOf,
  laterSettings,
  nameRevision,
} from './describeBar';
import styles from './Timeline.module.css';

/** The timeline as a table: its text alternative. */
export function TimelineTable({
  lanes,
  gaps,
}: Pick<Timeline, 'lanes' | 'gaps'>): JSX.Element {
  return (
    <details className={styles.alternative}>
      <summary>Show as a table</summary>
      <table className={styles.table} aria-label="Releases and incidents">
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Release</th>
            <th scope="col">From</th>
            <th scope="col">Until</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {lanes.flatMap(lane => [
            ...lane.bars.map(bar => (
              <tr key={`${lane.name} ${bar.from}`}>
                <th scope="row">{lane.title}</th>
                <td>{nameRevision(bar)}</td>
                <td>{formatMinute(new Date(bar.from))}</td>
                <td>
                  {bar.to ? formatMinute(new Date(bar.to)) : 'Still there'}
                </td>
                <td>
                  {describeCause(bar)}
                  {laterSettings(bar).map(settings => (
                    <span key={settings.from} className={styles.line}>
                      {describeSettings(settings)}
                    </span>
                  ))}
                  {bar.marks.map(mark => (
                    <span
                      key={`${mark.cluster} ${mark.from}`}
                      className={styles.line}
                    >
                      {describeIncident(mark)}
                    </span>
                  ))}
                </td>
              </tr>
            )),
            ...lane.unknown.map(span => (
              <tr key={`${lane.name} unknown ${span.from}`}>
                <th scope="row">{lane.title}</th>
                <td colSpan={4}>Unknown {describeSpanOf(span)}: no contact</td>
              </tr>
            )),
          ])}
          {gaps.map(gap => (
            <tr key={`gap ${gap.from}`}>
              <th scope="row">Everywhere</th>
              <td colSpan={4}>{describeGapHere(gap)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
