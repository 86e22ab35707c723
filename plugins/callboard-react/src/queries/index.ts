export { type Action, actionOf } from './Action';
export { type LastKnown, type View, dataOf, viewOf } from './View';
export { appQuery, useApp } from './useApp';
export { appsQuery, useApps } from './useApps';
export {
  type ExportAudit,
  auditQuery,
  useAudit,
  useExportAudit,
} from './useAudit';
export { blueprintsQuery, useBlueprints } from './useBlueprints';
export { clusterQuery, useCluster } from './useCluster';
export { useEnvironments } from './useEnvironments';
export { type ChangeSetting, useChangeSetting } from './useChangeSetting';
export { type ClusterPower, useClusterPower } from './useClusterPower';
export { useClusterName } from './useClusterName';
export { clustersQuery, useClusters } from './useClusters';
export { type Draft, useDraft } from './useDraft';
export {
  type ClusterOutcome,
  type EachCluster,
  useEachCluster,
} from './useEachCluster';
export { fleetQuery, useFleet } from './useFleet';
export { historyQuery, useHistory } from './useHistory';
export { type RegisterCluster, useRegisterCluster } from './useRegisterCluster';
export { joiningQuery, useJoining } from './useJoining';
export { useJoiningCluster } from './useJoiningCluster';
export { type RegistrationView, useRegistration } from './useRegistration';
export { journalQuery, useJournal } from './useJournal';
export {
  type JournalPages,
  journalPagesQuery,
  useJournalPages,
} from './useJournalPages';
export { kubernetesViewQuery, useKubernetesView } from './useKubernetesView';
export { queryKeys } from './queryKeys';
export { type Logs, MOST_LOG_LINES, searchLogs, useLogs } from './useLogs';
export { type Operation, useOperation } from './useOperation';
export { placementQuery, usePlacement } from './usePlacement';
export {
  type ChangeExceptions,
  type TryPolicy,
  exceptionsQuery,
  policiesQuery,
  useChangeExceptions,
  useExceptions,
  usePolicies,
  useTryPolicy,
} from './usePolicies';
export { type PromoteRelease, usePromoteRelease } from './usePromoteRelease';
export {
  playgroundIsolationQuery,
  usePlaygroundIsolation,
} from './usePlaygroundIsolation';
export { pushUrlQuery, usePushUrl } from './usePushUrl';
export { type DeleteData, useDeleteData } from './useDeleteData';
export { useDataOfDeletedApps } from './useDataOfDeletedApps';
export { keptDataQuery, useKeptData } from './useKeptData';
export { type ChangeApp, useChangeApp } from './useChangeApp';
export { type RemoveApp, useRemoveApp } from './useRemoveApp';
export { type RemoveCluster, useRemoveCluster } from './useRemoveCluster';
export { releaseDiffQuery, useReleaseDiff } from './useReleaseDiff';
export { releasesQuery, useReleases } from './useReleases';
export { resourcesQuery, useResources } from './useResources';
export { usageQuery, useUsage } from './useUsage';
export { type RotateSecrets, useRotateSecrets } from './useRotateSecrets';
export { rolloutQuery, useRollout } from './useRollout';
export {
  settingsQuery,
  useEachSettings,
  useSettings,
  useSettingsBefore,
} from './useSettings';
export { type SteerRollout, useSteerRollout } from './useSteerRollout';
export { buildLogQuery, useBuildLog } from './useBuildLog';
export { sbomQuery, useSbom } from './useSbom';
export { type ScheduleCluster, useScheduleCluster } from './useScheduleCluster';
export { type TimelineFilter, timelineQuery, useTimeline } from './useTimeline';
export {
  type ChangeGitTokens,
  type GitTokenList,
  gitTokensQuery,
  useChangeGitTokens,
  useGitTokens,
} from './useGitTokens';
export { useWhatIf, whatIfQuery } from './useWhatIf';
export {
  useBlueprintRollout,
  useBlueprintVersion,
  useBlueprintWhatIf,
  useMoveBlueprint,
} from './useBlueprintVersion';
export { type ChangeSource, useChangeSource, useSource } from './useSource';
