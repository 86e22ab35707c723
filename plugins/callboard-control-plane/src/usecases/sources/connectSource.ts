import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import {
  type SourceRecord,
  findApp,
  findSource,
  saveSource,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { describeSource } from './describeSource';

/** Makes an app follow an external branch, whose newest commit it has. Repeating it changes nothing. */
export async function connectSource(
  request: Parameters<ControlPlane['connectSource']>[0],
  context: Recorder,
): Promise<Result<SourceRecord>> {
  const { app, url, branch, path, actor, why, look } = request;
  return record(
    context,
    undefined,
    async (tx, { journal, signal }): Promise<Result<SourceRecord>> => {
      const found = await findApp(tx, app);
      if (!found) return failed(appMissing(app));
      const before = await findSource(tx, app);
      const isSame =
        before?.url === url && before.branch === branch && before.path === path;
      const at = context.deps.clock.now();
      const source: SourceRecord = {
        app,
        url,
        branch,
        ...(path !== undefined && { path }),
        connectedBy: isSame ? before.connectedBy : actor,
        connectedAt: isSame ? before.connectedAt : at,
        look,
      };
      await saveSource(tx, source);
      signal({ kind: 'app', name: app });
      if (!isSame)
        journal({
          at,
          actor,
          app,
          action: 'app.connected',
          message: `${found.title} follows ${describeSource(source)}`,
          ...(why !== undefined && { why }),
          ...(before && { before: { source: describeSource(before) } }),
          after: { source: describeSource(source) },
        });
      return ok(source);
    },
  );
}
