import type { BlueprintFile } from '@callboard/plugin-callboard-common';
import {
  type BlueprintFault,
  type KeptVersion,
  keepVersions,
} from '@callboard/plugin-callboard-core';
import type { Platform } from '../../Platform';

/**
 * The platform's blueprints as they are used: versions that were active once
 * keep their content, and versions that the files no longer describe remain as
 * long as a cluster runs them.
 */
export class BlueprintsInUse {
  /** The platform's files, with their blueprints replaced by these. */
  readonly platform: Platform;
  readonly #files: Platform;
  #recorded: readonly KeptVersion[] = [];
  #inUse: ReadonlySet<string> = new Set();
  #kept?: {
    files: readonly BlueprintFile[];
    recorded: readonly KeptVersion[];
    inUse: ReadonlySet<string>;
    value: ReturnType<typeof keepVersions>;
  };

  constructor(files: Platform) {
    this.#files = files;
    this.platform = new Proxy(files, {
      get: (target, key) =>
        key === 'blueprints' ? this.blueprints : Reflect.get(target, key),
    });
  }

  get blueprints(): readonly BlueprintFile[] {
    return this.#keep().blueprints;
  }

  /** Changes in the files that are refused, since they would change a version that was active. */
  get faults(): readonly BlueprintFault[] {
    return this.#keep().faults;
  }

  /** Versions of the files that are not recorded yet. */
  get unrecorded(): readonly KeptVersion[] {
    return this.#keep().record;
  }

  /** Takes in the recorded versions; replaces the list only where they differ. */
  take(
    recorded: readonly KeptVersion[],
    inUse: Iterable<{ name: string; version: number }>,
  ): void {
    if (JSON.stringify(recorded) !== JSON.stringify(this.#recorded))
      this.#recorded = recorded;
    const names = [...inUse].map(({ name, version }) => `${name}/${version}`);
    if (names.some(name => !this.#inUse.has(name)))
      this.#inUse = new Set(names);
    else if (new Set(names).size !== this.#inUse.size)
      this.#inUse = new Set(names);
  }

  #keep(): ReturnType<typeof keepVersions> {
    const { blueprints: files } = this.#files;
    const recorded = this.#recorded;
    const inUse = this.#inUse;
    const kept = this.#kept;
    if (
      kept?.files === files &&
      kept.recorded === recorded &&
      kept.inUse === inUse
    )
      return kept.value;
    const names = new Set(files.map(({ metadata }) => metadata.name));
    const value = keepVersions(
      recorded,
      files,
      ({ name, version }) => names.has(name) || inUse.has(`${name}/${version}`),
    );
    this.#kept = { files, recorded, inUse, value };
    return value;
  }
}
