import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  type PlaygroundIsolation,
  type Problem,
  clusterReadPermission,
  playgroundUsePermission,
} from '@callboard/plugin-callboard-common';
import {
  describeIsolation,
  describeLimits,
} from '@callboard/plugin-callboard-sandbox-node';
import express from 'express';
import Router from 'express-promise-router';
import type { PlaygroundFleet } from '../fleet/PlaygroundFleet';
import { describePostgres } from '../databases/findPostgres';
import type { WorkerFacts } from '../worker/messages';

/**
 * `PUT /v1/playground/clusters/{cluster}/power` with `{"on": false}` switches a
 * simulated cluster off as if it had lost power, `{"on": true}` on again. `GET`
 * returns `{"on": …}`. `GET /v1/playground/isolation` reports how pushed code
 * is isolated on this machine, which limits are enforced, and whether databases
 * run.
 */
export function createPowerRouter(deps: {
  fleet: Pick<PlaygroundFleet, 'isOn' | 'switchPower'>;
  facts: Pick<WorkerFacts, 'isolation' | 'controls' | 'postgres'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
}): express.Router {
  const { fleet, facts, httpAuth, permissions, auditor } = deps;
  const router = Router();
  const path = '/v1/playground/clusters/:cluster/power';
  const allow: Array<'user' | 'service'> = ['user', 'service'];
  async function may(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [decision] = await permissions.authorize([{ permission }], {
      credentials,
    });
    return decision.result === AuthorizeResult.ALLOW;
  }

  router.get('/v1/playground/isolation', async (request, response) => {
    await httpAuth.credentials(request, { allow });
    const answer: PlaygroundIsolation = {
      kind: facts.isolation.kind,
      says: describeIsolation(facts.isolation),
      limits: describeLimits(facts.controls),
      databases: describePostgres(facts.postgres),
    };
    response.json(answer);
  });

  router.get(path, async (request, response) => {
    const credentials = await httpAuth.credentials(request, { allow });
    const { cluster } = request.params;
    const on = fleet.isOn(cluster);
    if (!(await may(clusterReadPermission, credentials)))
      sendProblem(response, 403, notAllowed(cluster, clusterReadPermission));
    else if (on === undefined)
      sendProblem(response, 404, notSimulated(cluster));
    else response.json({ on });
  });

  router.put(
    path,
    express.json({ limit: '1kb' }),
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, { allow });
      const { cluster } = request.params;
      const event = await auditor.createEvent({
        eventId: 'playground-power',
        severityLevel: 'medium',
        request,
        meta: { cluster },
      });
      const refusal = await refuse();
      if (refusal) {
        await event.fail({ error: new Error(refusal.problem.what) });
        sendProblem(response, refusal.status, refusal.problem);
        return;
      }
      await fleet.switchPower(cluster, request.body.on);
      await event.success({ meta: { on: request.body.on } });
      response.json({ on: request.body.on });

      async function refuse(): Promise<
        { status: number; problem: Problem } | undefined
      > {
        if (!(await may(playgroundUsePermission, credentials)))
          return {
            status: 403,
            problem: notAllowed(cluster, playgroundUsePermission),
          };
        if (typeof request.body?.on !== 'boolean')
          return { status: 400, problem: nothingAsked() };
        if (fleet.isOn(cluster) === undefined)
          return { status: 404, problem: notSimulated(cluster) };
        return undefined;
      }
    },
  );

  return router;
}

function sendProblem(
  response: express.Response,
  status: number,
  { code, what, why, next }: Problem,
): void {
  response.status(status).json({ code, what, why, next });
}

function notSimulated(cluster: string): Problem {
  return {
    code: 'cluster-not-simulated',
    what: `Cannot switch "${cluster}"`,
    why: 'the playground simulates no cluster of this name',
    next: 'Choose one of the simulated clusters on the fleet page',
    transient: false,
  };
}

function notAllowed(cluster: string, { name }: BasicPermission): Problem {
  return {
    code: 'not-allowed',
    what: `Cannot answer about "${cluster}"`,
    why: `your account does not have the permission ${name}`,
    next: 'Ask the platform team',
    transient: false,
  };
}

function nothingAsked(): Problem {
  return {
    code: 'invalid-request',
    what: 'Cannot tell whether to switch on or off',
    why: 'the body has no boolean "on"',
    next: 'Send {"on": true} or {"on": false}',
    transient: false,
  };
}
