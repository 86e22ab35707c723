import type {
  BlueprintVersionDetails,
  BlueprintVersionRef,
  BlueprintWhatIf,
  RolloutActionName,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import type { Action } from './Action';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';
import { type View, viewOf } from './View';

/** Inheritance and contents of a version, and the clusters that run it. */
export function useBlueprintVersion(
  of: BlueprintVersionRef,
): View<BlueprintVersionDetails> {
  const api = useCallboardApi();
  const query = askAt<BlueprintVersionDetails>(
    {
      queryKey: queryKeys.blueprintVersion(of),
      ask: options => api.getBlueprintVersion(of, options),
    },
    useInstant(),
  );
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}

/** Progress of a version over the clusters that follow it. */
export function useBlueprintRollout(
  blueprint: string,
  id: string,
): View<RolloutAnswer> {
  const api = useCallboardApi();
  const query = askAt<RolloutAnswer>(
    {
      queryKey: queryKeys.blueprintRollout(blueprint, id),
      ask: options => api.getBlueprintRollout(blueprint, id, options),
    },
    useInstant(),
  );
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}

/** Previews a rollout of a version. */
function blueprintWhatIfQuery(api: CallboardApi, of: BlueprintVersionRef) {
  return queryOptions<BlueprintWhatIf>({
    queryKey: queryKeys.blueprintWhatIf(of),
    queryFn: ({ signal }) => api.askBlueprintWhatIf(of, { signal }),
  });
}

export function useBlueprintWhatIf(
  of: BlueprintVersionRef,
): View<BlueprintWhatIf> {
  return viewOf(useQuery(blueprintWhatIfQuery(useCallboardApi(), of)));
}

export interface MoveBlueprint {
  action: Action;
  /** Both resolve to whether the request was accepted. Never throw. */
  start(input: BlueprintVersionRef & { why: string }): Promise<boolean>;
  steer(input: {
    blueprint: string;
    id: string;
    action: RolloutActionName;
    why?: string;
    version?: string;
  }): Promise<boolean>;
}

const OUTDATED = [
  queryKeys.blueprints(),
  queryKeys.clusters(),
  queryKeys.journals(),
];

/** Starts and steers rollouts of versions. */
export function useMoveBlueprint(): MoveBlueprint {
  const api = useCallboardApi();
  const { action, submit } = useSend(OUTDATED);
  return {
    action,
    start: input => submit(() => api.startBlueprintRollout(input)),
    steer: input => submit(() => api.steerBlueprintRollout(input)),
  };
}
