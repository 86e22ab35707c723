import {
  type BlueprintSummary,
  clusterManagePermission,
  clusterReadPermission,
} from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import { findReadableApps, onlyAppsOf } from './findReadableApps';
import type { RouterDeps } from './RouterDeps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { readAt, unwrap } from './read';

const BLUEPRINTS: ListOrder<BlueprintSummary, [string]> = {
  list: 'blueprints',
  keyOf: ({ name }) => [name],
  directions: ['ascending'],
};

/** Blueprints, their versions, and the rollout of versions over the fleet. */
export function addBlueprintRoutes(router: Router, deps: RouterDeps): void {
  const { auditor, controlPlane, guard } = deps;

  answerOperation(router, 'listBlueprints', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    const page = readPageRequest(req, { list: BLUEPRINTS.list, like: [''] });
    const blueprints = await controlPlane.listBlueprints(readAt(req));
    res.json(pageOf(blueprints, page, BLUEPRINTS));
  });

  answerOperation(router, 'getBlueprintVersion', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    const { blueprint, version } = req.params;
    const of = { blueprint, version: Number(version) };
    res.json(unwrap(await controlPlane.getBlueprintVersion(of, readAt(req))));
  });

  answerOperation(router, 'askBlueprintWhatIf', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const { blueprint, version } = req.params;
    const readable = await findReadableApps(caller, deps);
    const of = {
      blueprint,
      version: Number(version),
      ...onlyAppsOf(readable),
    };
    res.json(unwrap(await controlPlane.askBlueprintWhatIf(of)));
  });

  answerOperation(router, 'startBlueprintRollout', async (req, res) => {
    const caller = await guard.identify(req);
    const { blueprint } = req.params;
    const { version, why, strategy } = req.body;
    const started = await audited(
      auditor,
      {
        eventId: 'blueprint-rollout-start',
        severityLevel: 'high',
        request: req,
        meta: { blueprint, version },
      },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        return unwrap(
          await controlPlane.startBlueprintRollout({
            blueprint,
            version,
            why,
            ...(strategy !== undefined && { strategy }),
            actor: caller.actor,
          }),
        );
      },
    );
    res.status(201).json(started);
  });

  answerOperation(router, 'getBlueprintRollout', async (req, res) => {
    await guard.demand(await guard.identify(req), clusterReadPermission);
    res.json(
      unwrap(await controlPlane.getBlueprintRollout(req.params, readAt(req))),
    );
  });

  answerOperation(router, 'steerBlueprintRollout', async (req, res) => {
    const caller = await guard.identify(req);
    const { blueprint, id } = req.params;
    const { action, why, version } = req.body;
    await audited(
      auditor,
      {
        eventId: 'blueprint-rollout-steer',
        severityLevel: 'high',
        request: req,
        meta: { blueprint, id, action },
      },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        unwrap(
          await controlPlane.steerBlueprintRollout({
            blueprint,
            id,
            action,
            ...(why !== undefined && { why }),
            ...(version !== undefined && { version }),
            actor: caller.actor,
          }),
        );
      },
    );
    res.status(202).end();
  });
}
