import { stringifyEntityRef } from '@backstage/catalog-model';
import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import type { RouterDeps } from './RouterDeps';
import { readAt } from './read';

/** Deployments by other tools for a component, for users who may see the component in the catalog. Read-only. */
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

/** A program whose token is restricted to Callboard cannot read the catalog. */
function nothingIfRefused(error: Error): undefined {
  if (error.name !== 'NotAllowedError') throw error;
  return undefined;
}

/** Without the annotation, missing, or hidden by the catalog: the response is the same. */
function notObserved(entityRef: string): Problem {
  return {
    code: 'component-not-observed',
    what: `Cannot show what runs of ${entityRef}`,
    why: 'the catalog has no such component that names what to observe, or you may not see it',
    next: 'Give it the annotation backstage.io/kubernetes-id, and wait half a minute',
    transient: false,
  };
}
