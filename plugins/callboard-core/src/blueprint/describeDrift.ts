import { countOf, pluralOf } from '@callboard/plugin-callboard-common';

/**
 * Describes the drift of objects, without full stop: `No drift`, `2 objects of
 * shop on eu-1 differ from what was applied`.
 *
 * @param of - whose objects they are, where the page does not show it beside
 */
export function describeDrift(objects: number, of?: string): string {
  if (objects === 0) return 'No drift';
  const differ = pluralOf(objects, 'differs', 'differ');
  return `${countOf(objects, 'object')}${
    of === undefined ? '' : ` of ${of}`
  } ${differ} from what was applied`;
}
