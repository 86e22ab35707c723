import {
  type Exception,
  type PolicySummary,
  clusterManagePermission,
  clusterReadPermission,
} from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import { findReadableApps, onlyAppsOf } from './findReadableApps';
import type { RouterDeps } from './RouterDeps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { unwrap } from './read';

const POLICIES: ListOrder<PolicySummary, [string]> = {
  list: 'policies',
  keyOf: ({ name }) => [name],
  directions: ['ascending'],
};

const EXCEPTIONS: ListOrder<Exception, [string, string]> = {
  list: 'exceptions',
  keyOf: ({ until, id }) => [until, id],
  directions: ['ascending', 'ascending'],
};

/** Policies of the platform, violations, and temporary exceptions. */
export function addPolicyRoutes(router: Router, deps: RouterDeps): void {
  const { auditor, controlPlane, guard } = deps;

  answerOperation(router, 'listPolicies', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const page = readPageRequest(req, { list: POLICIES.list, like: [''] });
    const readable = await findReadableApps(caller, deps);
    const { items, ...counts } = await controlPlane.listPolicies(
      onlyAppsOf(readable),
    );
    res.json({ ...pageOf(items, page, POLICIES), ...counts });
  });

  answerOperation(router, 'tryPolicy', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterManagePermission);
    const readable = await findReadableApps(caller, deps);
    const { policy } = req.params;
    const { days } = req.body;
    res.json(
      unwrap(
        await controlPlane.tryPolicy({ policy, days, ...onlyAppsOf(readable) }),
      ),
    );
  });

  answerOperation(router, 'listExceptions', async (req, res) => {
    const caller = await guard.identify(req);
    await guard.demand(caller, clusterReadPermission);
    const page = readPageRequest(req, {
      list: EXCEPTIONS.list,
      like: ['', ''],
    });
    const readable = await findReadableApps(caller, deps);
    const exceptions = await controlPlane.listExceptions(onlyAppsOf(readable));
    res.json(pageOf(exceptions, page, EXCEPTIONS));
  });

  answerOperation(router, 'createException', async (req, res) => {
    const caller = await guard.identify(req);
    const { policy, blueprint, target, until, why } = req.body;
    const from = {
      ...(policy !== undefined && { policy }),
      ...(blueprint !== undefined && { blueprint }),
    };
    const made = await audited(
      auditor,
      {
        eventId: 'exception-create',
        severityLevel: 'high',
        request: req,
        meta: { ...from, target, until },
      },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        const { actor } = caller;
        return unwrap(
          await controlPlane.createException({
            ...from,
            target,
            until,
            why,
            actor,
          }),
        );
      },
    );
    res.status(201).json(made);
  });

  answerOperation(router, 'endException', async (req, res) => {
    const caller = await guard.identify(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'exception-end', request: req, meta: { exception: id } },
      async () => {
        await guard.demand(caller, clusterManagePermission);
        const { actor } = caller;
        unwrap(await controlPlane.endException({ id, actor }));
      },
    );
    res.status(204).end();
  });
}
