import {
  type KubeObject,
  type ObjectPatch,
  type WorkloadPatches,
  isRecord,
} from '@callboard/plugin-callboard-common';

type Fields = Record<string, unknown>;

/** Where objects of a kind hold the template of their pods. */
const TEMPLATE_OF: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

/** Fields whose parts belong to one type of them: half of another would be refused. */
const WHOLE = ['strategy', 'updateStrategy'];

/**
 * Makes patches of a workload's objects, one after the other. What is not there
 * (an autoscaler, a probe) is not made by a patch; which fields there may be is
 * a matter of the schema of app.yaml.
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

/** Fields that a container has; a probe that asks nothing would be refused. */
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

/** Source: RFC 7386, section 2; but that some fields are replaced as a whole. */
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

/** The pods of an object as it makes them, where it makes some. */
export function podTemplateOf(object: KubeObject): unknown {
  if (!Object.hasOwn(TEMPLATE_OF, object.kind)) return undefined;
  return TEMPLATE_OF[object.kind].reduce<unknown>(
    (value, field) => (isRecord(value) ? value[field] : undefined),
    object,
  );
}

/** A value in which one field is another; the same value where there is no such field. */
function changeAt(
  value: unknown,
  [field, ...rest]: readonly string[],
  change: (found: unknown) => unknown,
): unknown {
  if (field === undefined) return change(value);
  if (!isRecord(value) || !Object.hasOwn(value, field)) return value;
  return { ...value, [field]: changeAt(value[field], rest, change) };
}
