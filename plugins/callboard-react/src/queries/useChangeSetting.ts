import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemOfError, type SettingsRef, type SettingTurn } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';

export interface ChangeSetting {
  action: Action;
  /**
   * Resolves to the number of the change once it is recorded. Never throws: a
   * refusal is in `action`, and nothing is sent while a change is on its way.
   */
  change(
    setting: SettingsRef & { name: string },
    turn: SettingTurn,
    why?: string,
  ): Promise<number | undefined>;
}

/**
 * Sets, removes or takes back a setting; its app is read again as soon as that
 * is answered. It is no mutation of the query client: that would keep the value
 * of a secret in its cache for minutes.
 */
export function useChangeSetting(): ChangeSetting {
  const api = useCallboardApi();
  const client = useQueryClient();
  const [action, setAction] = useState<Action>({ kind: 'idle' });
  const isRunning = useRef(false);
  const change: ChangeSetting['change'] = async (setting, turn, why) => {
    if (isRunning.current) return undefined;
    isRunning.current = true;
    setAction({ kind: 'running' });
    try {
      const { version } = await api.changeSetting(setting, turn, why);
      setAction({ kind: 'accepted' });
      return version;
    } catch (error) {
      setAction({ kind: 'refused', problem: problemOfError(error) });
      return undefined;
    } finally {
      isRunning.current = false;
      // After a refusal too: it says that something else holds by now.
      void client.invalidateQueries({ queryKey: queryKeys.apps() });
      void client.invalidateQueries({ queryKey: queryKeys.journals() });
    }
  };
  return { action, change };
}
