import {
  type AppFile,
  type GuardRails,
  type KubeObject,
  type Result,
  type ScoreWorkload,
  type TaskPhase,
  ok,
} from '@callboard/plugin-callboard-common';
import { renderGuardRails } from '../guardrails';
import {
  type AddressPlan,
  type RenderedAddress,
  exposeServices,
  renderAddresses,
} from '../addresses';
import { type AppOverrides, overrideApp } from './overrides';
import { renderNamespace } from './renderNamespace';
import { renderWorkload } from './renderWorkload';
import {
  BUILT_IN_PROVISIONERS,
  type RenderedResources,
  renderResources,
} from './resources';
import type { RenderInput } from './types';

/** Input of the rendering of a release of an app on one cluster. */
export interface ReleaseInput
  extends Omit<
    RenderInput,
    'workload' | 'workloads' | 'settings' | 'images' | 'patches'
  > {
  /** All workloads of the app. */
  workloads: ScoreWorkload[];
  /** Settings of its workloads in app.yaml. */
  deploy?: AppFile['spec']['deploy'];
  /** Overrides of the environment on this cluster. */
  overrides?: AppOverrides;
  /** Guard rails of its cluster. None where omitted. */
  guardRails?: GuardRails;
  /** By workload and container. */
  images: Readonly<Record<string, Record<string, string>>>;
  /** Addresses at which it answers; by `exposure` only when omitted. */
  addresses?: AddressPlan;
}

/** The rendered objects of a release, grouped by owner. */
export interface RenderedRelease {
  namespace: KubeObject;
  /** Objects that enforce the guard rails of the cluster in the namespace. */
  guardRails: KubeObject[];
  workloads: Array<{
    name: string;
    /** Tasks run before or after the release's long-running workloads. */
    phase: TaskPhase | 'release';
    objects: KubeObject[];
  }>;
  resources: RenderedResources;
  /** Objects that route traffic from outside to it. */
  addresses: RenderedAddress[];
}

/**
 * Renders all objects of a release of an app in an environment on a cluster,
 * except credentials. Used by the reconciler and the command line.
 */
export function renderRelease(input: ReleaseInput): Result<RenderedRelease> {
  const {
    deploy: pushed = {},
    images,
    overrides = {},
    guardRails = {},
    addresses,
    ...of
  } = input;
  const { workloads, deploy } = overrideApp(
    { workloads: input.workloads, deploy: pushed },
    overrides,
  );
  const { patches = {} } = overrides;
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
      patches: Object.hasOwn(patches, name) ? patches[name] : [],
      images: Object.hasOwn(images, name) ? images[name] : {},
      provisioners,
    });
    if (!objects.ok) return objects;
    rendered.push({
      name,
      phase: settings.runs ?? 'release',
      objects: exposeServices(name, objects.value, addresses, guardRails),
    });
  }
  const resources = renderResources({ ...of, workloads, provisioners });
  if (!resources.ok) return resources;
  return ok({
    namespace: renderNamespace({
      app,
      environment,
      renderer,
      deploy,
      guardRails,
    }),
    guardRails: renderGuardRails(guardRails, { app, environment }),
    workloads: rendered,
    resources: resources.value,
    addresses: addresses
      ? renderAddresses({ app, environment }, addresses)
      : [],
  });
}
