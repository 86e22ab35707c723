import type { SettingsRef, SettingTurn } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { useSend } from './useSend';

export interface ChangeSetting {
  action: Action;
  /**
   * Resolves to the number of the change once it is recorded. Never throws: a
   * refusal is in `action`, and nothing is sent while another change is in
   * flight.
   */
  change(
    setting: SettingsRef & { name: string },
    turn: SettingTurn,
    why?: string,
  ): Promise<number | undefined>;
}

/** Sets, removes or reverts a setting; its app is refetched after the response. */
export function useChangeSetting(): ChangeSetting {
  const api = useCallboardApi();
  const { action, send } = useSend();
  return {
    action,
    change: async (setting, turn, why) =>
      (await send(() => api.changeSetting(setting, turn, why)))?.version,
  };
}
