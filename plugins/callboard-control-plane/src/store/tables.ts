import type {
  RecordGapCause,
  ReleaseChange,
} from '@callboard/plugin-callboard-common';

/*
 * Rows as the database holds them. JSON columns are texts; instants are
 * milliseconds, which PostgreSQL returns as texts (`Instant`).
 */

/** Milliseconds since 1970. A number on SQLite, digits on PostgreSQL. */
export type Instant = number | string;

export interface ValidityColumns {
  subject: string;
  valid_from: Instant;
  valid_to: Instant | null;
}

export interface AppRow extends ValidityColumns {
  name: string;
  title: string;
  owner: string;
  system: string | null;
  description: string | null;
  created_at: Instant;
}

export interface RevisionRow {
  app: string;
  commit: string;
  position: number;
  message: string;
  author: string;
  pushed_by: string;
  pushed_at: Instant;
  spec: string;
}

export interface BuildRow {
  app: string;
  commit: string;
  position: number;
  state: string;
  builder: string;
  requested_at: Instant;
  started_at: Instant | null;
  finished_at: Instant | null;
  problem: string | null;
}

export interface ReleaseRow {
  app: string;
  number: number;
  commit: string;
  position: number;
  message: string;
  author: string;
  created_by: string;
  created_at: Instant;
  renderer: number;
  content: string;
}

export interface ReleaseRequestRow {
  app: string;
  request_key: string;
  digest: string;
  commit: string;
}

export interface ProvenanceRow {
  app: string;
  commit: string;
  statement: string;
}

export interface ReleaseTaskRow {
  app: string;
  environment: string;
  release: number;
  workload: string;
  cluster: string;
  started_at: Instant;
  succeeded_at: Instant | null;
}

export interface EnvironmentReleaseRow extends ValidityColumns {
  app: string;
  environment: string;
  release: number;
  released_by: string;
  change: ReleaseChange;
  approved_for: string | null;
  approved_by: string | null;
}

export interface PlacementRow extends ValidityColumns {
  app: string;
  environment: string;
  release: number;
  decision: string;
}

export interface RolloutRow extends ValidityColumns {
  app: string;
  environment: string;
  release: number;
  release_before: number | null;
  settings: number | null;
  settings_before: number | null;
  started_by: string;
  started_at: Instant;
  finished_at: Instant | null;
  held: string;
  contacts: string;
  state: string;
}

export interface BlueprintVersionRow extends ValidityColumns {
  name: string;
  version: number;
  digest: string;
  file: string;
}

export interface BlueprintTargetRow extends ValidityColumns {
  name: string;
  channel: string;
  version: number;
}

export interface BlueprintRolloutRow extends ValidityColumns {
  blueprint: string;
  number: number;
  version: number;
  version_before: number | null;
  targets_before: string;
  started_by: string;
  started_at: Instant;
  why: string;
  finished_at: Instant | null;
  decision_groups: string;
  contacts: string;
  unwell: string;
  state: string;
}

export interface DeploymentRow extends ValidityColumns {
  kind: string;
  name: string;
  environment: string;
  cluster: string;
  desired_release: number | null;
  desired_settings: number | null;
  desired_replicas: number | null;
  observed_release: number | null;
  desired_fingerprint: string | null;
  applied_fingerprint: string | null;
  sync: string;
  health: string;
  health_reason: string;
  health_message: string;
  instances_ready: number;
  instances_wanted: number;
  serving: string | null;
  urls: string;
  parts: string;
  drift: string;
  findings: string;
  inventory: string;
  problem: string | null;
}

export interface ClusterRow extends ValidityColumns {
  name: string;
  source: string;
  connection_kind: string;
  liveness_deadline_ms: number;
  file: string;
  assignment: string | null;
}

export interface ClusterContactRow extends ValidityColumns {
  cluster: string;
  state: string;
  last_seen_at: Instant | null;
  problem: string | null;
}

export interface ClusterFactsRow extends ValidityColumns {
  cluster: string;
  version: string | null;
  nodes_ready: number;
  nodes_total: number;
  capacity: string;
  allocatable: string;
  requested: string;
  requested_by_others: string | null;
}

export interface ClusterSchedulingRow extends ValidityColumns {
  cluster: string;
  mode: string;
  set_by: string;
  why: string | null;
}

export interface ClusterLabelsRow extends ValidityColumns {
  cluster: string;
  labels: string;
  set_by: string;
}

export interface FailoverRow extends ValidityColumns {
  app: string;
  environment: string;
  cluster: string;
  stand_ins: string;
  state: string;
}

export interface ClusterAgentRow extends ValidityColumns {
  cluster: string;
  registered_at: Instant;
  token_expires_at: Instant;
  joined_at: Instant | null;
  connected_at: Instant | null;
  rights: string | null;
  inventory_at: Instant | null;
  ready_at: Instant | null;
  agent_version: string | null;
  runs_in_cluster: number;
  upgrade: string | null;
}

export interface PlatformFileRow extends ValidityColumns {
  kind: string;
  name: string;
  file: string;
}

export interface HistoryStartRow {
  id: number;
  began_at: Instant;
}

export interface PortalRunRow {
  position: number;
  holder: string;
  began_at: Instant;
  until_at: Instant;
  after: RecordGapCause | null;
  entry: number | null;
}

export interface LeaseRow {
  name: string;
  holder: string;
  token: number;
  expires_at: Instant;
}

export interface JournalRow {
  sequence: number;
  at: Instant;
  actor: string;
  action: string;
  app: string | null;
  environment: string | null;
  cluster: string | null;
  release: number | null;
  message: string;
  why: string | null;
  before: string | null;
  after: string | null;
  hash: string;
}

export interface RemovedImageRow extends ValidityColumns {
  app: string;
  image: string;
  state: string;
}

export interface ResourceSecretRow extends ValidityColumns {
  app: string;
  environment: string;
  resource: string;
  version: number;
  home: string;
  state: string;
}

export interface KeptDataRow extends ValidityColumns {
  app: string;
  environment: string;
  cluster: string;
  resources: string;
  kept_since: Instant;
  deleted_by: string | null;
  problem: string | null;
}

export interface EnvironmentOperationRow extends ValidityColumns {
  app: string;
  environment: string;
  state: string;
  replicas: number | null;
  changed_by: string;
  why: string | null;
}

export interface SettingChangeRow {
  app: string;
  version: number;
  environment: string | null;
  name: string;
  kind: 'variable' | 'secret' | 'restart' | 'none';
  value: string | null;
  sealed: string | null;
  key_id: string | null;
  /** JSON. */
  reference: string | null;
  restores: number | null;
  changed_by: string;
  changed_at: Instant;
  why: string | null;
}

export interface GitTokenRow {
  id: string;
  hash: string;
  name: string;
  holder: string;
  app: string | null;
  in_catalog: boolean | number;
  scope: 'git' | 'api';
  created_by: string;
  created_at: Instant;
  expires_at: Instant;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
  revoked_by: string | null;
}

export interface AppSourceRow {
  app: string;
  url: string;
  branch: string;
  path: string | null;
  connected_by: string;
  connected_at: Instant;
  commit: string | null;
  head: string | null;
  checked_at: Instant | null;
  /** JSON. */
  problem: string | null;
  failures: number;
}

export interface AddressProbeRow {
  url: string;
  app: string;
  environment: string;
  state: string;
  since: Instant;
  checked_at: Instant;
  ms: number | null;
  status: number | null;
  certificate_ends_at: Instant | null;
  failures: number;
  doubt_state: string | null;
  doubt_since: Instant | null;
  noted_answers: boolean;
  noted_at: Instant;
  /** JSON. */
  targets: string;
}

export interface ExceptionRow {
  id: string;
  kind: string;
  name: string;
  target: string;
  why: string;
  created_by: string;
  created_at: Instant;
  expires_at: Instant;
  ended_at: Instant | null;
  ended_by: string | null;
}

export interface UsageRow {
  app: string;
  environment: string;
  cluster: string;
  looked_at: Instant;
  measured_at: Instant | null;
  instances: string;
  problem: string | null;
  traffic: string | null;
}

export interface UsagePointsRow {
  app: string;
  environment: string;
  cluster: string;
  workload: string;
  container: string;
  from_at: Instant;
  points: string;
}

export interface ObservedAppRow extends ValidityColumns {
  entity_ref: string;
  label: string;
  namespace: string | null;
}

export interface ObservedPlacementRow extends ValidityColumns {
  entity_ref: string;
  cluster: string;
  state: string;
}

export interface UnreadClusterRow extends ValidityColumns {
  cluster: string;
  why: string;
}

/** Temporal tables and the type of their rows. */
export interface TemporalTables {
  apps: AppRow;
  environment_releases: EnvironmentReleaseRow;
  placements: PlacementRow;
  rollouts: RolloutRow;
  blueprint_versions: BlueprintVersionRow;
  blueprint_targets: BlueprintTargetRow;
  blueprint_rollouts: BlueprintRolloutRow;
  deployments: DeploymentRow;
  clusters: ClusterRow;
  cluster_contacts: ClusterContactRow;
  cluster_facts: ClusterFactsRow;
  cluster_schedulings: ClusterSchedulingRow;
  cluster_labels: ClusterLabelsRow;
  failovers: FailoverRow;
  cluster_agents: ClusterAgentRow;
  platform_files: PlatformFileRow;
  removed_images: RemovedImageRow;
  resource_secrets: ResourceSecretRow;
  kept_data: KeptDataRow;
  environment_operations: EnvironmentOperationRow;
  observed_apps: ObservedAppRow;
  observed_placements: ObservedPlacementRow;
  unread_clusters: UnreadClusterRow;
}

export type TemporalTable = keyof TemporalTables;
