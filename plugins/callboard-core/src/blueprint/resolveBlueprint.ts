import {
  type BlueprintFile,
  type KubeObject,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ResolvedAddon, ResolvedBlueprint } from './types';

/**
 * A blueprint with the add-ons of all it inherits from. Of several versions the
 * highest active one counts. An add-on replaces the inherited one of its name.
 *
 * Refused: a blueprint nobody defined, one that is not active (itself or
 * anywhere below), a circle of bases, one version defined twice.
 */
export function resolveBlueprint(
  files: BlueprintFile[],
  name: string,
): Result<ResolvedBlueprint> {
  const line: BlueprintFile[] = [];
  let next: string | undefined = name;
  while (next !== undefined) {
    const names = line.map(({ metadata }) => metadata.name);
    if (names.includes(next))
      return failed(circleProblem(name, [...names, next]));
    const found = findActive(files, next, names.at(-1));
    if (!found.ok) return found;
    line.push(found.value);
    next = found.value.spec.base;
  }

  const [own, ...bases] = line;
  return ok({
    name,
    version: own.spec.version,
    state: own.spec.state,
    inherits: bases.map(({ metadata }) => metadata.name),
    drift:
      line.map(({ spec }) => spec.drift).find(drift => drift !== undefined) ??
      'NotSet',
    addons: line.reduceRight<ResolvedAddon[]>(addAddons, []),
  });
}

function addAddons(
  inherited: ResolvedAddon[],
  { metadata, spec }: BlueprintFile,
): ResolvedAddon[] {
  const own = spec.addons.map(addon => ({
    ...addon,
    from: metadata.name,
    objects: addon.objects as KubeObject[],
  }));
  const replaced = inherited.map(
    addon => own.find(({ name }) => name === addon.name) ?? addon,
  );
  return [...replaced, ...own.filter(addon => !replaced.includes(addon))];
}

function findActive(
  files: BlueprintFile[],
  name: string,
  heir: string | undefined,
): Result<BlueprintFile> {
  const versions = files
    .filter(({ metadata }) => metadata.name === name)
    .sort((a, b) => b.spec.version - a.spec.version);
  const what =
    heir === undefined
      ? `Cannot use the blueprint "${name}"`
      : `Cannot use the blueprint "${name}", on which "${heir}" is based`;

  if (versions.length === 0) {
    const known = [
      ...new Set(files.map(({ metadata }) => metadata.name)),
    ].sort();
    return failed({
      code: 'blueprint-unknown',
      what,
      why: 'no file defines it',
      next:
        known.length === 0
          ? 'Add a file of kind Blueprint'
          : `Define it, or use one of ${known.map(k => `"${k}"`).join(', ')}`,
      transient: false,
    });
  }
  const twice = versions.find(
    (file, index) => versions[index + 1]?.spec.version === file.spec.version,
  );
  if (twice) {
    return failed({
      code: 'blueprint-version-taken',
      what,
      why: `version ${twice.spec.version} is defined twice`,
      next: 'Give each definition a version of its own',
      transient: false,
    });
  }
  const active = versions.find(({ spec }) => spec.state === 'active');
  if (active) return ok(active);
  return failed({
    code: 'blueprint-not-active',
    what,
    why: `its version ${versions[0].spec.version} is ${
      versions[0].spec.state === 'draft' ? 'a draft' : 'disabled'
    }`,
    next: 'Set its state to "active", or use another blueprint',
    transient: false,
  });
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
