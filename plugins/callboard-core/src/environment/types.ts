import type {
  AppAddress,
  ChangeCalendar,
  ClusterOverride,
  EnvironmentAddresses,
  PlacementSpec,
  Requirements,
  RolloutSpec,
} from '@callboard/plugin-callboard-common';

/** An environment of one app: what the platform gives, refined by the app. */
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
  /** After this silence of a cluster the app moves elsewhere; see `failoverAfter`. */
  failoverAfterSeconds?: number;
  builder?: string;
  /** What the platform says of the addresses of its apps. */
  addresses?: EnvironmentAddresses;
  /** Where the app asks to answer; at its own name where omitted. */
  requestedAddresses?: AppAddress[];
}
