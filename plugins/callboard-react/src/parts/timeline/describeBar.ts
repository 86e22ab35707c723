import type {
  TimelineBar,
  TimelineLane,
  TimelineMark,
} from '@callboard/plugin-callboard-common';
import { describeActor } from '../describeActor';
import { formatMinute } from '../../time';

/** `Release 42 in Production, from 20 August 2026, 14:05 on. Rolled back from release 43 by bo: “Accept vouchers”`. */
export function describeBar(lane: TimelineLane, bar: TimelineBar): string {
  return `Release ${bar.release} in ${lane.title}, ${describeSpanOf(
    bar,
  )}. ${describeCause(bar)}`;
}

/** `Rolled back from release 43 by bo: “Accept vouchers”`. */
export function describeCause({
  before,
  change,
  actor,
  cause,
}: TimelineBar): string {
  const quoted = cause === '' ? '' : `: “${cause}”`;
  return `${describeChange(change, before)} by ${describeActor(
    actor,
  )}${quoted}`;
}

function describeChange(
  change: TimelineBar['change'],
  before: number | undefined,
): string {
  switch (change) {
    case 'rollback':
      return `Rolled back from release ${before}`;
    case 'older':
      return `Released in place of the newer release ${before}`;
    case 'newer':
    case undefined:
      return 'Released';
    default:
      return change satisfies never;
  }
}

/** `eu-1: checkout cannot start, from 20 August 2026, 14:05 on`. */
export function describeIncident(mark: TimelineMark): string {
  return `${mark.cluster}: ${mark.reason}, ${describeSpanOf(mark)}`;
}

/** `from 20 August 2026, 14:05 on`. */
export function describeSpanOf({
  from,
  to,
}: {
  from: string;
  to?: string;
}): string {
  const end = to === undefined ? 'on' : `until ${formatMinute(new Date(to))}`;
  return `from ${formatMinute(new Date(from))} ${end}`;
}
