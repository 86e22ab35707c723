import { type Problem, listOf } from '@callboard/plugin-callboard-common';
import type { NeededSetting, SettingsInForce } from './types';

/** A setting that a release reads and that is missing in its environment, or of the other kind there. */
export interface LackingSetting extends NeededSetting {
  /** Absent where no setting has the name. */
  isThere?: 'as a secret' | 'as a variable';
}

/** Finds the settings that a release reads and that are missing. */
export function findLackingSettings(
  needed: readonly NeededSetting[],
  settings: SettingsInForce | undefined,
): LackingSetting[] {
  return needed.flatMap((each): LackingSetting[] => {
    const there = settings?.byName.get(each.name);
    if (!there) return [each];
    const isSecret = there.kind === 'secret';
    if (isSecret === each.secret) return [];
    return [{ ...each, isThere: isSecret ? 'as a secret' : 'as a variable' }];
  });
}

/** Problem of a release that cannot run in an environment without these settings. */
export function settingsLacking(
  lacking: readonly LackingSetting[],
  { what, title }: { what: string; title: string },
): Problem {
  const absent = lacking.filter(({ isThere }) => isThere === undefined);
  const [other] = lacking;
  const why =
    absent.length > 0
      ? `${title} has no ${listOf(absent.map(({ name }) => name))}`
      : `${title} has ${other.name} ${other.isThere}, and ${listOf([
          ...other.workloads,
        ])} reads it as a ${kindOf(other)}`;
  const [first] = absent.length > 0 ? absent : lacking;
  return {
    code: 'setting-missing',
    what,
    why,
    next: `Set ${first.name} as a ${kindOf(first)} in the settings of the app`,
    transient: false,
  };
}

function kindOf({ secret }: NeededSetting): string {
  return secret ? 'secret' : 'variable';
}
