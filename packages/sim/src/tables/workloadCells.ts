import { type JsonValue, type SimObject, getPath, isJsonObject } from '../json';
import { objectsIn } from '../validation';
import { column } from './Column';

export const CONTAINERS = [
  column('Containers', object => templateContainers(object, 'name'), 1),
  column('Images', object => templateContainers(object, 'image'), 1),
];

export const SELECTOR = column(
  'Selector',
  object => describeSelector(getPath(object, ['spec', 'selector'])),
  1,
);

function templateContainers(object: SimObject, field: string): string {
  return objectsIn(getPath(object, ['spec', 'template', 'spec', 'containers']))
    .map(container => String(container[field]))
    .join(',');
}

export function describeSelector(selector: JsonValue | undefined): string {
  const labels = getPath(selector, ['matchLabels']);
  const pairs = isJsonObject(labels)
    ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`)
    : [];
  return pairs.length === 0 ? '<none>' : pairs.sort().join(',');
}
