import { stringifyEntityRef } from '@backstage/catalog-model';
import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import type { RouterDeps } from './RouterDeps';
import { readAt } from './read';

/** What others deployed for a component, for who may see the component in the catalog. There is no way to change it. */
export function addObservedRoutes(
  router: Router,
  { catalog, controlPlane, guard }: RouterDeps,
): void {
  answerOperation(router, 'getObservedApp', async (req, res) => {
    const { credentials } = await guard.identify(req);
    const { namespace, name } = req.params;
    const entityRef = stringifyEntityRef({
      kind: 'Component',
      namespace,
      name,
    });
    const entity =
      credentials &&
      (await catalog
        .getEntityByRef(entityRef, { credentials })
        .catch(nothingIfRefused));
    const app =
      entity && (await controlPlane.getObservedApp(entityRef, readAt(req)));
    if (!app) throw new ProblemError(notObserved(entityRef));
    res.json(app);
  });
}

/** A program whose token is for Callboard alone sees nothing of the catalog. */
function nothingIfRefused(error: Error): undefined {
  if (error.name !== 'NotAllowedError') throw error;
  return undefined;
}

/** Without the annotation, not there at all, or hidden by the catalog: all are told alike. */
function notObserved(entityRef: string): Problem {
  return {
    code: 'component-not-observed',
    what: `Cannot show what runs of ${entityRef}`,
    why: 'the catalog has no such component that names what to observe, or you may not see it',
    next: 'Give it the annotation backstage.io/kubernetes-id, and wait half a minute',
    transient: false,
  };
}
