import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import { deleteSource, findApp, findSource } from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { describeSource } from './describeSource';

/** Makes an app accept pushes again. The followed branch stays as it is, and so does what runs. */
export async function disconnectSource(
  request: Parameters<ControlPlane['disconnectSource']>[0],
  context: Recorder,
): Promise<Result<void>> {
  const { app, actor, why } = request;
  return record(
    context,
    undefined,
    async (tx, { journal, signal }): Promise<Result<void>> => {
      const found = await findApp(tx, app);
      if (!found) return failed(appMissing(app));
      const source = await findSource(tx, app);
      if (!source) return failed(nothingFollowed(app));
      await deleteSource(tx, app);
      signal({ kind: 'app', name: app });
      journal({
        at: context.deps.clock.now(),
        actor,
        app,
        action: 'app.disconnected',
        message: `${found.title} no longer follows ${describeSource(source)}`,
        ...(why !== undefined && { why }),
        before: { source: describeSource(source) },
      });
      return ok(undefined);
    },
  );
}

function nothingFollowed(app: string): Problem {
  return {
    code: 'source-not-connected',
    what: `Cannot disconnect "${app}" from its repository`,
    why: 'it follows no repository elsewhere: its code is pushed to the portal',
    next: 'Nothing is to be done',
    transient: false,
  };
}
