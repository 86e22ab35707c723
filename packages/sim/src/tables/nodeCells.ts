import { type SimObject, getPath } from '../json';
import { objectsIn } from '../validation';
import { conditionOf } from './conditionOf';

export function nodeStatus(object: SimObject): string {
  const words: Record<string, string> = {
    True: 'Ready',
    False: 'NotReady',
    Unknown: 'NotReady',
  };
  const ready =
    words[String(conditionOf(object, 'Ready')?.status)] ?? 'Unknown';
  return getPath(object, ['spec', 'unschedulable']) === true
    ? `${ready},SchedulingDisabled`
    : ready;
}

export function nodeRoles(object: SimObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(object.metadata.labels ?? {}).filter(label =>
    label.startsWith(prefix),
  );
  return roles.length === 0
    ? '<none>'
    : roles
        .map(label => label.slice(prefix.length))
        .sort()
        .join(',');
}

export function addressOf(object: SimObject, type: string): string {
  const found = objectsIn(getPath(object, ['status', 'addresses'])).find(
    address => address.type === type,
  );
  return String(found?.address ?? '<none>');
}
