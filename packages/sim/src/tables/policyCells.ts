import { type SimObject, getPath, isJsonObject } from '../json';

export function describeRole(object: SimObject): string {
  return `${String(getPath(object, ['roleRef', 'kind']))}/${String(
    getPath(object, ['roleRef', 'name']),
  )}`;
}

export function describeQuota(object: SimObject, isLimit: boolean): string {
  const hard = getPath(object, ['spec', 'hard']);
  if (!isJsonObject(hard)) return '';
  return Object.keys(hard)
    .filter(name => name.startsWith('limits') === isLimit)
    .sort()
    .map(
      name =>
        `${name}: ${String(
          getPath(object, ['status', 'used', name]) ?? 0,
        )}/${String(hard[name])}`,
    )
    .join(', ');
}
