import type { SettingView } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { Request, Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { type ListOrder, pageOf, readPageRequest } from './pages';
import { readAt, readWhy, unwrap } from './read';
import { readPromoter } from './readPromoter';

const SETTINGS: ListOrder<SettingView, [string]> = {
  list: 'settings',
  keyOf: ({ name }) => [name],
  directions: ['ascending'],
};

type Turn = Parameters<ControlPlane['changeSetting']>[1];

/** Variables and secrets of apps, in one environment and in all of them. Values never reach the audit. */
export function addSettingRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor } = deps;

  const list = async (req: Request) => {
    const caller = await guard.identify(req);
    const { app, environment } = req.params;
    await guard.demandToSee(caller, app, readAt(req));
    const page = readPageRequest(req, { list: SETTINGS.list, like: [''] });
    const { items, ...rest } = unwrap(
      await controlPlane.listSettings({
        app,
        ...(environment !== undefined && { environment }),
        ...readAt(req),
      }),
    );
    return { ...pageOf(items, page, SETTINGS), ...rest };
  };

  const change = async (req: Request, turn: Turn) => {
    const caller = await guard.identify(req);
    const { app, environment, setting: name } = req.params;
    const where = environment !== undefined && { environment };
    return audited(
      auditor,
      {
        eventId: 'setting-change',
        request: req,
        meta: { app, ...where, name, does: turn.kind },
      },
      async () => {
        const promoter = await readPromoter(deps, caller, app);
        return unwrap(
          await controlPlane.changeSetting(
            {
              app,
              ...where,
              name,
              ...promoter,
              ...readWhy(req),
            },
            turn,
          ),
        );
      },
    );
  };
  const turnOf = {
    set: ({ body: { value, reference, secret = false } }: Request): Turn =>
      reference === undefined
        ? { kind: 'set', value, secret }
        : { kind: 'refer', reference },
    restore: ({ body: { version } }: Request): Turn => ({
      kind: 'take-back',
      version,
    }),
  };

  for (const operation of ['listSettings', 'listSharedSettings'] as const)
    answerOperation(router, operation, async (req, res) => {
      res.json(await list(req));
    });
  for (const operation of ['setSetting', 'setSharedSetting'] as const)
    answerOperation(router, operation, async (req, res) => {
      res.json(await change(req, turnOf.set(req)));
    });
  for (const operation of ['removeSetting', 'removeSharedSetting'] as const)
    answerOperation(router, operation, async (req, res) => {
      res.json(await change(req, { kind: 'remove' }));
    });
  for (const operation of ['restoreSetting', 'restoreSharedSetting'] as const)
    answerOperation(router, operation, async (req, res) => {
      res.json(await change(req, turnOf.restore(req)));
    });
}
