import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import { toCel } from '../cel';
import { podTemplateOf } from '../render/overrides/applyPatches';
import type { PolicyPlace, PolicySubject } from './types';

/** Variables of expressions, as values of CEL; each is converted once. */
export class PolicyVariables {
  /** Variables that are the same on every cluster. */
  readonly ofRelease: object;
  readonly #objects = new WeakMap<KubeObject, object>();

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
    const { clusterSets, blueprints, ...of } = cluster;
    return {
      ...this.ofRelease,
      cluster: {
        ...of,
        clusterSets: [...clusterSets],
        blueprint: blueprints[0] ?? '',
        blueprints: [...blueprints],
      },
    };
  }

  /** Returns the object, and the spec of its pods where it has a pod template. */
  ofObject(object: KubeObject): object {
    const known = this.#objects.get(object);
    if (known) return known;
    const pod = podOf(object);
    const variables = {
      object: toCel(withoutValues(object)),
      ...(pod && { pod: toCel(pod) }),
    };
    this.#objects.set(object, variables);
    return variables;
  }
}

/** Returns the spec of the pods of an object, where it has a pod template. */
function podOf(object: KubeObject): Record<string, unknown> | undefined {
  const template = object.kind === 'Pod' ? object : podTemplateOf(object);
  const pod = isRecord(template) ? template.spec : undefined;
  return isRecord(pod) && Array.isArray(pod.containers) ? pod : undefined;
}

/** Keeps only the keys of a Secret: the error of a failed expression is shown, and may quote what it read. */
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
