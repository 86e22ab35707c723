import {
  type BlueprintFile,
  type KubeObject,
  type Problem,
  blueprintRef,
} from '@callboard/plugin-callboard-common';
import { diffObjects } from '../diff';
import { canonicalJson } from '../render/canonicalJson';
import { sha256 } from '../render/sha256';
import { findBlueprintVersion } from './findBlueprintVersion';

/** A version that was active once. Its content never changes; its state, channels and followers do. */
export interface KeptVersion {
  /** Of the content as its author wrote it. */
  digest: string;
  /** As it is used: a base without a version has its version filled in. */
  file: BlueprintFile;
}

/** The versions in the platform's files merged with the recorded ones. */
export interface KeptVersions {
  /** Versions in use, by name and version. */
  blueprints: BlueprintFile[];
  /** Versions to record: new ones, and those whose state, channels, followers, title or description changed. */
  record: KeptVersion[];
  /** Recorded versions whose file has different content now. */
  faults: BlueprintFault[];
}

export interface BlueprintFault {
  name: string;
  version: number;
  problem: Problem;
}

const MOST_DIFFERENCES = 5;

/**
 * Keeps versions as they were when they became active. Pure.
 *
 * A version whose file differs from its recorded content stays as recorded, and
 * the fault names the differences. Recorded versions whose file has another
 * version now are kept as they were last.
 *
 * @param isKept - whether a recorded version is still needed though no file
 *   defines it
 */
export function keepVersions(
  recorded: readonly KeptVersion[],
  files: readonly BlueprintFile[],
  isKept: (of: { name: string; version: number }) => boolean = () => true,
): KeptVersions {
  const known = new Map(recorded.map(each => [keyOf(each.file), each]));
  const given = new Map<string, BlueprintFile[]>();
  for (const file of files)
    given.set(keyOf(file), [...(given.get(keyOf(file)) ?? []), file]);

  const record: KeptVersion[] = [];
  const faults: BlueprintFault[] = [];
  const used = new Map<string, BlueprintFile[]>(given);
  for (const [key, kept] of known) {
    const [file, twice] = given.get(key) ?? [];
    if (twice) continue; // refused where it is used
    if (!file) {
      if (isKept(versionOf(kept.file))) used.set(key, [kept.file]);
      continue;
    }
    const current = withWordsOf(kept, file);
    used.set(key, [current.file]);
    if (canonicalJson(current) !== canonicalJson(kept)) record.push(current);
    if (digestOfBlueprint(file) !== kept.digest)
      faults.push({
        ...versionOf(file),
        problem: changedProblem(kept.file, file),
      });
  }

  keepBases(used, known);
  const blueprints = [...used.values()].flat();
  for (const [key, [file, twice]] of given) {
    if (known.has(key) || twice || file.spec.state !== 'active') continue;
    const frozen = freezeBase(file, blueprints);
    if (!frozen) continue; // its base cannot be used: reported where it is used
    blueprints[blueprints.indexOf(file)] = frozen;
    record.push({ digest: digestOfBlueprint(file), file: frozen });
  }
  return { blueprints, record, faults };
}

/** Keeps the bases of kept versions, whether their files exist or not. */
function keepBases(
  used: Map<string, BlueprintFile[]>,
  known: ReadonlyMap<string, KeptVersion>,
): void {
  const open = [...used.values()].flat();
  for (let file = open.pop(); file; file = open.pop()) {
    const { base } = file.spec;
    if (typeof base !== 'object') continue;
    const key = `${base.name}/${base.version}`;
    const kept = known.get(key);
    if (!kept || used.has(key)) continue;
    used.set(key, [kept.file]);
    open.push(kept.file);
  }
}

/**
 * Returns the digest of the content that clusters get from a version; its
 * state, channels, followers, title and description are not part of it.
 */
export function digestOfBlueprint({ spec }: BlueprintFile): string {
  const { base, drift, apps, addons } = spec;
  return sha256(
    canonicalJson({
      base,
      drift: drift ?? 'NotSet',
      ...(apps && { apps }),
      addons: addons.map(({ name, objects }) => ({ name, objects })),
    }),
  );
}

/** Takes state, channels, followers, title and description from the file, and the content from the recorded version. */
function withWordsOf(kept: KeptVersion, file: BlueprintFile): KeptVersion {
  const { channels: _before, followers: _former, ...spec } = kept.file.spec;
  const { state, channels, followers } = file.spec;
  return {
    ...kept,
    file: {
      ...kept.file,
      metadata: file.metadata,
      spec: {
        ...spec,
        state,
        ...(channels && { channels }),
        ...(followers && { followers }),
      },
    },
  };
}

/** Fixes the version of its base, so that a newer base changes nothing in it. */
function freezeBase(
  file: BlueprintFile,
  blueprints: readonly BlueprintFile[],
): BlueprintFile | undefined {
  const { base } = file.spec;
  if (base === undefined) return file;
  const found = findBlueprintVersion(blueprints, blueprintRef(base));
  return found.ok
    ? { ...file, spec: { ...file.spec, base: versionOf(found.value) } }
    : undefined;
}

function changedProblem(kept: BlueprintFile, file: BlueprintFile): Problem {
  const differences = listDifferences(kept, file);
  const reported = differences.slice(0, MOST_DIFFERENCES).join('; ');
  const more = differences.length - MOST_DIFFERENCES;
  const { name, version } = versionOf(file);
  return {
    code: 'blueprint-version-changed',
    what: `Cannot change version ${version} of the blueprint "${name}"`,
    why: `it was active already, so it is used as it was recorded; its file differs in ${reported}${
      more > 0 ? ` and ${more} more` : ''
    }`,
    next: `Undo the change, or raise "version" to ${
      version + 1
    } and roll that version out`,
    transient: false,
  };
}

/** `add-on "network": NetworkPolicy closed, spec.egress`. */
function listDifferences(kept: BlueprintFile, file: BlueprintFile): string[] {
  const differences: string[] = [];
  const before = kept.spec;
  const after = file.spec;
  if (baseName(before) !== baseName(after)) differences.push('"base"');
  else if (typeof after.base === 'object' && !sameBase(before, after))
    differences.push('"base.version"');
  if ((before.drift ?? 'NotSet') !== (after.drift ?? 'NotSet'))
    differences.push('"drift"');
  if (canonicalJson(before.apps ?? {}) !== canonicalJson(after.apps ?? {}))
    differences.push('"apps"');
  const names = new Set(
    [...before.addons, ...after.addons].map(({ name }) => name),
  );
  for (const name of names) {
    const [was, is] = [before, after].map(({ addons }) =>
      addons.find(each => each.name === name),
    );
    if (!was || !is) {
      differences.push(`add-on "${name}": it is ${was ? 'gone' : 'new'}`);
      continue;
    }
    const changes = diffObjects(
      was.objects as KubeObject[],
      is.objects as KubeObject[],
    );
    for (const { kind, name: object, change, fields } of changes)
      differences.push(
        `add-on "${name}": ${kind} ${object}${
          change === 'changed'
            ? `, ${fields.map(({ path }) => path).join(', ')}`
            : ` is ${change}`
        }`,
      );
  }
  return differences.length > 0 ? differences : ['the order of its objects'];
}

function baseName({ base }: BlueprintFile['spec']): string | undefined {
  return base === undefined ? undefined : blueprintRef(base).name;
}

function sameBase(a: BlueprintFile['spec'], b: BlueprintFile['spec']): boolean {
  return canonicalJson(a.base) === canonicalJson(b.base);
}

function versionOf({ metadata, spec }: BlueprintFile): {
  name: string;
  version: number;
} {
  return { name: metadata.name, version: spec.version };
}

function keyOf(file: BlueprintFile): string {
  const { name, version } = versionOf(file);
  return `${name}/${version}`;
}
