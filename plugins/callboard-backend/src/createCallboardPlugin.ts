import {
  type BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  buildersExtensionPoint,
  changeSubscribersExtensionPoint,
  clusterSourcesExtensionPoint,
  clusterTransportsExtensionPoint,
  dataFolderServiceRef,
  deliveryEnginesExtensionPoint,
  gitTokensExtensionPoint,
  healthRulesExtensionPoint,
  placementRulesExtensionPoint,
  placementPublishersExtensionPoint,
  policiesExtensionPoint,
  provisionersExtensionPoint,
  seedAppsExtensionPoint,
  sourceHostsExtensionPoint,
} from '@callboard/plugin-callboard-node';
import { Router } from 'express';
import {
  CONNECT_PATH,
  WebSocketUpgradeHandler,
  createAgentsRouter,
  openHubKey,
} from './agents';
import { Topics } from './changes';
import { appDoorServiceRef } from './doors/apps';
import {
  type GitHostDeps,
  GitTokens,
  authenticateGit,
  authorizeGit,
  createGitRouter,
  createNameGuard,
  createOwnerGuard,
  ownerOfNew,
  createOwnershipResolver,
  identifyHolder,
  mayFollow,
} from './git';
import { Guard, SequenceCipher, createRouter, handleErrors } from './http';
import {
  type Contributions,
  type ControlPlaneFactory,
  openCallboard,
  pageUrlOf,
} from './openCallboard';
import {
  TokenPermissions,
  localPolicyServiceRef,
  registerPermissions,
} from './permissions';
import { readConfig } from './readConfig';
import { runLoops } from './runLoops';
import { createHookRouter } from './sources';
import { listRoots, openApiDocument } from './schema';

/** Paths with their own authentication; those of modules stay behind Backstage's default policy. */
const OWN_PATHS = [
  '/v1/openapi.json',
  ...listRoots(openApiDocument).map(root => `/v1/${root}`),
  '/git',
  '/agents',
  '/hooks',
];

/** The backend plugin `callboard`: configuration and services in, routes out. */
export function createCallboardPlugin(
  factory: ControlPlaneFactory,
): BackendFeature {
  return createBackendPlugin({
    pluginId: 'callboard',
    register(env) {
      const given: Contributions = {
        clusterSources: [],
        clusterTransports: [],
        policies: [],
        healthRules: [],
        placementRules: [],
        changeSubscribers: [],
        deliveryEngines: [],
        builders: [],
        provisioners: [],
        placementPublishers: [],
        seeds: [],
        sourceHosts: [],
      };
      const tokens = new GitTokens();
      env.registerExtensionPoint(clusterSourcesExtensionPoint, {
        addClusterSource: source => void given.clusterSources.push(source),
      });
      env.registerExtensionPoint(clusterTransportsExtensionPoint, {
        addClusterTransport: provider =>
          void given.clusterTransports.push(provider),
      });
      env.registerExtensionPoint(deliveryEnginesExtensionPoint, {
        addDeliveryEngine: engine => void given.deliveryEngines.push(engine),
      });
      env.registerExtensionPoint(policiesExtensionPoint, {
        addPolicy: policy => void given.policies.push(policy),
      });
      env.registerExtensionPoint(placementRulesExtensionPoint, {
        addPlacementRule: rule => void given.placementRules.push(rule),
      });
      env.registerExtensionPoint(healthRulesExtensionPoint, {
        addHealthRule: rule => void given.healthRules.push(rule),
      });
      env.registerExtensionPoint(changeSubscribersExtensionPoint, {
        addChangeSubscriber: subscriber =>
          void given.changeSubscribers.push(subscriber),
      });
      env.registerExtensionPoint(buildersExtensionPoint, {
        addBuilder: builder => void given.builders.push(builder),
      });
      env.registerExtensionPoint(provisionersExtensionPoint, {
        addProvisioner: provisioner =>
          void given.provisioners.push(provisioner),
      });
      env.registerExtensionPoint(placementPublishersExtensionPoint, {
        addPlacementPublisher: publisher =>
          void given.placementPublishers.push(publisher),
      });
      env.registerExtensionPoint(seedAppsExtensionPoint, {
        addSeedApp: seed => void given.seeds.push(seed),
      });
      env.registerExtensionPoint(sourceHostsExtensionPoint, {
        addSourceHost: host => void given.sourceHosts.push(host),
      });
      env.registerExtensionPoint(gitTokensExtensionPoint, {
        addGitToken: token => tokens.add(token),
      });

      env.registerInit({
        deps: {
          appDoor: appDoorServiceRef,
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          dataFolder: dataFolderServiceRef,
          discovery: coreServices.discovery,
          database: coreServices.database,
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          localPolicy: localPolicyServiceRef,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          signals: signalsServiceRef,
          userInfo: coreServices.userInfo,
        },
        async init({ config, httpRouter, lifecycle, ...services }) {
          const { auth, logger, permissions, userInfo } = services;
          const settings = readConfig(config);
          const callboard = await openCallboard(settings, given, {
            ...services,
            factory,
          });
          const { controlPlane } = callboard;
          services.appDoor.answerFrom({
            find: of => controlPlane.findAddresses(of),
            pageOf: app => pageUrlOf(settings, app),
          });
          registerPermissions(services.permissionsRegistry, controlPlane);

          settings.git.tokens.forEach(({ user, ...token }) =>
            tokens.add({ ...token, userEntityRef: user }),
          );
          const resolveOwnership = createOwnershipResolver({
            ...services,
            now: callboard.now,
          });
          const guardName = createNameGuard(services);
          const git: GitHostDeps = {
            ...services,
            ...callboard,
            authenticate: header =>
              authenticateGit(header, {
                tokens,
                auth,
                userInfo,
                controlPlane,
                resolveOwnership,
              }),
            authorize: asked =>
              authorizeGit(asked, { controlPlane, permissions, guardName }),
            ownerOfNew: asked => ownerOfNew(asked, { controlPlane, guardName }),
            mayFollow: asked =>
              mayFollow(asked, { controlPlane, permissions, guardName }),
            pageOf: app => pageUrlOf(settings, app),
            limits: settings.git,
          };
          const identifyToken = (token: string) =>
            identifyHolder(token, { controlPlane, resolveOwnership });
          const upgrades = new WebSocketUpgradeHandler(
            CONNECT_PATH,
            (request, socket, head) =>
              callboard.hub.handleUpgrade(request, socket, head),
          );
          const { privateKey } = await openHubKey(services.dataFolder.path);
          const topics = new Topics(privateKey);
          const sequences = new SequenceCipher(privateKey);
          const router = Router();
          router.use(upgrades.middleware);
          router.use('/agents', createAgentsRouter(callboard));
          router.use('/git', createGitRouter(git));
          router.use(
            '/hooks',
            createHookRouter({
              ...callboard,
              logger,
              secret: settings.sources.webhookSecret,
            }),
          );
          router.use(
            '/v1',
            createRouter({
              ...services,
              ...callboard,
              topics,
              sequences,
              playground: settings.playground,
              guard: new Guard({
                ...services,
                ...callboard,
                identifyToken,
                tokenPermissions: new TokenPermissions({
                  local: services.localPolicy,
                  isEnabled:
                    config.getOptionalBoolean('permission.enabled') ?? false,
                }),
              }),
              guardName,
              guardOwner: createOwnerGuard(services),
              resolveOwnership,
              pushTokens: {
                ...git,
                identify: identifyToken,
              },
              maxTokenDays: settings.git.maxTokenDays,
            }),
          );
          OWN_PATHS.forEach(path =>
            httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' }),
          );
          router.use(handleErrors({ logger, controlPlane }));
          httpRouter.use(router);

          const loops = runLoops({
            ...services,
            ...callboard,
            topics,
            upgrades,
            seeds: given.seeds,
            publishers: given.placementPublishers,
            changeSubscribers: given.changeSubscribers,
            sourceHosts: given.sourceHosts,
            addresses: settings.addresses,
            pageOf: app => pageUrlOf(settings, app),
          });
          lifecycle.addStartupHook(loops.start);
          lifecycle.addShutdownHook(loops.stop);
        },
      });
    },
  });
}
