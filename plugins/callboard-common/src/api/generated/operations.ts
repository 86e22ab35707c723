// Generated from plugins/callboard-backend/src/schema/openapi.yaml by `yarn generate:api`. Change the document instead.

import type { operations } from './schema';

/** Where each operation of the API is asked. */
export const OPERATIONS: Record<
  keyof operations,
  {
    method: string;
    path: string;
    answer?: 'application/json' | 'application/x-ndjson' | 'text/csv';
  }
> = {
  askBlueprintWhatIf: {
    method: 'POST',
    path: '/blueprints/{blueprint}/versions/{version}/what-if',
    answer: 'application/json',
  },
  askWhatIf: {
    method: 'POST',
    path: '/fleet/what-if',
    answer: 'application/json',
  },
  changeApp: {
    method: 'PATCH',
    path: '/apps/{app}',
    answer: 'application/json',
  },
  connectSource: {
    method: 'PUT',
    path: '/apps/{app}/source',
    answer: 'application/json',
  },
  cordonCluster: { method: 'POST', path: '/clusters/{cluster}/cordon' },
  createApp: { method: 'POST', path: '/apps', answer: 'application/json' },
  createException: {
    method: 'POST',
    path: '/exceptions',
    answer: 'application/json',
  },
  createRelease: {
    method: 'POST',
    path: '/apps/{app}/releases',
    answer: 'application/json',
  },
  createToken: { method: 'POST', path: '/tokens', answer: 'application/json' },
  deleteApp: {
    method: 'DELETE',
    path: '/apps/{app}',
    answer: 'application/json',
  },
  deleteData: {
    method: 'DELETE',
    path: '/apps/{app}/environments/{environment}/data/{cluster}',
    answer: 'application/json',
  },
  diffReleases: {
    method: 'GET',
    path: '/apps/{app}/environments/{environment}/releases/{release}/diff',
    answer: 'application/json',
  },
  disconnectSource: { method: 'DELETE', path: '/apps/{app}/source' },
  drainCluster: { method: 'POST', path: '/clusters/{cluster}/drain' },
  endException: { method: 'DELETE', path: '/exceptions/{id}' },
  exportAudit: { method: 'GET', path: '/audit.csv', answer: 'text/csv' },
  followRelease: {
    method: 'GET',
    path: '/apps/{app}/releases/{release}/progress',
    answer: 'application/x-ndjson',
  },
  getApp: { method: 'GET', path: '/apps/{app}', answer: 'application/json' },
  getAudit: { method: 'GET', path: '/audit', answer: 'application/json' },
  getBlueprintRollout: {
    method: 'GET',
    path: '/blueprints/{blueprint}/rollouts/{id}',
    answer: 'application/json',
  },
  getBlueprintVersion: {
    method: 'GET',
    path: '/blueprints/{blueprint}/versions/{version}',
    answer: 'application/json',
  },
  getCatalogInfo: {
    method: 'GET',
    path: '/apps/{app}/catalog-info',
    answer: 'application/json',
  },
  getCluster: {
    method: 'GET',
    path: '/clusters/{cluster}',
    answer: 'application/json',
  },
  getFleet: { method: 'GET', path: '/fleet', answer: 'application/json' },
  getHistory: { method: 'GET', path: '/history', answer: 'application/json' },
  getObservedApp: {
    method: 'GET',
    path: '/observed-apps/{namespace}/{name}',
    answer: 'application/json',
  },
  getPlacement: {
    method: 'GET',
    path: '/apps/{app}/environments/{environment}/placement',
    answer: 'application/json',
  },
  getPlaygroundIsolation: {
    method: 'GET',
    path: '/playground/isolation',
    answer: 'application/json',
  },
  getPower: {
    method: 'GET',
    path: '/playground/clusters/{cluster}/power',
    answer: 'application/json',
  },
  getRetention: {
    method: 'GET',
    path: '/retention',
    answer: 'application/json',
  },
  getRollout: {
    method: 'GET',
    path: '/apps/{app}/environments/{environment}/rollout',
    answer: 'application/json',
  },
  getTimeline: {
    method: 'GET',
    path: '/apps/{app}/timeline',
    answer: 'application/json',
  },
  getUsage: {
    method: 'GET',
    path: '/apps/{app}/environments/{environment}/usage',
    answer: 'application/json',
  },
  labelCluster: { method: 'PATCH', path: '/clusters/{cluster}/labels' },
  listApps: { method: 'GET', path: '/apps', answer: 'application/json' },
  listBlueprints: {
    method: 'GET',
    path: '/blueprints',
    answer: 'application/json',
  },
  listClusters: {
    method: 'GET',
    path: '/clusters',
    answer: 'application/json',
  },
  listDataOfDeletedApps: {
    method: 'GET',
    path: '/deleted-apps/data',
    answer: 'application/json',
  },
  listEnvironments: {
    method: 'GET',
    path: '/environments',
    answer: 'application/json',
  },
  listExceptions: {
    method: 'GET',
    path: '/exceptions',
    answer: 'application/json',
  },
  listJournal: { method: 'GET', path: '/journal', answer: 'application/json' },
  listKeptData: {
    method: 'GET',
    path: '/apps/{app}/data',
    answer: 'application/json',
  },
  listPolicies: {
    method: 'GET',
    path: '/policies',
    answer: 'application/json',
  },
  listReleases: {
    method: 'GET',
    path: '/apps/{app}/releases',
    answer: 'application/json',
  },
  listResources: {
    method: 'GET',
    path: '/apps/{app}/environments/{environment}/resources',
    answer: 'application/json',
  },
  listSettings: {
    method: 'GET',
    path: '/apps/{app}/environments/{environment}/settings',
    answer: 'application/json',
  },
  listSharedSettings: {
    method: 'GET',
    path: '/apps/{app}/settings',
    answer: 'application/json',
  },
  listTokens: { method: 'GET', path: '/tokens', answer: 'application/json' },
  operateEnvironment: {
    method: 'POST',
    path: '/apps/{app}/environments/{environment}/actions',
    answer: 'application/json',
  },
  promote: {
    method: 'POST',
    path: '/apps/{app}/environments/{environment}/promotions',
    answer: 'application/json',
  },
  readBuildLog: {
    method: 'GET',
    path: '/apps/{app}/builds/{revision}/log',
    answer: 'application/json',
  },
  readJoining: {
    method: 'GET',
    path: '/fleet/joining',
    answer: 'application/json',
  },
  readKubernetesView: {
    method: 'GET',
    path: '/apps/{app}/environments/{environment}/clusters/{cluster}/kubernetes',
    answer: 'application/json',
  },
  readLogs: {
    method: 'GET',
    path: '/apps/{app}/environments/{environment}/logs',
    answer: 'application/x-ndjson',
  },
  readProvenance: {
    method: 'GET',
    path: '/apps/{app}/releases/{release}/provenance',
    answer: 'application/json',
  },
  readSbom: {
    method: 'GET',
    path: '/apps/{app}/releases/{release}/sbom',
    answer: 'application/json',
  },
  readSource: {
    method: 'GET',
    path: '/apps/{app}/source',
    answer: 'application/json',
  },
  refreshSource: {
    method: 'POST',
    path: '/apps/{app}/source/refresh',
    answer: 'application/json',
  },
  registerCluster: {
    method: 'POST',
    path: '/clusters',
    answer: 'application/json',
  },
  removeCluster: {
    method: 'DELETE',
    path: '/clusters/{cluster}',
    answer: 'application/json',
  },
  removeFromEnvironment: {
    method: 'DELETE',
    path: '/apps/{app}/environments/{environment}',
    answer: 'application/json',
  },
  removeSetting: {
    method: 'DELETE',
    path: '/apps/{app}/environments/{environment}/settings/{setting}',
    answer: 'application/json',
  },
  removeSharedSetting: {
    method: 'DELETE',
    path: '/apps/{app}/settings/{setting}',
    answer: 'application/json',
  },
  renewRegistration: {
    method: 'POST',
    path: '/clusters/{cluster}/join',
    answer: 'application/json',
  },
  restoreSetting: {
    method: 'POST',
    path: '/apps/{app}/environments/{environment}/settings/{setting}/restoration',
    answer: 'application/json',
  },
  restoreSharedSetting: {
    method: 'POST',
    path: '/apps/{app}/settings/{setting}/restoration',
    answer: 'application/json',
  },
  revokeToken: { method: 'DELETE', path: '/tokens/{id}' },
  rotateSecrets: {
    method: 'POST',
    path: '/apps/{app}/environments/{environment}/resources/{resource}/rotation',
    answer: 'application/json',
  },
  setPower: {
    method: 'PUT',
    path: '/playground/clusters/{cluster}/power',
    answer: 'application/json',
  },
  setSetting: {
    method: 'PUT',
    path: '/apps/{app}/environments/{environment}/settings/{setting}',
    answer: 'application/json',
  },
  setSharedSetting: {
    method: 'PUT',
    path: '/apps/{app}/settings/{setting}',
    answer: 'application/json',
  },
  startBlueprintRollout: {
    method: 'POST',
    path: '/blueprints/{blueprint}/rollouts',
    answer: 'application/json',
  },
  steerBlueprintRollout: {
    method: 'POST',
    path: '/blueprints/{blueprint}/rollouts/{id}/actions',
  },
  steerRollout: {
    method: 'POST',
    path: '/apps/{app}/environments/{environment}/rollout/{action}',
  },
  tryPolicy: {
    method: 'POST',
    path: '/policies/{policy}/trial',
    answer: 'application/json',
  },
  uncordonCluster: { method: 'POST', path: '/clusters/{cluster}/uncordon' },
};
