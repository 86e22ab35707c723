import type { AppLocks } from '@callboard/plugin-callboard-node';
import type { ControlPlaneDeps, Intervals } from '../ControlPlaneDeps';
import type { Timers } from '../Timers';
import type { StoreCondition } from '../store';
import type { ChangeFeed } from './ChangeFeed';
import type { Fleet } from './fleet/Fleet';
import type { HealthRulesInUse } from './observing/HealthRulesInUse';
import type { LeaseKeeper } from './LeaseKeeper';
import type { RenderedApps } from './delivery/RenderedApps';
import type { SecretMasks } from './settings/SecretMasks';
import type { FleetSnapshots } from './placing/readFleet';
import type { ReleaseWorkloadsCache } from './placing/ReleaseWorkloads';
import type { BlueprintsInUse } from './blueprints/BlueprintsInUse';
import type { Work } from './Work';

/** What reconcilers share. */
export interface ReconcileContext {
  deps: ControlPlaneDeps;
  /** Versions of blueprints as they are used: those of `deps.platform`. */
  blueprints: BlueprintsInUse;
  intervals: Intervals;
  timers: Timers;
  leases: LeaseKeeper;
  /** Whether the database takes changes. */
  condition: StoreCondition;
  /** Clusters this process knows, with what it sees of them. */
  fleet: Fleet;
  /** The fleet, read once for many placements. */
  fleetSnapshots: FleetSnapshots;
  /** What placement reads of releases. */
  releases: ReleaseWorkloadsCache;
  /** What releases become on clusters. */
  rendered: RenderedApps;
  /** What hides the secrets of apps. */
  secretMasks: SecretMasks;
  /** Builds of an app and the removal of its images go one after the other. */
  imageTurns: AppLocks;
  changes: ChangeFeed;
  /** By which objects are judged. */
  health: HealthRulesInUse;
  /** True once everything is to end: what was cut short then is not a failure. */
  isStopping(): boolean;
  /** Looks at everything again: another cluster is there, or one is not any more. */
  resync(): Promise<void>;
  queue: { add(work: Work): void; addAfter(work: Work, ms: number): void };
}
