import type {
  BlueprintState,
  BlueprintSummary,
} from '@callboard/plugin-callboard-common';

/** One version of a blueprint, as an option. */
export interface BlueprintVersionChoice {
  name: string;
  title: string;
  description?: string;
  version: number;
  state: BlueprintState;
  base?: string;
}

/** Every version of every blueprint: by name, the newest version first. */
export function listVersions(
  blueprints: readonly BlueprintSummary[],
): BlueprintVersionChoice[] {
  return blueprints.flatMap(({ name, title, description, versions }) =>
    versions.map(({ version, state, base }) => ({
      name,
      title,
      ...(description !== undefined && { description }),
      version,
      state,
      ...(base !== undefined && { base }),
    })),
  );
}
