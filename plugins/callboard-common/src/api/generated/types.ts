// Generated from plugins/callboard-backend/src/schema/openapi.yaml by `yarn generate:api`. Change the document instead.

import type { components } from './schema';

type Schemas = components['schemas'];

export type ActionRequest = Schemas['ActionRequest'];

/** What the portal found at an address, and since when */
export type AddressProbeView = Schemas['AddressProbeView'];

/** A newer agent that will run there, until it does */
export type AgentUpgrade = Schemas['AgentUpgrade'];

/** What did not work, why, and what to do next. The code is stable. */
export type ApiError = Schemas['ApiError'];

export type App = Schemas['App'];

/** What another title, description or owner of an app means */
export type AppChange = Schemas['AppChange'];

/** What is to be another; what is left out stays */
export type AppChangeRequest = Schemas['AppChangeRequest'];

export type AppEnvironment = Schemas['AppEnvironment'];

/** What ends with an app, or with its part in an environment */
export type AppRemoval = Schemas['AppRemoval'];

/** A branch of a repository elsewhere that an app follows */
export type AppSource = Schemas['AppSource'];

export type AppSourceAnswer = Schemas['AppSourceAnswer'];

/** What the instances of an app use in an environment */
export type AppUsage = Schemas['AppUsage'];

/** What the person who asks may do with it */
export type AppViewer = Schemas['AppViewer'];

/** Who said that a release may come into an environment */
export type Approval = Schemas['Approval'];

/** Does every app run on all the right clusters, and only there? */
export type Audit = Schemas['Audit'];

export type AuditBlueprint = Schemas['AuditBlueprint'];

/** One environment of an app: where it should run, where it does, and how that is known */
export type AuditRow = Schemas['AuditRow'];

/** Whether an app runs where it should. Each verdict holds what is true in it; names are sorted */
export type AuditVerdict = Schemas['AuditVerdict'];

export type BlueprintAddonView = Schemas['BlueprintAddonView'];

export type BlueprintOnCluster = Schemas['BlueprintOnCluster'];

export type BlueprintRolloutSummary = Schemas['BlueprintRolloutSummary'];

/** Rollouts bring clusters to active versions; deprecated ones run on where they are; disabled ones are refused */
export type BlueprintState = Schemas['BlueprintState'];

export type BlueprintSteering = Schemas['BlueprintSteering'];

/** A blueprint with all its versions */
export type BlueprintSummary = Schemas['BlueprintSummary'];

export type BlueprintVersionDetails = Schemas['BlueprintVersionDetails'];

export type BlueprintVersionRef = Schemas['BlueprintVersionRef'];

export type BlueprintVersionSummary = Schemas['BlueprintVersionSummary'];

export type BlueprintWhatIf = Schemas['BlueprintWhatIf'];

export type BuildLog = Schemas['BuildLog'];

export type BuildStatus = Schemas['BuildStatus'];

export type CatalogInfo = Schemas['CatalogInfo'];

export type Cluster = Schemas['Cluster'];

export type ClusterApp = Schemas['ClusterApp'];

export type ClusterBlueprint = Schemas['ClusterBlueprint'];

export type ClusterConnectionStatus = Schemas['ClusterConnectionStatus'];

export type ClusterDiff = Schemas['ClusterDiff'];

/** Progress of a cluster that joins by dialing out */
export type ClusterJoin = Schemas['ClusterJoin'];

/** What lets one agent in, once. The token is not kept. */
export type ClusterRegistration = Schemas['ClusterRegistration'];

export type ClusterResources = Schemas['ClusterResources'];

/** Whether it takes apps */
export type ClusterScheduling = Schemas['ClusterScheduling'];

/** Requests of the last five minutes, as a Prometheus of the cluster counts them; a number that nobody counts is absent */
export type ClusterTraffic = Schemas['ClusterTraffic'];

/** What the instances of an app use on a cluster */
export type ClusterUsage = Schemas['ClusterUsage'];

export type ContainerAmounts = Schemas['ContainerAmounts'];

/** What a container uses; neither number where its cluster does not say it */
export type ContainerUsage = Schemas['ContainerUsage'];

/** What becomes of data that is to be deleted */
export type DataDeletion = Schemas['DataDeletion'];

/** Data of an app that stays on a cluster, used by nobody */
export type DataLeft = Schemas['DataLeft'];

/** A resource of an app that keeps data */
export type DataResource = Schemas['DataResource'];

/** What deployed an object, as its labels and annotations say. Anyone who may write the object may write these */
export type Deployer = Schemas['Deployer'];

/** One app in one environment on one cluster */
export type DeploymentView = Schemas['DeploymentView'];

/** An app that has not left yet */
export type DrainingApp = Schemas['DrainingApp'];

/** One object of a blueprint or deployment that differs from what was applied */
export type DriftItem = Schemas['DriftItem'];

export type EnvironmentAction = Schemas['EnvironmentAction'];

/** An address of an app in an environment */
export type EnvironmentAddress = Schemas['EnvironmentAddress'];

export type EnvironmentCluster = Schemas['EnvironmentCluster'];

export type EnvironmentOperation = Schemas['EnvironmentOperation'];

export type EnvironmentRule = Schemas['EnvironmentRule'];

/** An environment of the platform */
export type EnvironmentSummary = Schemas['EnvironmentSummary'];

/** Lets an app violate a policy, or a cluster its blueprint */
export type Exception = Schemas['Exception'];

/** One of several faults of files */
export type Fault = Schemas['Fault'];

export type FieldDiff = Schemas['FieldDiff'];

/** What is wrong, in a developer's words: the first card of the app's page and the last lines of a failed push */
export type Finding = Schemas['Finding'];

/** What is wrong, the deeper cause first */
export type FindingCode = Schemas['FindingCode'];

export type FindingEvidence = Schemas['FindingEvidence'];

/** The fleet in one sentence and a few counts: first line of the fleet page */
export type FleetSummary = Schemas['FleetSummary'];

/** How well do we know? `stale` past its deadline, `unreachable` once the connection is known to be gone */
export type Freshness = Schemas['Freshness'];

export type GitTokenPage = Schemas['GitTokenPage'];

/** A token, without its text */
export type GitTokenView = Schemas['GitTokenView'];

/** A verdict with its grounds. `reason` is a code: one of Callboard's own, that of the finding that explains it, or the one that the object itself reports. `message` is a sentence in a developer's words */
export type Health = Schemas['Health'];

/** Callboard's own reasons of a verdict */
export type HealthReason = Schemas['HealthReason'];

/** How is it? Words and order of Argo CD */
export type HealthStatus = Schemas['HealthStatus'];

/** What `?at=` can ask for */
export type History = Schemas['History'];

/** What is attached to an image in its registry */
export type ImageEvidence = Schemas['ImageEvidence'];

/** A token that was created now */
export type IssuedGitToken = Schemas['IssuedGitToken'];

/** What lets one agent in, once */
export type JoinCommand = Schemas['JoinCommand'];

export type JoinStep = Schemas['JoinStep'];

export type JoinStepName = Schemas['JoinStepName'];

/** What `GET /fleet/joining` answers: why no cluster can be added now, where none can */
export type Joining = Schemas['Joining'];

export type JournalEntry = Schemas['JournalEntry'];

export type JournalKind = Schemas['JournalKind'];

/** Data that an app left on a cluster, kept until somebody deletes it */
export type KeptData = Schemas['KeptData'];

/** The objects of one deployment, for who wants to see them. Data of Secrets is never included */
export type KubernetesView = Schemas['KubernetesView'];

export type LabelChange = Schemas['LabelChange'];

/** Labels that people set by hand; they override the source's */
export type LabelsByHand = Schemas['LabelsByHand'];

/** What a release reads and its environment has not */
export type LackingSetting = Schemas['LackingSetting'];

export type LogLevel = Schemas['LogLevel'];

/** A line that an instance wrote; of stream callboard, what Callboard says of the output: a cluster that cannot be read, lines that are left out. */
export type LogLine = Schemas['LogLine'];

export type NewApp = Schemas['NewApp'];

export type NewAppSource = Schemas['NewAppSource'];

export type NewBlueprintRollout = Schemas['NewBlueprintRollout'];

/** What `POST /clusters` takes */
export type NewCluster = Schemas['NewCluster'];

/** Names a policy or a blueprint */
export type NewException = Schemas['NewException'];

export type NewGitToken = Schemas['NewGitToken'];

export type NewRelease = Schemas['NewRelease'];

/** Which source the images were built of, and by whom */
export type NewRevision = Schemas['NewRevision'];

/** What a setting is to be, by a value or a reference to one */
export type NewSetting = Schemas['NewSetting'];

export type ObjectDiff = Schemas['ObjectDiff'];

/** A Component of the catalog whose objects others deployed. Callboard reads them and has no operation that changes them */
export type ObservedApp = Schemas['ObservedApp'];

export type ObservedChange = Schemas['ObservedChange'];

/** What runs of a component on one cluster */
export type ObservedPlacement = Schemas['ObservedPlacement'];

export type ObservedWorkload = Schemas['ObservedWorkload'];

export type PlacementAnswer = Schemas['PlacementAnswer'];

export type PlacementAnswerVerdict = Schemas['PlacementAnswerVerdict'];

/** How the playground keeps pushed code apart on the portal's machine */
export type PlaygroundIsolation = Schemas['PlaygroundIsolation'];

export type PolicyFindingView = Schemas['PolicyFindingView'];

export type PolicyPage = Schemas['PolicyPage'];

/** A policy of the platform, and what runs now and violates it */
export type PolicySummary = Schemas['PolicySummary'];

/** What a policy would have refused, had it denied */
export type PolicyTrial = Schemas['PolicyTrial'];

export type PolicyTrialQuestion = Schemas['PolicyTrialQuestion'];

/** A file or environment variable of the portal that its configuration lets apps read */
export type PortalReference = Schemas['PortalReference'];

export type Power = Schemas['Power'];

export type ProgressLine = Schemas['ProgressLine'];

export type Promotion = Schemas['Promotion'];

export type PromotionAnswer = Schemas['PromotionAnswer'];

/** What a statement of provenance says; nobody verified it. It is kept under `/provenance` of the release */
export type ProvenanceFacts = Schemas['ProvenanceFacts'];

/** A time in which nothing was recorded, half-open. Instants are RFC 3339 */
export type RecordGap = Schemas['RecordGap'];

/** Why nothing was recorded for a time */
export type RecordGapCause = Schemas['RecordGapCause'];

/** Immutable; numbers count up per app */
export type Release = Schemas['Release'];

/** rollback: to what was there before the current one came */
export type ReleaseChange = Schemas['ReleaseChange'];

/** A release with what it is made of */
export type ReleaseDetails = Schemas['ReleaseDetails'];

/** What a release changes on clusters, by what is rendered of it */
export type ReleaseDiff = Schemas['ReleaseDiff'];

/** The lockfile that dependencies came from; not pushed: the build resolved the versions */
export type ReleaseLockfile = Schemas['ReleaseLockfile'];

export type ReleaseNumber = Schemas['ReleaseNumber'];

/** Where the images of a release were built, as who released it says */
export type ReleaseOrigin = Schemas['ReleaseOrigin'];

/** How a release did in one environment */
export type ReleaseOutcome = Schemas['ReleaseOutcome'];

/** Confirms a removal; not needed with `dryRun` */
export type RemovalRequest = Schemas['RemovalRequest'];

/** What `DELETE /clusters/{cluster}` answers */
export type RemovedCluster = Schemas['RemovedCluster'];

/** New secrets that are being made */
export type ResourceRotation = Schemas['ResourceRotation'];

/** A resource that an app asks for */
export type ResourceView = Schemas['ResourceView'];

/** What is kept, and what the next sweep removes */
export type Retention = Schemas['Retention'];

export type RolloutActionName = Schemas['RolloutActionName'];

/** A rollout as the wave bar draws it */
export type RolloutAnswer = Schemas['RolloutAnswer'];

/** One cluster of a rollout */
export type RolloutCell = Schemas['RolloutCell'];

export type RolloutPhaseName = Schemas['RolloutPhaseName'];

/** The newest rollout; absent where releases go everywhere at once */
export type RolloutSummary = Schemas['RolloutSummary'];

/** What is inside an image: a CycloneDX document, as far as pages read it */
export type SbomDocument = Schemas['SbomDocument'];

/** When a workload runs, how its last run ended and when the next one comes, on one cluster */
export type ScheduledRuns = Schemas['ScheduledRuns'];

export type SchedulingChange = Schemas['SchedulingChange'];

/** What is set for an app */
export type SettingList = Schemas['SettingList'];

/** What is set for an app, in pages */
export type SettingPage = Schemas['SettingPage'];

/** Where the value of a secret stands that is not set itself */
export type SettingReference = Schemas['SettingReference'];

export type SettingRemoval = Schemas['SettingRemoval'];

/** Which change of a setting is taken back */
export type SettingRestoration = Schemas['SettingRestoration'];

/** A change of settings */
export type SettingVersion = Schemas['SettingVersion'];

/** A variable or a secret that is set for an app */
export type SettingView = Schemas['SettingView'];

export type SourceDisconnection = Schemas['SourceDisconnection'];

export type StartedBlueprintRollout = Schemas['StartedBlueprintRollout'];

export type Steering = Schemas['Steering'];

/** A secret in a store, which clusters read by External Secrets Operator */
export type StoreReference = Schemas['StoreReference'];

/** Does the cluster hold what we want? */
export type SyncStatus = Schemas['SyncStatus'];

/** A task that a release would run */
export type TaskRun = Schemas['TaskRun'];

/** Releases and incidents of an app in a window of time */
export type Timeline = Schemas['Timeline'];

/** A time in which a lane had one release */
export type TimelineBar = Schemas['TimelineBar'];

/** An environment, or an environment on one cluster */
export type TimelineLane = Schemas['TimelineLane'];

/** A time in which one cluster reported an app unhealthy */
export type TimelineMark = Schemas['TimelineMark'];

/** From when on a release had these settings */
export type TimelineSettings = Schemas['TimelineSettings'];

/** A span of time, half-open; without `to` it lasts at the end of the window. Instants are RFC 3339 */
export type TimelineSpan = Schemas['TimelineSpan'];

/** What a token opens. git, as when it is left out: git push, git clone and what releases without git. api: apps in the API, for a command line, as its person may; of people alone */
export type TokenScope = Schemas['TokenScope'];

/** A change of app.yaml that what was measured speaks for */
export type UsageAdvice = Schemas['UsageAdvice'];

/** The most that any instance of a container used within each step, oldest first; without a point where nothing was measured */
export type UsageSeries = Schemas['UsageSeries'];

/** A change of the fleet to rehearse */
export type WhatIfChange = Schemas['WhatIfChange'];

export type WhatIfMove = Schemas['WhatIfMove'];

export type WhatIfQuestion = Schemas['WhatIfQuestion'];

export type WhatIfRefusal = Schemas['WhatIfRefusal'];

/** Only where replicas are divided over clusters */
export type WhatIfReplicas = Schemas['WhatIfReplicas'];

/** What would become of all apps: the very decision that would be taken, compared with the one of now */
export type WhatIfReport = Schemas['WhatIfReport'];

/** An app that would run on fewer clusters than it wants and than now, or that could not leave */
export type WhatIfShortage = Schemas['WhatIfShortage'];
