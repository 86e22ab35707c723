import {
  type BlueprintFile,
  type BlueprintRef,
  type KubeObject,
  type Problem,
  type Result,
  blueprintRef,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { findBlueprintVersion } from './findBlueprintVersion';
import type { ResolvedAddon, ResolvedBlueprint } from './types';

/**
 * Resolves a version of a blueprint with the add-ons of all versions it
 * inherits from. An add-on replaces the inherited one of its name, and a guard
 * rail the inherited one of its field.
 *
 * @param wanted - a version; with a channel or a plain name the highest that is
 *   active
 *
 * Refused: an undefined blueprint, a version that may not be used (itself or
 * any of its bases), a cycle of bases, one version defined twice.
 */
export function resolveBlueprint(
  files: readonly BlueprintFile[],
  wanted: string | BlueprintRef,
): Result<ResolvedBlueprint> {
  const line: BlueprintFile[] = [];
  let next: BlueprintRef | undefined = blueprintRef(wanted);
  const { name } = next;
  while (next !== undefined) {
    const names = line.map(({ metadata }) => metadata.name);
    if (names.includes(next.name))
      return failed(circleProblem(name, [...names, next.name]));
    const found = findBlueprintVersion(files, next, names.at(-1));
    if (!found.ok) return found;
    line.push(found.value);
    const { base } = found.value.spec;
    next = base === undefined ? undefined : blueprintRef(base);
  }

  const [own, ...bases] = line;
  return ok({
    name,
    version: own.spec.version,
    state: own.spec.state,
    inherits: bases.map(({ metadata }) => metadata.name),
    bases: bases.map(({ metadata, spec }) => ({
      name: metadata.name,
      version: spec.version,
    })),
    drift:
      line.map(({ spec }) => spec.drift).find(drift => drift !== undefined) ??
      'NotSet',
    apps: Object.assign(
      {},
      ...[...line].reverse().map(({ spec }) => spec.apps),
    ),
    addons: line.reduceRight<ResolvedAddon[]>(addAddons, []),
  });
}

function addAddons(
  inherited: ResolvedAddon[],
  { metadata, spec }: BlueprintFile,
): ResolvedAddon[] {
  const own = spec.addons.map(addon => {
    const former = inherited.find(({ name }) => name === addon.name);
    return {
      ...addon,
      from: metadata.name,
      fromVersion: spec.version,
      replaces: former
        ? [
            ...former.replaces,
            { name: former.from, version: former.fromVersion },
          ]
        : [],
      objects: addon.objects as KubeObject[],
    };
  });
  const replaced = inherited.map(
    addon => own.find(({ name }) => name === addon.name) ?? addon,
  );
  return [...replaced, ...own.filter(addon => !replaced.includes(addon))];
}

function circleProblem(name: string, path: string[]): Problem {
  return {
    code: 'blueprint-cycle',
    what: `Cannot use the blueprint "${name}"`,
    why: `its bases lead in a circle: ${path.join(' → ')}`,
    next: 'Remove "base" from one of them',
    transient: false,
  };
}
