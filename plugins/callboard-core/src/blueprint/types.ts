import type {
  BlueprintState,
  DriftPolicy,
  GuardRails,
  KubeObject,
} from '@callboard/plugin-callboard-common';

/** A version of a blueprint with everything it inherits. */
export interface ResolvedBlueprint {
  name: string;
  version: number;
  state: BlueprintState;
  /** Names of the blueprints it inherits from, nearest first. */
  inherits: string[];
  /** The same with their versions. */
  bases: BlueprintVersion[];
  drift: DriftPolicy;
  /** Guard rails for apps; empty where there are none. */
  apps: GuardRails;
  /** Those of the farthest base first; one that replaces an inherited one takes its position. */
  addons: ResolvedAddon[];
}

export interface BlueprintVersion {
  name: string;
  version: number;
}

export interface ResolvedAddon {
  name: string;
  description?: string;
  /** The blueprint that defines it: this one or one it inherits from. */
  from: string;
  fromVersion: number;
  /** The inherited ones that it replaces, the farthest first. */
  replaces: BlueprintVersion[];
  objects: KubeObject[];
}
