import {
  type ChangeCalendar,
  listOf,
} from '@callboard/plugin-callboard-common';
import { describeEntity } from '../summary/describeEntity';
import { describeInstantIn, instantInZone } from './judgeCalendar';

/** Describes when changes may start, one sentence for each rule, without full stop; past freezes are left out. */
export function describeCalendar(
  calendar: ChangeCalendar | undefined,
  now: Date,
): string[] {
  if (!calendar) return [];
  const { timeZone = 'UTC', windows = [], allowsRollbacks } = calendar;
  const freezes = (calendar.freezes ?? []).filter(
    ({ until }) => instantInZone(until, timeZone) > now.getTime(),
  );
  if (windows.length === 0 && freezes.length === 0) return [];
  const at = (text: string) =>
    describeInstantIn(instantInZone(text, timeZone), timeZone);
  return [
    ...(windows.length === 0
      ? []
      : [
          `Changes start ${listOf(
            windows.map(
              ({ days, from, until }) =>
                `${
                  days ? `on ${days.join(', ')}` : 'every day'
                } from ${from} until ${until}`,
            ),
          )} (${timeZone})`,
        ]),
    ...freezes.map(
      ({ from, until, why }) =>
        `Nothing changes from ${at(from)} until ${at(until)}: ${why}`,
    ),
    ...freezes.flatMap(({ exceptions = [] }) =>
      exceptions.map(
        ({ apps = [], blueprints = [], by, why }) =>
          `${listOf([
            ...apps,
            ...blueprints,
          ])} may change in a freeze, says ${describeEntity(by)}: ${why}`,
      ),
    ),
    allowsRollbacks
      ? 'Rolling back waits for neither'
      : 'Rolling back waits as well',
  ];
}
