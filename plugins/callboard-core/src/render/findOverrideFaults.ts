import {
  type AppFile,
  type FieldPath,
  type ScoreWorkload,
  suggestName,
} from '@callboard/plugin-callboard-common';
import type { RenderFault } from './RenderFault';
import { shorten } from './shorten';
import { withVariables } from './withVariables';

/** A workload that can be rendered as it is. */
export interface SoundWorkload {
  workload: ScoreWorkload;
  findFaults: (changed: ScoreWorkload) => Iterable<RenderFault>;
}

export interface OverrideQuestion {
  environments: NonNullable<AppFile['spec']['environments']>;
  workloads: readonly SoundWorkload[];
  /** All names that may be named; undefined where not all workloads are known. */
  names: readonly string[] | undefined;
}

/** What is wrong with the variables that environments give containers, by its place in app.yaml. */
export function* findOverrideFaults({
  environments,
  workloads,
  names,
}: OverrideQuestion): Generator<RenderFault, void> {
  for (const [index, { overrides = [] }] of environments.entries())
    for (const [at, { variables = {} }] of overrides.entries()) {
      const path = [
        'spec',
        'environments',
        index,
        'overrides',
        at,
        'variables',
      ];
      for (const name of Object.keys(variables)) {
        if (names && !names.includes(name))
          yield unknownName([...path, name], 'workload of this app', names);
        const sound = workloads.find(
          ({ workload }) => workload.metadata.name === name,
        );
        if (!sound) continue;
        const known = Object.keys(sound.workload.containers).sort();
        for (const container of Object.keys(variables[name]))
          if (!known.includes(container))
            yield unknownName(
              [...path, name, container],
              `container of "${name}"`,
              known,
            );
        for (const fault of sound.findFaults(
          withVariables(sound.workload, variables),
        ))
          yield { ...fault, path: [...path, name, ...inOverride(fault.path)] };
      }
    }
}

/** From `containers.main.variables.NAME` to where app.yaml says it. */
function inOverride(path: FieldPath): FieldPath {
  return path.filter((_, place) => place !== 0 && place !== 2);
}

/** Says which name was meant, where a path ends in one that nobody has. */
export function unknownName(
  path: FieldPath,
  noun: string,
  known: readonly string[],
): RenderFault {
  const name = String(path[path.length - 1]);
  const meant = suggestName(name, [...known]);
  return {
    code: 'workload-unknown',
    path,
    why: `no ${noun} is called "${shorten(name)}"`,
    next:
      meant === undefined
        ? `Use one of ${known.map(each => `"${each}"`).join(', ')}`
        : `Write "${meant}"`,
  };
}
