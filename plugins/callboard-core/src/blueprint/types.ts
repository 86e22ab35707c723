import type {
  DriftPolicy,
  KubeObject,
} from '@callboard/plugin-callboard-common';

/** A blueprint with everything it inherits. */
export interface ResolvedBlueprint {
  name: string;
  version: number;
  state: 'draft' | 'active' | 'disabled';
  /** Names of the blueprints it inherits from, nearest first. */
  inherits: string[];
  drift: DriftPolicy;
  /** Those of the farthest base first; one that replaces an inherited one stands in its place. */
  addons: ResolvedAddon[];
}

export interface ResolvedAddon {
  name: string;
  description?: string;
  /** The blueprint that brings it: itself or one it inherits from. */
  from: string;
  objects: KubeObject[];
}
