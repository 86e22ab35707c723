import type {
  ClusterOverride,
  FieldPath,
} from '@callboard/plugin-callboard-common';
import type { RenderFault } from '../RenderFault';
import { findAmountFaults } from './findAmountFaults';
import { findPatchFaults } from './findPatchFaults';
import type { OverrideQuestion, SoundWorkload } from './types';
import { unknownName } from './unknownName';
import { withVariables } from './withVariables';

const BY_WORKLOAD = [
  'variables',
  'resources',
  'autoscaling',
  'patches',
] as const;

/** Finds faults in the overrides of workloads in environments, by their position in app.yaml. */
export function* findOverrideFaults({
  environments,
  workloads,
  names,
}: OverrideQuestion): Generator<RenderFault, void> {
  for (const [index, { overrides = [] }] of environments.entries()) {
    const path = ['spec', 'environments', index, 'overrides'];
    for (const [at, override] of overrides.entries())
      for (const field of BY_WORKLOAD)
        for (const name of Object.keys(override[field] ?? {})) {
          const place = [...path, at, field, name];
          if (names && !names.includes(name))
            yield unknownName(place, 'workload of this app', names);
          const sound = workloads.find(
            ({ workload }) => workload.metadata.name === name,
          );
          if (sound)
            yield* findFaultsOf(sound, { field, overrides, override, place });
        }
    for (const { workload } of workloads)
      yield* findAmountFaults(workload, overrides, path);
  }
}

interface Said {
  field: (typeof BY_WORKLOAD)[number];
  override: ClusterOverride;
  /** All of the environment. */
  overrides: readonly ClusterOverride[];
  /** Path of the overrides, up to the name of the workload. */
  place: FieldPath;
}

function findFaultsOf(
  sound: SoundWorkload,
  { field, override, overrides, place }: Said,
): Iterable<RenderFault> {
  const { name } = sound.workload.metadata;
  const scaledBy = (each: ClusterOverride) =>
    Object.entries(each.autoscaling ?? {}).some(
      ([workload, autoscaling]) => workload === name && autoscaling !== null,
    );
  switch (field) {
    case 'variables':
      return findVariableFaults(sound, override.variables ?? {}, place);
    case 'resources':
      return findStrangers(sound, override.resources?.[name] ?? {}, place);
    case 'autoscaling':
      return scaledBy(override) ? findScalingFaults(sound, place) : [];
    case 'patches':
      return findPatchFaults(sound, override.patches?.[name] ?? {}, {
        path: place,
        isAutoscaled:
          sound.settings.autoscaling !== undefined || overrides.some(scaledBy),
      });
    default:
      return field satisfies never;
  }
}

function* findVariableFaults(
  sound: SoundWorkload,
  variables: NonNullable<ClusterOverride['variables']>,
  place: FieldPath,
): Generator<RenderFault, void> {
  const { workload } = sound;
  yield* findStrangers(sound, variables[workload.metadata.name], place);
  for (const fault of sound.findFaults(withVariables(workload, variables)))
    yield { ...fault, path: [...place, ...inOverride(fault.path)] };
}

/** Finds containers that the workload does not have. */
function findStrangers(
  { workload }: SoundWorkload,
  named: object,
  place: FieldPath,
): RenderFault[] {
  const known = Object.keys(workload.containers).sort();
  return Object.keys(named)
    .filter(container => !known.includes(container))
    .map(container =>
      unknownName(
        [...place, container],
        `container of "${workload.metadata.name}"`,
        known,
      ),
    );
}

function findScalingFaults(
  { workload, settings }: SoundWorkload,
  place: FieldPath,
): RenderFault[] {
  const { kind = 'Deployment' } = settings;
  return kind === 'Deployment' || kind === 'StatefulSet'
    ? []
    : [
        {
          code: 'override-invalid',
          path: place,
          why: `only a Deployment and a StatefulSet are scaled; "${workload.metadata.name}" is a ${kind}`,
          next: 'Remove it',
        },
      ];
}

/** Maps `containers.main.variables.NAME` to its path in app.yaml. */
function inOverride(path: FieldPath): FieldPath {
  return path.filter((_, place) => place !== 0 && place !== 2);
}
