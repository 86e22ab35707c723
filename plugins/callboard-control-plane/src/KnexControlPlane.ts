import {
  JOURNAL_SUBJECTS,
  type App,
  type BlueprintSummary,
  type EnvironmentSummary,
  type ChangeSignal,
  type Cluster,
  type FleetSummary,
  type GitTokenView,
  type IssuedGitToken,
  type ClusterRegistration,
  type Joining,
  type JournalEntry,
  type KubeObject,
  type KubernetesView,
  type LogLine,
  type PlacementAnswer,
  type Problem,
  type PromotionAnswer,
  type ReleaseDetails,
  type RemovedCluster,
  type Result,
  type WhatIfQuestion,
  type WhatIfReport,
  type RolloutAnswer,
  type Timeline,
} from '@callboard/plugin-callboard-common';
import type {
  AcceptedPush,
  JudgedPush,
  PushedFiles,
} from '@callboard/plugin-callboard-node';
import type { ControlPlaneDeps } from './ControlPlaneDeps';
import { readGapAt } from './reconcile/fleet/clusterStatusOf';
import { ReconcileLoop } from './reconcile/ReconcileLoop';
import {
  type SourceRecord,
  findApp,
  findDeletedApps,
  findHistoryStart,
  findLastApp,
  findReleaseRequest,
  findSource,
  findSources,
  identifyRecord,
  listJournal,
} from './store';
import type {
  ControlPlane,
  GitTokenHolder,
  ImageRetention,
  PushStep,
  ReadOptions,
  SharedReadOptions,
  ReleaseFilter,
  SweptImages,
  TimelineQuestion,
} from './usecases/ControlPlane';
import { registerCluster } from './usecases/agents/registerCluster';
import { readJoining } from './usecases/agents/readJoining';
import { readInstallManifest } from './usecases/agents/readInstallManifest';
import { removeCluster } from './usecases/agents/removeCluster';
import { renewRegistration } from './usecases/agents/renewRegistration';
import { type Promotion, promote } from './usecases/promote/promote';
import { awaitRelease } from './usecases/push/awaitRelease';
import { followPush } from './usecases/push/followPush';
import { followRelease } from './usecases/push/followRelease';
import { checkPush } from './usecases/push/checkPush';
import { recordPush } from './usecases/push/recordPush';
import { SnapshotCache } from './usecases/read/SnapshotCache';
import { askBlueprintWhatIf } from './usecases/blueprints/askBlueprintWhatIf';
import { getBlueprintRollout } from './usecases/blueprints/readBlueprintRollout';
import { getBlueprintVersion } from './usecases/blueprints/readBlueprintVersion';
import { listBlueprints } from './usecases/blueprints/listBlueprints';
import { listEnvironments } from './usecases/environments/listEnvironments';
import { startBlueprintRollout } from './usecases/blueprints/startBlueprintRollout';
import { steerBlueprintRollout } from './usecases/blueprints/steerBlueprintRollout';
import { getApp, listApps } from './usecases/read/readApps';
import { readAudit } from './usecases/read/readAudit';
import {
  getCluster,
  getFleetSummary,
  listClusters,
} from './usecases/read/readClusters';
import { findAddresses } from './usecases/read/findAddresses';
import { readKubernetesView } from './usecases/read/readKubernetesView';
import { followLogs } from './usecases/output/followLogs';
import { readClusterLogs } from './usecases/output/readClusterLogs';
import { type LogQuestion, readLogs } from './usecases/output/readLogs';
import { diffReleases } from './usecases/read/diffReleases';
import { readBuildLog } from './usecases/read/readBuildLog';
import { getPlacement } from './usecases/read/readPlacement';
import { readUsage } from './usecases/read/readUsage';
import { readReleaseEvidence } from './usecases/read/readReleaseEvidence';
import { listReleases } from './usecases/read/readReleases';
import { readTimeline } from './usecases/read/readTimeline';
import {
  type EnvironmentOperation,
  operateEnvironment,
} from './usecases/operate/operateEnvironment';
import { type AppChangeRequest, changeApp } from './usecases/operate/changeApp';
import { type RemovalRequest, removeApp } from './usecases/operate/removeApp';
import { readObservedApp } from './usecases/observed/readObservedApp';
import { syncObservedApps } from './usecases/observed/syncObservedApps';
import { PlacementList } from './usecases/placements/PlacementList';
import { PolicyBook } from './usecases/policies/PolicyBook';
import {
  createException,
  endException,
  listExceptions,
} from './usecases/policies/exceptions';
import { tryPolicy } from './usecases/policies/tryPolicy';
import { readRetention } from './usecases/retention/readRetention';
import { sweepImages } from './usecases/retention/sweepImages';
import {
  type LabelChange,
  labelCluster,
} from './usecases/scheduling/labelCluster';
import {
  type SchedulingInput,
  scheduleCluster,
} from './usecases/scheduling/scheduleCluster';
import { askWhatIf } from './usecases/whatif/askWhatIf';
import { Announcements } from './usecases/read/Announcements';
import { AnswerDesk } from './usecases/elsewhere/AnswerDesk';
import { getRollout } from './usecases/read/readRollout';
import { type Deletion, deleteData } from './usecases/data/deleteData';
import { listDataOfDeletedApps } from './usecases/data/listDataOfDeletedApps';
import { listKeptData } from './usecases/data/listKeptData';
import { readResources } from './usecases/resources/readResources';
import {
  type Rotation,
  rotateSecrets,
} from './usecases/resources/rotateSecrets';
import { changeSetting } from './usecases/settings/changeSetting';
import type {
  SettingRequest,
  SettingTurn,
} from './usecases/settings/judgeSetting';
import { readSettings } from './usecases/settings/readSettings';
import { connectSource } from './usecases/sources/connectSource';
import { disconnectSource } from './usecases/sources/disconnectSource';
import { noteSourceLook } from './usecases/sources/noteSourceLook';
import { findAddressesToProbe } from './usecases/probes/findAddressesToProbe';
import { noteProbes } from './usecases/probes/noteProbes';
import { admitGitToken } from './usecases/tokens/admitGitToken';
import { createGitToken } from './usecases/tokens/createGitToken';
import { listGitTokens } from './usecases/tokens/listGitTokens';
import { revokeGitToken } from './usecases/tokens/revokeGitToken';
import { type Steering, steerRollout } from './usecases/rollout/steerRollout';

const JOURNAL_PAGE = 50;
const JOURNAL_MOST = 501; // one more than the longest page, which shows whether there is a next one

/** Implements each use case as one method. */
class KnexControlPlane implements ControlPlane {
  readonly #loop: ReconcileLoop;
  readonly #desk: AnswerDesk;
  readonly #snapshots: SnapshotCache;
  readonly #reads: ReconcileLoop['context'] & { snapshots: SnapshotCache };
  readonly #announcements: Announcements;
  readonly #placements: PlacementList;
  readonly #policies: PolicyBook;

  constructor(deps: ControlPlaneDeps) {
    this.#loop = new ReconcileLoop(deps);
    this.#snapshots = new SnapshotCache(this.#context);
    this.#placements = new PlacementList(this.#context);
    this.#policies = new PolicyBook(this.#context);
    this.#reads = { ...this.#context, snapshots: this.#snapshots };
    this.#announcements = new Announcements(this.#context, () =>
      this.#snapshots.showSoon(),
    );
    this.#desk = new AnswerDesk(this.#context, ({ kind, filter, ...of }) =>
      kind === 'logs' && filter
        ? readClusterLogs({ kind: 'app', ...of }, filter, this.#context)
        : this.readKubernetesView(of),
    );
  }

  async start(): Promise<void> {
    await this.#loop.start();
    this.#desk.start();
  }

  async stop(): Promise<void> {
    await this.#desk.stop();
    await this.#loop.stop();
    this.#announcements.close();
    this.#snapshots.close();
  }

  checkPush(push: PushedFiles): Promise<Result<JudgedPush>> {
    return checkPush(push, this.#context);
  }

  recordPush(
    push: JudgedPush,
    options: { isHead: boolean },
  ): Promise<Result<AcceptedPush>> {
    return this.#known(recordPush(push, options, this.#context));
  }

  async *followPush(
    app: string,
    commit: string,
    signal: AbortSignal,
  ): AsyncGenerator<PushStep> {
    yield* followPush({ app, commit }, this.#context, signal);
    this.#snapshots.mustShow(); // a reader right after a push must see it
  }

  findRequest(
    app: string,
    key: string,
  ): ReturnType<ControlPlane['findRequest']> {
    return findReleaseRequest(this.#context.deps.knex, { app, key });
  }

  awaitRelease(
    push: { app: string; commit: string },
    signal: AbortSignal,
  ): Promise<Result<number>> {
    return this.#known(awaitRelease(push, this.#context, signal));
  }

  followRelease(
    of: { app: string; release: number },
    signal: AbortSignal,
  ): ReturnType<ControlPlane['followRelease']> {
    return followRelease(of, this.#reads, signal);
  }

  promote(promotion: Promotion): Promise<Result<PromotionAnswer>> {
    return this.#known(promote(promotion, this.#context));
  }

  steerRollout(steering: Steering): Promise<Result<void>> {
    return this.#known(steerRollout(steering, this.#context));
  }

  operateEnvironment(
    asked: EnvironmentOperation,
  ): ReturnType<ControlPlane['operateEnvironment']> {
    return this.#known(operateEnvironment(asked, this.#context));
  }

  removeApp(request: RemovalRequest): ReturnType<ControlPlane['removeApp']> {
    return this.#known(removeApp(request, this.#context));
  }

  changeApp(request: AppChangeRequest): ReturnType<ControlPlane['changeApp']> {
    return this.#known(changeApp(request, this.#context));
  }

  listResources(
    app: string,
    environment: string,
  ): ReturnType<ControlPlane['listResources']> {
    return readResources(app, environment, this.#context);
  }

  getUsage(
    app: string,
    environment: string,
  ): ReturnType<ControlPlane['getUsage']> {
    return readUsage({ app, environment }, this.#context);
  }

  rotateSecrets(rotation: Rotation): ReturnType<ControlPlane['rotateSecrets']> {
    return this.#known(rotateSecrets(rotation, this.#context));
  }

  listKeptData(
    question: Parameters<ControlPlane['listKeptData']>[0],
  ): ReturnType<ControlPlane['listKeptData']> {
    return listKeptData(question, this.#context);
  }

  listDataOfDeletedApps(
    question: Parameters<ControlPlane['listDataOfDeletedApps']>[0],
  ): ReturnType<ControlPlane['listDataOfDeletedApps']> {
    return listDataOfDeletedApps(question, this.#context);
  }

  deleteData(deletion: Deletion): ReturnType<ControlPlane['deleteData']> {
    return this.#known(deleteData(deletion, this.#context));
  }

  findSource(app: string): Promise<SourceRecord | undefined> {
    return findSource(this.#context.deps.knex, app);
  }

  listSources(): Promise<SourceRecord[]> {
    return findSources(this.#context.deps.knex);
  }

  connectSource(
    input: Parameters<ControlPlane['connectSource']>[0],
  ): Promise<Result<SourceRecord>> {
    return connectSource(input, this.#context);
  }

  disconnectSource(
    input: Parameters<ControlPlane['disconnectSource']>[0],
  ): Promise<Result<void>> {
    return disconnectSource(input, this.#context);
  }

  noteSourceLook(
    input: Parameters<ControlPlane['noteSourceLook']>[0],
  ): Promise<void> {
    return noteSourceLook(input, this.#context);
  }

  findAddressesToProbe(): ReturnType<ControlPlane['findAddressesToProbe']> {
    return findAddressesToProbe(this.#reads);
  }

  syncObservedApps(
    apps: Parameters<ControlPlane['syncObservedApps']>[0],
  ): Promise<void> {
    return syncObservedApps(apps, this.#context);
  }

  getObservedApp(
    entityRef: string,
    options?: ReadOptions,
  ): ReturnType<ControlPlane['getObservedApp']> {
    return readObservedApp(entityRef, this.#context, options);
  }

  noteProbes(
    probed: Parameters<ControlPlane['noteProbes']>[0],
  ): ReturnType<ControlPlane['noteProbes']> {
    return noteProbes(probed, this.#context);
  }

  createGitToken(
    input: Parameters<ControlPlane['createGitToken']>[0],
  ): Promise<Result<IssuedGitToken>> {
    return createGitToken(input, this.#context);
  }

  listGitTokens(
    question: Parameters<ControlPlane['listGitTokens']>[0],
  ): Promise<GitTokenView[]> {
    return listGitTokens(question, this.#context);
  }

  revokeGitToken(
    input: Parameters<ControlPlane['revokeGitToken']>[0],
  ): Promise<Result<void>> {
    return revokeGitToken(input, this.#context);
  }

  admitGitToken(token: string): Promise<Result<GitTokenHolder>> {
    return admitGitToken(token, this.#context);
  }

  probeStore(): Promise<Problem | undefined> {
    return this.#context.condition.probe();
  }

  async findOwnedApp(
    app: string,
    { orDeleted = false }: { orDeleted?: boolean } = {},
  ): ReturnType<ControlPlane['findOwnedApp']> {
    const { knex } = this.#context.deps;
    return orDeleted ? findLastApp(knex, app) : findApp(knex, app);
  }

  listDeletedApps(): ReturnType<ControlPlane['listDeletedApps']> {
    return findDeletedApps(this.#context.deps.knex);
  }

  listApps(options?: ReadOptions): Promise<App[]> {
    return listApps(this.#reads, options);
  }

  getApp(app: string, options?: ReadOptions): Promise<Result<App>> {
    return getApp(app, this.#reads, options);
  }

  listReleases(
    app: string,
    options?: ReleaseFilter,
  ): Promise<Result<ReleaseDetails[]>> {
    return listReleases(app, this.#context, options);
  }

  readTimeline(
    app: string,
    question?: TimelineQuestion,
  ): Promise<Result<Timeline>> {
    return readTimeline(app, this.#context, question);
  }

  readBuildLog(
    of: Parameters<ControlPlane['readBuildLog']>[0],
  ): ReturnType<ControlPlane['readBuildLog']> {
    return readBuildLog(of, this.#context);
  }

  readReleaseEvidence(
    of: Parameters<ControlPlane['readReleaseEvidence']>[0],
  ): Promise<Result<readonly Uint8Array[]>> {
    return readReleaseEvidence(of, this.#context);
  }

  listSettings(
    question: Parameters<ControlPlane['listSettings']>[0],
  ): ReturnType<ControlPlane['listSettings']> {
    return readSettings(question, this.#context);
  }

  changeSetting(
    request: SettingRequest,
    turn: SettingTurn,
  ): ReturnType<ControlPlane['changeSetting']> {
    return this.#known(changeSetting(request, turn, this.#context));
  }

  getPlacement(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<Result<PlacementAnswer>> {
    return getPlacement({ app, environment }, this.#context, options);
  }

  diffReleases(
    of: Parameters<ControlPlane['diffReleases']>[0],
  ): ReturnType<ControlPlane['diffReleases']> {
    return diffReleases(of, this.#context);
  }

  getRollout(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<Result<RolloutAnswer>> {
    return getRollout({ app, environment }, this.#context, options);
  }

  async findAddresses(of: {
    app: string;
    environment: string;
  }): Promise<string[]> {
    return findAddresses(of, (await this.#snapshots.show()).snapshot);
  }

  readLogs(question: LogQuestion): Promise<Result<LogLine[]>> {
    return readLogs(question, this.#context);
  }

  followLogs(
    question: LogQuestion,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine[], Problem | undefined> {
    return followLogs(question, this.#context, signal);
  }

  readKubernetesView(of: {
    app: string;
    environment: string;
    cluster: string;
  }): Promise<Result<KubernetesView>> {
    return readKubernetesView(of, this.#context);
  }

  listPolicies(options?: Pick<SharedReadOptions, 'onlyApps'>) {
    return this.#policies.read(options);
  }

  tryPolicy(question: Parameters<ControlPlane['tryPolicy']>[0]) {
    return tryPolicy(question, this.#context);
  }

  listExceptions(options: Pick<SharedReadOptions, 'onlyApps'> = {}) {
    return listExceptions(options, this.#context);
  }

  createException(input: Parameters<ControlPlane['createException']>[0]) {
    return this.#known(createException(input, this.#context));
  }

  endException(input: { id: string; actor: string }): Promise<Result<void>> {
    return this.#known(endException(input, this.#context));
  }

  listBlueprints(options?: ReadOptions): Promise<BlueprintSummary[]> {
    return listBlueprints(this.#context, options);
  }

  listEnvironments(options?: SharedReadOptions): Promise<EnvironmentSummary[]> {
    return listEnvironments(this.#reads, options);
  }

  getBlueprintVersion(
    of: Parameters<ControlPlane['getBlueprintVersion']>[0],
    options?: ReadOptions,
  ): ReturnType<ControlPlane['getBlueprintVersion']> {
    return getBlueprintVersion(of, this.#reads, options);
  }

  askBlueprintWhatIf(
    of: Parameters<ControlPlane['askBlueprintWhatIf']>[0],
  ): ReturnType<ControlPlane['askBlueprintWhatIf']> {
    return askBlueprintWhatIf(of, this.#context);
  }

  startBlueprintRollout(
    input: Parameters<ControlPlane['startBlueprintRollout']>[0],
  ): ReturnType<ControlPlane['startBlueprintRollout']> {
    return this.#known(startBlueprintRollout(input, this.#context));
  }

  getBlueprintRollout(
    of: Parameters<ControlPlane['getBlueprintRollout']>[0],
    options?: ReadOptions,
  ): ReturnType<ControlPlane['getBlueprintRollout']> {
    return getBlueprintRollout(of, this.#context, options);
  }

  steerBlueprintRollout(
    steering: Parameters<ControlPlane['steerBlueprintRollout']>[0],
  ): ReturnType<ControlPlane['steerBlueprintRollout']> {
    return this.#known(steerBlueprintRollout(steering, this.#context));
  }

  getFleetSummary(options?: ReadOptions): Promise<FleetSummary> {
    return getFleetSummary(this.#reads, options);
  }

  listClusters(options?: SharedReadOptions): Promise<Cluster[]> {
    return listClusters(this.#reads, options);
  }

  getCluster(
    cluster: string,
    options?: SharedReadOptions,
  ): Promise<Result<Cluster>> {
    return getCluster(cluster, this.#reads, options);
  }

  askWhatIf(
    question: WhatIfQuestion,
    options?: Pick<SharedReadOptions, 'onlyApps'>,
  ): Promise<Result<WhatIfReport>> {
    return askWhatIf(question, this.#context, options);
  }

  labelCluster(change: LabelChange): Promise<Result<void>> {
    return this.#known(labelCluster(change, this.#context));
  }

  scheduleCluster(input: SchedulingInput): Promise<Result<void>> {
    return this.#known(scheduleCluster(input, this.#context));
  }

  readJoining(): Promise<Joining> {
    return readJoining(this.#context);
  }

  registerCluster(
    input: Parameters<ControlPlane['registerCluster']>[0],
  ): Promise<Result<ClusterRegistration>> {
    return this.#known(registerCluster(input, this.#context));
  }

  renewRegistration(
    input: Parameters<ControlPlane['renewRegistration']>[0],
  ): Promise<Result<ClusterRegistration>> {
    return this.#known(renewRegistration(input, this.#context));
  }

  readInstallManifest(
    of: Parameters<ControlPlane['readInstallManifest']>[0],
  ): Promise<Result<KubeObject[]>> {
    return readInstallManifest(of, this.#context);
  }

  removeCluster(
    of: Parameters<ControlPlane['removeCluster']>[0],
  ): Promise<Result<RemovedCluster>> {
    return this.#known(removeCluster(of, this.#context));
  }

  readAudit(options?: ReadOptions): ReturnType<ControlPlane['readAudit']> {
    return readAudit(this.#reads, options);
  }

  readRetention(): Promise<ImageRetention> {
    return readRetention(this.#context);
  }

  listPlacements(): ReturnType<ControlPlane['listPlacements']> {
    return this.#placements.read();
  }

  sweepImages(signal: AbortSignal): Promise<SweptImages | undefined> {
    return sweepImages(this.#context, signal);
  }

  identify(proposed: string): Promise<string> {
    return identifyRecord(this.#context.deps.knex, proposed);
  }

  findGap(at: Date): ReturnType<ControlPlane['findGap']> {
    return readGapAt(at, this.#context);
  }

  async getHistoryStart(): Promise<Date> {
    const { knex, clock } = this.#context.deps;
    return (await findHistoryStart(knex)) ?? clock.now();
  }

  listJournal(
    filter: Parameters<ControlPlane['listJournal']>[0],
  ): Promise<JournalEntry[]> {
    const { app, cluster, actor, kind, onlyApps, before, at } = filter;
    const { limit = JOURNAL_PAGE } = filter;
    return listJournal(this.#context.deps.knex, {
      ...(app !== undefined && { app }),
      ...(cluster !== undefined && { cluster }),
      ...(actor !== undefined && { actor }),
      ...(onlyApps && { onlyApps }),
      ...(kind && { subjects: JOURNAL_SUBJECTS[kind] }),
      ...(before !== undefined && { before }),
      ...(at && { at }),
      withGaps: true,
      limit: Math.min(limit, JOURNAL_MOST),
    });
  }

  onChanges(listener: (changes: ChangeSignal[]) => void): () => void {
    return this.#announcements.listen(listener);
  }

  /** Makes a change visible in every answer that begins after it. */
  async #known<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      this.#snapshots.mustShow();
    }
  }

  get #context() {
    return this.#loop.context;
  }
}

/** Creates the control plane over a database. Start one per process. */
export function createControlPlane(deps: ControlPlaneDeps): ControlPlane {
  return new KnexControlPlane(deps);
}
