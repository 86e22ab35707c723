import express, { type RequestHandler, type Router } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import PromiseRouter from 'express-promise-router';
import { describeApi, openApiDocument } from '../schema';
import { addAuditRoutes } from './audit';
import { checkInstants } from './checkInstants';
import { addAppRoutes } from './apps';
import { addBlueprintRoutes } from './blueprints';
import { addPlatformEnvironmentRoutes } from './platformEnvironments';
import { addClusterRoutes } from './clusters';
import { addCordonRoutes } from './cordon';
import { addDeploymentRoutes } from './deployments';
import { addEnvironmentRoutes } from './environments';
import { addHistoryRoutes } from './history';
import { addJournalRoutes } from './journal';
import { addLabelRoutes } from './labels';
import { addLogRoutes } from './logs';
import { readTokenHolder } from './readReleaser';
import { addObservedRoutes } from './observed';
import { addPolicyRoutes } from './policies';
import { addReleaseRoutes } from './releases';
import { addRetentionRoutes } from './retention';
import { addOperationRoutes } from './operations';
import { addChangeRoutes } from './changes';
import { addRemovalRoutes } from './removals';
import { addResourceRoutes } from './resources';
import { addRolloutRoutes } from './rollouts';
import { addSettingRoutes } from './settings';
import { addSourceRoutes } from './sources';
import { addTokenRoutes } from './tokens';
import type { RouterDeps } from './RouterDeps';
import { addWhatIfRoutes } from './whatIf';

const MAX_BODY = '8mb'; // the files of a template

/** The API below `/api/callboard/v1`. Requests that the OpenAPI document does not allow reach no route. */
export function createRouter(deps: RouterDeps): Router {
  const router = PromiseRouter();
  const document = JSON.stringify(describeApi(deps));
  router.get('/openapi.json', (_req, res) => {
    res.type('json').send(document);
  });
  router.use(demandSignIn(deps));
  router.use(express.json({ limit: MAX_BODY }));
  router.use(checkInstants(deps));
  router.use(validateRequests());
  router.use('/apps/:name', deps.topics.middleware('app'));
  router.use('/clusters/:name', deps.topics.middleware('cluster'));
  addAppRoutes(router, deps);
  addReleaseRoutes(router, deps);
  addEnvironmentRoutes(router, deps);
  addRolloutRoutes(router, deps);
  addOperationRoutes(router, deps);
  addChangeRoutes(router, deps);
  addRemovalRoutes(router, deps);
  addResourceRoutes(router, deps);
  addSettingRoutes(router, deps);
  addSourceRoutes(router, deps);
  addTokenRoutes(router, deps);
  addDeploymentRoutes(router, deps);
  addLogRoutes(router, deps);
  addBlueprintRoutes(router, deps);
  addPlatformEnvironmentRoutes(router, deps);
  addClusterRoutes(router, deps);
  addCordonRoutes(router, deps);
  addLabelRoutes(router, deps);
  addWhatIfRoutes(router, deps);
  addPolicyRoutes(router, deps);
  addAuditRoutes(router, deps);
  addObservedRoutes(router, deps);
  addHistoryRoutes(router, deps);
  addJournalRoutes(router, deps);
  addRetentionRoutes(router, deps);
  return router;
}

/** Runs first: without a sign-in a request learns nothing about the API. */
function demandSignIn(deps: RouterDeps): RequestHandler {
  return async function demandSignInOf(req, _res, next) {
    if (!(await readTokenHolder(req, deps))) await deps.guard.identify(req);
    next();
  };
}

function validateRequests(): RequestHandler[] {
  return OpenApiValidator.middleware({
    apiSpec: openApiDocument as unknown as Parameters<
      typeof OpenApiValidator.middleware
    >[0]['apiSpec'],
    validateRequests: { allowUnknownQueryParameters: false },
    validateResponses: false, // tests do; in production an unexpected response is better than none
    validateSecurity: false, // Backstage does
    ignoreUndocumented: false, // modules mount their routes before these
  });
}
