/*
 * Every file of the product that takes bytes apart. A new one fails
 * sources.test.ts until it stands here; `node test/load/run.mjs fuzz` fails where
 * no input reached one of the first list.
 */

/** Given hostile bytes by a reader of `readers`. */
export const FUZZED: readonly string[] = [
  'packages/agent/src/api/readJson.ts',
  'packages/agent/src/desired/DesiredState.ts',
  'packages/agent/src/desired/KeptObject.ts',
  'packages/agent/src/desired/readDesired.ts',
  'packages/agent/src/events/EventLog.ts',
  'packages/agent/src/restore/followCollection.ts',
  'packages/agent/src/state/AgentState.ts',
  'packages/cli/src/check/readFiles.ts',
  'packages/cli/src/documents/readDocuments.ts',
  'packages/kubeconfig/src/findContext.ts',
  'packages/tunnel/src/frames/decodeFrame.ts',
  'packages/tunnel/src/handshake/keys.ts',
  'packages/tunnel/src/handshake/messages.ts',
  'packages/tunnel/src/scope/readSegments.ts',
  'plugins/callboard-backend/src/git/authenticateGit.ts',
  'plugins/callboard-backend/src/http/cursor.ts',
  'plugins/callboard-common/src/parse/checkDocument.ts',
  'plugins/callboard-common/src/parse/yaml/YamlDocument.ts',
  'plugins/callboard-common/src/parse/yaml/parseYamlDocuments.ts',
  'plugins/callboard-common/src/parse/yaml/readYamlValue.ts',
  'plugins/callboard-sandbox-node/src/buildStep/findBuildLine.ts',
  'plugins/callboard-sandbox-node/src/start/findStartCommand.ts',
  'plugins/callboard-node/src/bytes/parseJson.ts',
  'plugins/callboard-clusters-node/src/https/signin/readExecCredential.ts',
  'plugins/callboard-sandbox-node/src/dependencies/PackageManager.ts',
  'plugins/callboard-sandbox-node/src/dependencies/Project.ts',
  'plugins/callboard-sandbox-node/src/dependencies/withoutCode.ts',
  'plugins/callboard-images-node/src/buildkit/Progress.ts',
  'plugins/callboard-images-node/src/evidence/listPackages.ts',
  'plugins/callboard-images-node/src/evidence/scanLayer.ts',
  'plugins/callboard-images-node/src/registry/RegistrySession.ts',
  'plugins/callboard-images-node/src/registry/registryProblems.ts',
  'plugins/callboard-core/src/health/kinds/horizontalPodAutoscaler.ts',
];

/** Read elsewhere, or not of strangers: why. */
export const TRUSTED: Record<string, readonly string[]> = {
  'lines of apps, cut at 4,000 characters, by cases of their own in src/output':
    ['plugins/callboard-common/src/output/readLogText.ts'],
  'given on the command line, parsed whole, and read by the portal': [
    'packages/cli/src/verbs/release.ts',
    'packages/cli/src/verbs/login.ts',
  ],
  'the command line wrote it for its person, and what is no such file is refused':
    ['packages/cli/src/portal/keptPortals.ts'],
  'the portal wrote it, for its own page or the command line': [
    'packages/cli/src/portal/PortalClient.ts',
    'plugins/callboard-common/src/api/readJsonLines.ts',
    'plugins/callboard-react/src/queries/useLogs.ts',
  ],
  'whole requests come to them in src/tenancy': [
    'plugins/callboard-backend/src/agents/createAgentsRouter.ts',
    'plugins/callboard-backend/src/git/createGitRouter.ts',
    'plugins/callboard-backend/src/http/apps.ts',
    'plugins/callboard-backend/src/http/blueprints.ts',
    'plugins/callboard-backend/src/http/changes.ts',
    'plugins/callboard-backend/src/http/checkInstants.ts',
    'plugins/callboard-backend/src/http/clusters.ts',
    'plugins/callboard-backend/src/http/cordon.ts',
    'plugins/callboard-backend/src/http/environments.ts',
    'plugins/callboard-backend/src/http/history.ts',
    'plugins/callboard-backend/src/http/journal.ts',
    'plugins/callboard-backend/src/http/labels.ts',
    'plugins/callboard-backend/src/http/logs.ts',
    'plugins/callboard-backend/src/http/operations.ts',
    'plugins/callboard-backend/src/http/pages.ts',
    'plugins/callboard-backend/src/http/policies.ts',
    'plugins/callboard-backend/src/http/read.ts',
    'plugins/callboard-backend/src/http/releases.ts',
    'plugins/callboard-backend/src/http/removals.ts',
    'plugins/callboard-backend/src/http/resources.ts',
    'plugins/callboard-backend/src/http/rollouts.ts',
    'plugins/callboard-backend/src/http/sources.ts',
    'plugins/callboard-backend/src/http/tokens.ts',
    'plugins/callboard-backend/src/http/whatIf.ts',
    'plugins/callboard-node/src/tokens/readTokenClaims.ts',
  ],
  'whole pushes come to it in callboard-backend/src/git/hostilePushes.test.ts':
    ['plugins/callboard-git-node/src/GitRevisionReader.ts'],
  "signed with the platform's secret before it is read; hostile ones in callboard-backend/src/sources/readPushedRepositories.test.ts":
    ['plugins/callboard-backend/src/sources/createHookRouter.ts'],
  'of a token whose signature was checked before': [
    'plugins/auth-backend-module-callboard-guest/src/LastSessions.ts',
  ],
  'what this product itself wrote: its files, its database, its helpers': [
    'packages/agent/src/keys/SecretKeyStore.ts',
    'packages/agent/src/state/SecretStateStore.ts',
    'plugins/callboard-backend-module-playground/src/nodeports/NodePortTable.ts',
    'plugins/callboard-node/src/secrets/SecretCipher.ts',
    'plugins/callboard-backend-module-playground/src/processes/startSandboxed.ts',
    'plugins/callboard-backend/src/agents/openAgentBundle.ts',
    'plugins/callboard-backend/src/schema/openApiDocument.ts',
    'plugins/callboard-clusters-node/src/apply/isSameObject.ts',
    'plugins/callboard-git-node/src/pushes/PushIntents.ts',
    'plugins/callboard-git-node/src/launcher/LaunchedProgram.ts',
    'plugins/callboard-sandbox-node/src/UserTable.ts',
    'plugins/callboard-sandbox-node/src/groups/ControlGroups.ts',
    'plugins/callboard-control-plane/src/store/agents/AgentRow.ts',
    'plugins/callboard-control-plane/src/store/journal/listJournal.ts',
    'plugins/callboard-control-plane/src/store/json.ts',
  ],
  'what apps print, of a bounded length; hostile texts in settings/maskSecrets.test.ts':
    ['plugins/callboard-control-plane/src/reconcile/settings/findSecrets.ts'],
  'what a hub says of its clusters; hostile ones in hubs/hostileHubs.test.ts of the module':
    ['plugins/callboard-backend-module-inventory/src/hubs/Hub.ts'],
  'the issuer that a kubeconfig names; hostile ones in https/signin/oidcCredentials.test.ts':
    ['plugins/callboard-clusters-node/src/https/signin/askIssuer.ts'],
  "Backstage's Kubernetes plugin of the same portal, and what it says of a cluster; at most 1 MB":
    [
      'plugins/callboard-backend-module-kubernetes/src/KubernetesPlugin.ts',
      'plugins/callboard-backend-module-kubernetes/src/readProxyProblem.ts',
      'plugins/callboard-backend-module-kubernetes/src/reviewAccess.ts',
    ],
  'the operator gives it to the portal or to the agent': [
    'plugins/callboard-clusters-node/src/https/kubeconfigSource.ts',
    'packages/agent/src/api/readKubeconfigAccess.ts',
    'packages/agent/src/main.ts',
    'packages/agent/src/proxy/findProxy.ts',
    'plugins/callboard-node/src/secrets/readSecretKeys.ts',
  ],
  'text or bytes of a mounted file, passed on as they are': [
    'packages/cli/src/render/readMounted.ts',
  ],
  'writes, and reads nothing': [
    'packages/cli/src/render/formatObjects.ts',
    'plugins/callboard-images-node/src/layers/packLayer.ts',
    'plugins/callboard-control-plane/src/usecases/read/writeYaml.ts',
  ],
  'the build daemon that the platform names; it asks by number for what it was offered':
    ['plugins/callboard-images-node/src/buildkit/session/sendFiles.ts'],
  'functions of an expression; `callboard place` is given hostile ones': [
    'plugins/callboard-core/src/placement/cel/clusterLibrary.ts',
    'plugins/callboard-core/src/cel/libraries/conversions.ts',
    'plugins/callboard-core/src/cel/libraries/formatText.ts',
    'plugins/callboard-core/src/cel/libraries/urls.ts',
  ],
  'of an installed package whose version the lockfile names': [
    'plugins/callboard-backend-module-playground/src/databases/findPostgres.ts',
  ],
  'takes the hash of a name apart': [
    'plugins/callboard-backend-module-playground/src/processes/ServiceForwards.ts',
  ],
  'runs in the browser of who reads': [
    'plugins/callboard-react/src/instant/useSetInstant.ts',
    'plugins/callboard-react/src/url/useUrlState.ts',
    'plugins/callboard-react/src/url/useViewLink.ts',
    'plugins/callboard/src/pages/AppPage/History/TimelinePanel.tsx',
    'plugins/callboard/src/pages/NotFound/NotFoundPage.tsx',
  ],
  'files that a template of the platform made': [
    'plugins/scaffolder-backend-module-callboard/src/readFiles.ts',
  ],
};
