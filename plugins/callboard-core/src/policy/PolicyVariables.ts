import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import { toCel } from '../cel';
import type { PolicyPlace, PolicySubject } from './types';

/** What expressions read, in CEL's own values; each is converted once. */
export class PolicyVariables {
  /** What is the same on every cluster. */
  readonly ofRelease: object;
  readonly #objects = new WeakMap<KubeObject, unknown>();

  constructor({ app, release, environment, places }: PolicySubject) {
    const { system = '', ...of } = app;
    const clusters = places.flatMap(({ cluster }) =>
      cluster ? [cluster.name] : [],
    );
    this.ofRelease = toCel({
      app: { ...of, system },
      release,
      environment,
      placement: { clusters },
    }) as object;
  }

  ofPlace({ cluster }: PolicyPlace): object {
    if (!cluster) return this.ofRelease;
    const { clusterSet = '', blueprints, ...of } = cluster;
    return {
      ...this.ofRelease,
      cluster: {
        ...of,
        clusterSet,
        blueprint: blueprints[0] ?? '',
        blueprints: [...blueprints],
      },
    };
  }

  ofObject(object: KubeObject): unknown {
    if (!this.#objects.has(object))
      this.#objects.set(object, toCel(withoutValues(object)));
    return this.#objects.get(object);
  }
}

/** A Secret has its keys only: why an expression fails may be told, and may quote what it read. */
function withoutValues(object: KubeObject): Record<string, unknown> {
  if (object.kind !== 'Secret') return object;
  return Object.fromEntries(
    Object.entries(object).map(([field, value]) => [
      field,
      (field === 'data' || field === 'stringData') && isRecord(value)
        ? Object.fromEntries(Object.keys(value).map(key => [key, '']))
        : value,
    ]),
  );
}
