import type {
  AppAddress,
  ChangeCalendar,
  ClusterOverride,
  EnvironmentAddresses,
  PlacementSpec,
  Requirements,
  RolloutSpec,
} from '@callboard/plugin-callboard-common';

/** An environment of one app: the platform's, refined by the app. */
export interface ResolvedEnvironment {
  name: string;
  title: string;
  /** Position among the app's environments, from 1. A push releases to the first. */
  order: number;
  promotion?: { from?: string; approval?: string };
  requires?: Requirements;
  placement: PlacementSpec;
  /** Of the platform's file. One that has a calendar has a rollout. */
  changes?: ChangeCalendar;
  rollout?: RolloutSpec;
  overrides: ClusterOverride[];
  /** Replicas of each workload: on each cluster, where no override says otherwise, or in all where the placement divides them. */
  replicas: number;
  /** Time out of contact after which the app moves to other clusters; see `failoverAfter`. */
  failoverAfterSeconds?: number;
  builder?: string;
  /** Rules of the platform for the addresses of its apps. */
  addresses?: EnvironmentAddresses;
  /** Requested addresses; the app's own name where omitted. */
  requestedAddresses?: AppAddress[];
}
