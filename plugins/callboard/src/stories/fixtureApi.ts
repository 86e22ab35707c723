import {
  ProblemError,
  type Problem,
  selectLogLines,
} from '@callboard/plugin-callboard-common';
import type { CallboardApi } from '@callboard/plugin-callboard-react';
import { audit } from './auditFixtures';
import * as blueprints from './blueprintFixtures';
import * as environmentFixtures from './environmentFixtures';
import * as fixtures from './fixtures';
import * as policyFixtures from './policyFixtures';
import * as tokens from './tokenFixtures';
import * as settings from './settingFixtures';
import * as timelines from './timelineFixtures';
import * as usageFixtures from './usageFixtures';

/** An API that answers with fixtures; a story overrides what differs. */
export function fixtureApi(over: Partial<CallboardApi> = {}): CallboardApi {
  return {
    getFleet: async () => fixtures.fleetSummary(),
    listClusters: async () => fixtures.fleet(),
    getCluster: async name => fixtures.cluster(name),
    listEnvironments: async () => environmentFixtures.environments(),
    listBlueprints: async () => fixtures.blueprints(),
    getBlueprintVersion: async of => blueprints.versionDetails(of),
    askBlueprintWhatIf: async of => blueprints.whatIf(of),
    getBlueprintRollout: async () => blueprints.rollout(),
    startBlueprintRollout: async () => ({ id: '2' }),
    steerBlueprintRollout: async () => {},
    listPolicies: async () => policyFixtures.policies(),
    tryPolicy: async () => policyFixtures.policyTrial(),
    listExceptions: async () => policyFixtures.exceptions(),
    createException: async asked => ({
      ...policyFixtures.exceptions()[0],
      ...asked,
    }),
    endException: async () => {},
    registerCluster: async ({ name }) => fixtures.clusterRegistration(name),
    renewRegistration: async name => fixtures.clusterRegistration(name),
    removeCluster: async name => ({ name, apps: [], data: [] }),
    getAudit: async () => audit(),
    exportAudit: async () => '"app"\r\n',
    getJoining: async () => ({}),
    getHistory: async () => ({ since: '2020-01-01T00:00:00.000Z' }),
    listApps: async () => [fixtures.app()],
    getApp: async () => fixtures.app(),
    listReleases: async () =>
      [44, 43, 42].map(number => fixtures.releaseDetails(number)),
    getTimeline: async (_app, { lanes }) => timelines.timeline({ lanes }),
    topicOf: () => undefined,
    readBuildLog: async ({ revision }) => fixtures.buildLog(revision),
    readSbom: async () => fixtures.sbom(),
    diffReleases: async of => fixtures.releaseDiff(of),
    getPlacement: async () => fixtures.placement(),
    listSettings: async ({ environment }) => settings.settings(environment),
    changeSetting: async () => ({ version: 9 }),
    listResources: async () => settings.resources(),
    rotateSecrets: async () => ({
      version: 3,
      restarts: ['db', 'web', 'worker'],
    }),
    getUsage: async () => usageFixtures.usage(),
    listKeptData: async () => [],
    listDataOfDeletedApps: async () => [],
    deleteData: async () => ({ isForgotten: false }),
    getRollout: async () => fixtures.rollout('applying'),
    readLogs: async function* readLogs({ cluster, ...selection }) {
      yield selectLogLines(fixtures.logs(), selection).map(line => ({
        ...line,
        cluster: cluster ?? line.cluster,
      }));
    },
    readKubernetesView: async () => fixtures.kubernetesView(),
    readJournalPage: async () => ({ items: fixtures.journal() }),
    promote: async () => {},
    askWhatIf: async () => fixtures.whatIf(),
    scheduleCluster: async () => {},
    labelCluster: async () => {},
    steerRollout: async () => {},
    previewOperation: async of => fixtures.operation(of.action),
    operateEnvironment: async of => fixtures.operation(of.action),
    previewAppChange: async of => fixtures.appChange(of),
    changeApp: async of => fixtures.appChange(of),
    previewRemoval: async of => fixtures.removal(of),
    removeApp: async of => fixtures.removal(of),
    setClusterPower: async () => {},
    getPlaygroundIsolation: async () => fixtures.playgroundIsolation(),
    listGitTokens: async () => tokens.gitTokens(),
    getSource: async () => ({ hosts: ['GitHub'] }),
    connectSource: async () => ({ hosts: ['GitHub'] }),
    refreshSource: async () => ({ hosts: ['GitHub'] }),
    disconnectSource: async () => {},
    createGitToken: async () => tokens.issuedGitToken(),
    revokeGitToken: async () => {},
    getPushUrl: async app =>
      `http://localhost:7007/api/callboard/git/${app}.git`,
    ...over,
  };
}

/** Never resolves: for the loading state of a page. */
export function waiting(): Promise<never> {
  return new Promise(() => {});
}

const storeDown: Problem = {
  code: 'database-unavailable',
  what: 'Cannot read the record',
  why: 'the database does not answer',
  next: 'Tell your platform team if it persists',
  transient: false,
};

/** Rejects with a problem. */
export async function failing(problem: Problem = storeDown): Promise<never> {
  throw new ProblemError(problem);
}

/** Rejects because there is nothing of that name. */
export function missing(): Promise<never> {
  return failing({
    code: 'cluster-not-found',
    what: 'Cannot show it',
    why: 'there is nothing of that name',
    next: 'Check the name',
    transient: false,
  });
}
