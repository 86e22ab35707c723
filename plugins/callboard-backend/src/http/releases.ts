import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

const KINDS = [
  ['readSbom', 'sbom'],
  ['readProvenance', 'provenance'],
] as const;

/** What is attached to the images of a release. */
export function addReleaseRoutes(
  router: Router,
  { controlPlane, guard }: RouterDeps,
): void {
  for (const [operation, kind] of KINDS) {
    answerOperation(router, operation, async (req, res) => {
      const caller = await guard.identify(req);
      const { app, release } = req.params;
      await guard.demandToSee(caller, app);
      const { image } = req.query;
      const document = await controlPlane.readReleaseEvidence({
        app,
        release: Number(release),
        kind,
        ...(typeof image === 'string' && { image }),
      });
      // As it is: nobody reads it on the way, however long it is.
      res.type('json');
      await pipeline(Readable.from(unwrap(document)), res).catch(() =>
        res.destroy(),
      );
    });
  }
}
