import {
  type KubeObject,
  type ObjectPatch,
  type WorkloadPatches,
  isRecord,
} from '@callboard/plugin-callboard-common';

type Fields = Record<string, unknown>;

/** Path of the pod template in objects of a kind. */
const TEMPLATE_OF: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

/** Fields that depend on their type: merging parts of two types would be refused. */
const WHOLE = ['strategy', 'updateStrategy'];

/**
 * Applies patches to a workload's objects, one after the other. A patch does
 * not create a missing object or part (an autoscaler, a probe); the schema of
 * app.yaml limits the fields.
 */
export function applyPatches(
  objects: readonly KubeObject[],
  patches: readonly WorkloadPatches[],
): KubeObject[] {
  return objects.map(object => patches.reduce(applyPatch, object));
}

function applyPatch(object: KubeObject, patches: WorkloadPatches): KubeObject {
  const { kind } = object;
  const own = Object.entries(patches).find(([name]) => name === kind)?.[1];
  const patched = own ? mergePatch(object, own) : object;
  const path = Object.hasOwn(TEMPLATE_OF, kind) ? TEMPLATE_OF[kind] : undefined;
  const { Pod: pods } = patches;
  return (
    path && pods
      ? changeAt(patched, path, template => patchTemplate(template, pods))
      : patched
  ) as KubeObject;
}

function patchTemplate(template: unknown, { metadata, spec }: ObjectPatch) {
  const { containers, ...others } = spec ?? {};
  const merged = mergePatch(template, {
    ...(metadata && { metadata }),
    spec: others,
  });
  if (!isRecord(containers)) return merged;
  return ['containers', 'initContainers'].reduce<unknown>(
    (pod, field) =>
      changeAt(pod, ['spec', field], all =>
        Array.isArray(all)
          ? all.map(each => patchContainer(each, containers))
          : all,
      ),
    merged,
  );
}

/** Patches the fields of a container; a probe without a handler would be refused. */
function patchContainer(container: unknown, patches: Fields): unknown {
  if (!isRecord(container)) return container;
  const name = String(container.name);
  const patch = Object.hasOwn(patches, name) ? patches[name] : undefined;
  if (!isRecord(patch)) return container;
  const known = Object.entries(patch).filter(([field]) =>
    Object.hasOwn(container, field),
  );
  return mergePatch(container, Object.fromEntries(known));
}

/** Source: RFC 7386, section 2, except that some fields are replaced as a whole. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Fields = isRecord(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete merged[field];
    else
      merged[field] = WHOLE.includes(field)
        ? value
        : mergePatch(merged[field], value);
  }
  return merged;
}

/** Returns the pod template of an object, where it has one. */
export function podTemplateOf(object: KubeObject): unknown {
  if (!Object.hasOwn(TEMPLATE_OF, object.kind)) return undefined;
  return TEMPLATE_OF[object.kind].reduce<unknown>(
    (value, field) => (isRecord(value) ? value[field] : undefined),
    object,
  );
}

/** Returns a value in which one field is changed; the same value where the field is absent. */
function changeAt(
  value: unknown,
  [field, ...rest]: readonly string[],
  change: (found: unknown) => unknown,
): unknown {
  if (field === undefined) return change(value);
  if (!isRecord(value) || !Object.hasOwn(value, field)) return value;
  return { ...value, [field]: changeAt(value[field], rest, change) };
}
