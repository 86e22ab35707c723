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
  /** What apps are held to; empty where nothing is said. */
  apps: GuardRails;
  /** Those of the farthest base first; one that replaces an inherited one stands in its place. */
  addons: ResolvedAddon[];
}

export interface BlueprintVersion {
  name: string;
  version: number;
}

export interface ResolvedAddon {
  name: string;
  description?: string;
  /** The blueprint that brings it: itself or one it inherits from. */
  from: string;
  fromVersion: number;
  /** The inherited ones whose place it takes, the farthest first. */
  replaces: BlueprintVersion[];
  objects: KubeObject[];
}
