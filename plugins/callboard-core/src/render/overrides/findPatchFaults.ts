import {
  type FieldPath,
  type WorkloadPatches,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type { RenderFault } from '../RenderFault';
import { podTemplateOf } from './applyPatches';
import type { SoundWorkload } from './types';
import { unknownName } from './unknownName';

const RUNNERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'];

/** Finds patches of objects that a workload is not rendered to: they would have no effect. */
export function* findPatchFaults(
  sound: SoundWorkload,
  patches: WorkloadPatches,
  {
    path,
    isAutoscaled,
  }: {
    path: FieldPath;
    /** Whether it is autoscaled in the environment, on any cluster. */
    isAutoscaled: boolean;
  },
): Generator<RenderFault, void> {
  for (const kind of Object.keys(patches)) {
    const missing = explainMissing(kind, sound, isAutoscaled);
    if (missing)
      yield { code: 'override-invalid', path: [...path, kind], ...missing };
  }
  const containers = patches.Pod?.spec?.containers;
  if (!isRecord(containers)) return;
  const place = [...path, 'Pod', 'spec', 'containers'];
  const rendered = new Map(
    sound.objects
      .flatMap(containersOf)
      .map((each): [string, object] => [String(each.name), each]),
  );
  for (const [name, timings] of Object.entries(containers)) {
    const container = rendered.get(name);
    if (!container)
      yield unknownName(
        [...place, name],
        `container of "${sound.workload.metadata.name}"`,
        [...rendered.keys()].sort(),
      );
    else
      for (const probe of isRecord(timings) ? Object.keys(timings) : [])
        if (!Object.hasOwn(container, probe))
          yield {
            code: 'override-invalid',
            path: [...place, name, probe],
            why: `"${name}" has no ${probe}`,
            next:
              probe === 'startupProbe'
                ? 'Remove it; only a container for which others wait until it is healthy has one'
                : 'Write the probe in score.yaml, or remove its timings',
          };
  }
}

function explainMissing(
  kind: string,
  { workload, objects }: SoundWorkload,
  isAutoscaled: boolean,
): Pick<RenderFault, 'why' | 'next'> | undefined {
  const { name } = workload.metadata;
  const runner = objects.find(each => RUNNERS.includes(each.kind))?.kind ?? '';
  if (kind === 'Pod' || objects.some(each => each.kind === kind))
    return undefined;
  switch (kind) {
    case 'HorizontalPodAutoscaler':
      return isAutoscaled
        ? undefined
        : {
            why: `"${name}" has a fixed number of replicas`,
            next: 'Give it "autoscaling", or remove the patch',
          };
    case 'PodDisruptionBudget':
      return runner === 'Deployment' || runner === 'StatefulSet'
        ? undefined
        : { why: `a ${runner} has none`, next: 'Remove the patch' };
    case 'Service':
      return {
        why: `"${name}" has no ports`,
        next: 'Give it ports in score.yaml, or remove the patch',
      };
    default:
      return {
        why: `"${name}" is a ${runner}`,
        next: runner === 'Job' ? 'Patch its "Pod"' : `Write "${runner}"`,
      };
  }
}

function containersOf(
  object: SoundWorkload['objects'][number],
): Array<Record<string, unknown>> {
  const template = podTemplateOf(object);
  const spec = isRecord(template) ? template.spec : undefined;
  if (!isRecord(spec)) return [];
  return [spec.containers, spec.initContainers]
    .flatMap(all => (Array.isArray(all) ? all : []))
    .filter(isRecord);
}
