import type {
  AppFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { AppOverrides } from './types';
import { withAmounts } from './withAmounts';
import { withVariables } from './withVariables';

/** Parts of an app that are rendered. */
interface OverriddenApp {
  workloads: ScoreWorkload[];
  deploy: NonNullable<AppFile['spec']['deploy']>;
}

/** Returns an app with its overrides on one cluster, except for its patches: those apply to its objects. */
export function overrideApp(
  { workloads, deploy }: OverriddenApp,
  { variables = {}, resources = {}, autoscaling = {} }: AppOverrides,
): OverriddenApp {
  return {
    workloads: workloads.map(workload =>
      withAmounts(withVariables(workload, variables), resources),
    ),
    deploy: Object.entries(autoscaling).reduce((settings, [name, given]) => {
      const own = Object.hasOwn(settings, name) ? settings[name] : {};
      const { autoscaling: _replaced, ...others } = own;
      return {
        ...settings,
        [name]: { ...others, ...(given && { autoscaling: given }) },
      };
    }, deploy),
  };
}
