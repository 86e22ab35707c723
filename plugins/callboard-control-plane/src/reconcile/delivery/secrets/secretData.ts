import {
  type SecretContents,
  readSecretContents,
  secretKeyOf,
} from '@callboard/plugin-callboard-core';
import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';

/** Values of a Secret in base64, by key. */
export type Data = Record<string, string>;

/** Resources with a value that is missing, or of an earlier version. */
export function missingOf(
  wanted: SecretContents,
  live: KubeObject | undefined,
): string[] {
  const data = dataOf(live);
  const versions = live
    ? readSecretContents(live).versions
    : new Map<string, number>();
  return [...wanted.versions]
    .filter(
      ([resource, version]) =>
        (versions.get(resource) ?? 0) < version ||
        keysOf(wanted, resource).some(([name]) => !Object.hasOwn(data, name)),
    )
    .map(([resource]) => resource);
}

export function keysOf(
  { lengths }: SecretContents,
  resource: string,
): Array<[string, number]> {
  const head = secretKeyOf(resource, '');
  return [...lengths].filter(([name]) => name.startsWith(head));
}

export function dataOf(secret: KubeObject | undefined): Data {
  const data = secret?.data;
  return isRecord(data)
    ? Object.fromEntries(
        Object.entries(data).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      )
    : {};
}
