import {
  type AppFile,
  type KubeObject,
  type Result,
  type ScoreWorkload,
  type TaskPhase,
  type VariablesByContainer,
  ok,
} from '@callboard/plugin-callboard-common';
import { renderNamespace } from './renderNamespace';
import { renderWorkload } from './renderWorkload';
import {
  BUILT_IN_PROVISIONERS,
  type RenderedResources,
  renderResources,
} from './resources';
import type { RenderInput } from './types';
import { withVariables } from './withVariables';

/** What a release of an app is made of, on one cluster. */
export interface ReleaseInput
  extends Omit<RenderInput, 'workload' | 'workloads' | 'settings' | 'images'> {
  /** All of the app. */
  workloads: ScoreWorkload[];
  /** What app.yaml says of how they are deployed. */
  deploy?: AppFile['spec']['deploy'];
  /** What the environment gives containers on this cluster. */
  variables?: VariablesByContainer;
  /** By workload and container. */
  images: Readonly<Record<string, Record<string, string>>>;
}

/** The objects of a release, by what they belong to. */
export interface RenderedRelease {
  namespace: KubeObject;
  workloads: Array<{
    name: string;
    /** Tasks run before or after what goes on running. */
    phase: TaskPhase | 'release';
    objects: KubeObject[];
  }>;
  resources: RenderedResources;
}

/**
 * Everything that a cluster holds of a release of an app in an environment, but
 * credentials. The reconciler and the command line render by it.
 */
export function renderRelease(input: ReleaseInput): Result<RenderedRelease> {
  const {
    deploy = {},
    images,
    variables = {},
    workloads: pushed,
    ...of
  } = input;
  const workloads = pushed.map(each => withVariables(each, variables));
  const { app, environment, renderer } = input;
  const provisioners = input.provisioners ?? BUILT_IN_PROVISIONERS;
  const rendered: RenderedRelease['workloads'] = [];
  for (const workload of workloads) {
    const { name } = workload.metadata;
    const settings = Object.hasOwn(deploy, name) ? deploy[name] : {};
    const objects = renderWorkload({
      ...of,
      workload,
      workloads,
      settings,
      images: Object.hasOwn(images, name) ? images[name] : {},
      provisioners,
    });
    if (!objects.ok) return objects;
    rendered.push({
      name,
      phase: settings.runs ?? 'release',
      objects: objects.value,
    });
  }
  const resources = renderResources({ ...of, workloads, provisioners });
  if (!resources.ok) return resources;
  return ok({
    namespace: renderNamespace({ app, environment, renderer, deploy }),
    workloads: rendered,
    resources: resources.value,
  });
}
