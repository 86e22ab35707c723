import type { BlueprintFile } from '@callboard/plugin-callboard-common';
import {
  type BlueprintFault,
  type KeptVersion,
  keepVersions,
} from '@callboard/plugin-callboard-core';
import type { Platform } from '../../Platform';

/**
 * The platform's blueprints as they are used: versions that were active once
 * stay what they were, and those of which the files say nothing any more are
 * there as long as a cluster runs them.
 */
export class BlueprintsInUse {
  /** The platform's files, with these blueprints in place of theirs. */
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

  /** What of the files is refused, since it would change a version that was active. */
  get faults(): readonly BlueprintFault[] {
    return this.#keep().faults;
  }

  /** What is to be recorded of the files. */
  get unrecorded(): readonly KeptVersion[] {
    return this.#keep().record;
  }

  /** Takes in what the record says; another list only where it says something else. */
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
