import type {
  FieldChange,
  ObjectChange,
} from '@callboard/plugin-callboard-core';
import type { PlaceChange } from './diffApps';

const SIGNS = { added: '+', changed: '~', removed: '-' } as const;
const MAX_VALUE = 160; // of a line for people; the JSON has all of it

/** Formats changes for people; places with the same changes are grouped. */
export function formatChanges(places: readonly PlaceChange[]): string {
  const groups = new Map<string, PlaceChange[]>();
  for (const place of places) {
    if (place.objects.length === 0) continue;
    const key = JSON.stringify([place.environment, place.objects]);
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  if (groups.size === 0) return 'Nothing would change';
  return [...groups.values()].flatMap(describeGroup).join('\n');
}

function describeGroup(group: PlaceChange[]): string[] {
  const [{ environment, cluster, objects }] = group;
  const where =
    cluster === undefined
      ? environment
      : `${environment} on ${group.map(each => each.cluster).join(', ')}`;
  return [`${where}: ${count(objects)}`, ...objects.flatMap(describeObject)];
}

function count(objects: readonly ObjectChange[]): string {
  return (['added', 'changed', 'removed'] as const)
    .map(change => ({
      change,
      number: objects.filter(each => each.change === change).length,
    }))
    .filter(({ number }) => number > 0)
    .map(({ change, number }) => `${number} ${change}`)
    .join(', ');
}

function describeObject({
  change,
  kind,
  name,
  fields,
}: ObjectChange): string[] {
  return [
    `  ${SIGNS[change]} ${kind} ${name}`,
    ...fields.map(field => `      ${describeField(field)}`),
  ];
}

function describeField({ path, before, after }: FieldChange): string {
  if (before === undefined) return `${path}: new, ${format(after)}`;
  if (after === undefined) return `${path}: gone, was ${format(before)}`;
  return `${path}: ${format(before)} -> ${format(after)}`;
}

function format(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
