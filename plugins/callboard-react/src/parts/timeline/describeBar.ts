import type {
  TimelineBar,
  TimelineLane,
  TimelineMark,
  TimelineSettings,
} from '@callboard/plugin-callboard-common';
import { describeActor } from '../describeActor';
import { formatMinute } from '../../time';

/** `Release 42 with settings 7 in Production, from 20 August 2026, 14:05 on. Rolled back from release 43 by bo: “Accept vouchers”`. */
export function describeBar(lane: TimelineLane, bar: TimelineBar): string {
  return `${nameRevision(bar)} in ${lane.title}, ${describeSpanOf(
    bar,
  )}. ${describeCause(bar)}`;
}

/** `Release 42 with settings 7`: the settings at its start. */
export function nameRevision({ release, from, settings }: TimelineBar): string {
  const [first] = settings ?? [];
  return first?.from === from
    ? `Release ${release} with settings ${first.version}`
    : `Release ${release}`;
}

/** Changes of settings during the release. */
export function laterSettings({
  from,
  settings = [],
}: TimelineBar): TimelineSettings[] {
  return settings.filter(each => each.from !== from);
}

/** `Settings 8 from 20 August 2026, 14:05 on: bo changed LOG_LEVEL, “too much noise”`. */
export function describeSettings({
  from,
  version,
  name,
  actor,
  why,
}: TimelineSettings): string {
  const reason = why === undefined ? '' : `, “${why}”`;
  return `Settings ${version} from ${formatMinute(
    new Date(from),
  )} on: ${describeActor(actor)} changed ${name}${reason}`;
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
