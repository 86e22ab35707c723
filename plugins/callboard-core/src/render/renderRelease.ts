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

/** What a release of an app is made of, on one cluster. */
export interface ReleaseInput
  extends Omit<
    RenderInput,
    'workload' | 'workloads' | 'settings' | 'images' | 'patches'
  > {
  /** All of the app. */
  workloads: ScoreWorkload[];
  /** What app.yaml says of how they are deployed. */
  deploy?: AppFile['spec']['deploy'];
  /** What the environment says otherwise on this cluster. */
  overrides?: AppOverrides;
  /** What its cluster holds apps to. Nothing where omitted. */
  guardRails?: GuardRails;
  /** By workload and container. */
  images: Readonly<Record<string, Record<string, string>>>;
  /** Where it answers to the world; by `exposure` only when omitted. */
  addresses?: AddressPlan;
}

/** The objects of a release, by what they belong to. */
export interface RenderedRelease {
  namespace: KubeObject;
  /** What holds the namespace to the guard rails of its cluster. */
  guardRails: KubeObject[];
  workloads: Array<{
    name: string;
    /** Tasks run before or after what goes on running. */
    phase: TaskPhase | 'release';
    objects: KubeObject[];
  }>;
  resources: RenderedResources;
  /** What leads the world to it. */
  addresses: RenderedAddress[];
}

/**
 * Everything that a cluster holds of a release of an app in an environment, but
 * credentials. The reconciler and the command line render by it.
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
