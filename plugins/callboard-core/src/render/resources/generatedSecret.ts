import {
  ANNOTATIONS,
  GENERATED_SECRET_NAME,
  type KubeObject,
} from '@callboard/plugin-callboard-common';
import { type SecretRef, SecretText } from '../placeholders';
import { sortedEntries } from '../sortedEntries';
import type { GeneratedValue } from './types';

/** Returns a generated value of a resource as an output: a reference to its key on the cluster. */
export function secretOf(objectName: string, key: string): SecretText {
  return SecretText.of(GENERATED_SECRET_NAME, secretKeyOf(objectName, key));
}

/** Returns a variable of a server with a value generated for its resource. */
export function drawnVariable(
  name: string,
  objectName: string,
  key: string,
): {
  name: string;
  valueFrom: { secretKeyRef: SecretRef };
} {
  return {
    name,
    valueFrom: { secretKeyRef: refOfSecret(objectName, key) },
  };
}

/** Returns the reference of a value generated for a resource, for objects that read it on the cluster. */
export function refOfSecret(objectName: string, key: string): SecretRef {
  return { name: GENERATED_SECRET_NAME, key: secretKeyOf(objectName, key) };
}

/** One Secret holds the generated values of all resources of an app. */
export function secretKeyOf(objectName: string, key: string): string {
  return `${objectName}.${key}`;
}

/** Returns the resource of a value; undefined for Secrets of others. */
export function resourceOfSecret({ name, key }: SecretRef): string | undefined {
  return name === GENERATED_SECRET_NAME ? key.split('.')[0] : undefined;
}

/** Returns how often the secrets of a resource were generated: once, unless they were rotated. */
export function versionOf(
  versions: Readonly<Record<string, number>>,
  objectName: string,
): number {
  return Object.hasOwn(versions, objectName) ? versions[objectName] : 1;
}

/**
 * Renders the Secret of an app's environment as a release holds it: its keys
 * and their desired versions, without values. The values are added when it is
 * applied. It has a fixed name, so that permissions on a cluster need to name
 * only this one.
 */
export function renderGeneratedSecret(
  values: ReadonlyMap<string, Record<string, GeneratedValue>>,
  of: {
    namespace: string;
    labels: Record<string, string>;
    versions: Readonly<Record<string, number>>;
  },
): KubeObject {
  const names = [...values.keys()].sort();
  const lengths = names.flatMap(name =>
    sortedEntries(values.get(name)).map(
      ([key, { length }]) => [secretKeyOf(name, key), length] as const,
    ),
  );
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: {
      name: GENERATED_SECRET_NAME,
      namespace: of.namespace,
      labels: of.labels,
      annotations: writeNumbers({
        lengths: new Map(lengths),
        versions: new Map(
          names.map(name => [name, versionOf(of.versions, name)]),
        ),
      }),
    },
  };
}

/** Desired or actual generated values of a cluster. */
export interface SecretContents {
  /** Length by key. */
  lengths: Map<string, number>;
  /** How often the values of a resource were generated, by the name of its objects. */
  versions: Map<string, number>;
}

/** Reads the annotations that `renderGeneratedSecret` wrote; invalid parts are left out. */
export function readSecretContents({ metadata }: KubeObject): SecretContents {
  const { annotations = {} } = metadata;
  return {
    lengths: readNumbers(annotations[ANNOTATIONS.secretKeys]),
    versions: readNumbers(annotations[ANNOTATIONS.secretVersion]),
  };
}

/**
 * Adds to a Secret the existing entries of resources that it does not name: a
 * release no longer requests them, and a later one may.
 */
export function keepSecretContents(
  secret: KubeObject,
  held: SecretContents,
): KubeObject {
  const { lengths, versions } = readSecretContents(secret);
  const isOther = (resource: string) => !versions.has(resource);
  const others = {
    lengths: [...held.lengths].filter(([key]) => isOther(key.split('.')[0])),
    versions: [...held.versions].filter(([resource]) => isOther(resource)),
  };
  const annotations = writeNumbers({
    lengths: new Map([...lengths, ...others.lengths]),
    versions: new Map([...versions, ...others.versions]),
  });
  const { metadata } = secret;
  return {
    ...secret,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, ...annotations },
    },
  };
}

function writeNumbers({
  lengths,
  versions,
}: SecretContents): Record<string, string> {
  const write = (numbers: Map<string, number>) =>
    [...numbers].map(([name, number]) => `${name}=${number}`).join(',');
  return {
    [ANNOTATIONS.secretKeys]: write(lengths),
    [ANNOTATIONS.secretVersion]: write(versions),
  };
}

function readNumbers(text: string = ''): Map<string, number> {
  return new Map(
    text.split(',').flatMap(part => {
      const [, name, digits] = /^([-._a-zA-Z0-9]+)=(\d{1,9})$/.exec(part) ?? [];
      return name === undefined ? [] : [[name, Number(digits)]];
    }),
  );
}
