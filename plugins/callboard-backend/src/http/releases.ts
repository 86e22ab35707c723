import type { SbomDocument } from '@callboard/plugin-callboard-common';
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
      res.json(unwrap(document) as SbomDocument); // or provenance, as its registry has it
    });
  }
}
