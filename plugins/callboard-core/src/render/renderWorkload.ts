import {
  type KubeObject,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type Rendered,
  cannotRender,
  rendered,
  renderProblem,
} from './RenderFault';
import {
  fillAmounts,
  renderDisruptionBudget,
  renderNetworkPolicy,
  renderServiceAccount,
} from './baseline';
import { sortKeys } from './canonicalJson';
import { renderAutoscaler } from './kinds/renderAutoscaler';
import { renderFiles } from './kinds/renderFiles';
import { renderRunner } from './kinds/renderRunner';
import { renderService } from './kinds/renderService';
import { selectorLabels, workloadLabels } from './labels';
import { namespaceOf } from './namespaceOf';
import { applyPatches } from './overrides';
import { CURRENT_RENDERER, hasBaseline, isKnownRenderer } from './renderers';
import {
  BUILT_IN_PROVISIONERS,
  completeSettings,
  provisionResources,
} from './resources';
import type { RenderInput } from './types';

/**
 * Renders the Kubernetes objects of one workload: its account, its network
 * policy, its files (ConfigMap), its ports (Service), the object that runs it,
 * and its disruption budget. The namespace is not among them, as all workloads
 * of an environment share it (`renderNamespace`).
 *
 * Pure and deterministic: the same input gives the same text, keys sorted.
 * Placeholders are resolved here; a workload that could not run on any cluster
 * is a problem that names the field.
 */
export function renderWorkload(input: RenderInput): Result<KubeObject[]> {
  const objects = render(input);
  return objects.ok
    ? ok(objects.value)
    : failed(renderProblem(input.workload.metadata.name, objects.fault));
}

/** Like `renderWorkload`, with the fault as data. */
export function render(input: RenderInput): Rendered<KubeObject[]> {
  const { app, environment, release, exposure, renderer } = input;
  if (!isKnownRenderer(renderer)) return unknownRenderer(renderer);
  const workload = fillAmounts(input.workload, renderer);
  const { name } = workload.metadata;
  const namespace = namespaceOf(app, environment);
  const labels = workloadLabels({ app, environment, release, workload: name });
  const selector = selectorLabels({ app, environment, workload: name });

  const secretVersions = input.secretVersions ?? {};
  const resources = provisionResources(
    workload,
    input.provisioners ?? BUILT_IN_PROVISIONERS,
    {
      app,
      environment,
      release,
      renderer,
      namespace,
      workloads: input.workloads ?? [workload],
      ...(input.cluster && { cluster: input.cluster }),
      secretVersions,
      ...(input.inPlace && { inPlace: input.inPlace }),
    },
  );
  if (!resources.ok) return resources;
  const scope = {
    metadata: workload.metadata,
    resources: resources.value.outputs,
  };

  const files = renderFiles({
    workload,
    scope,
    files: input.files,
    name: `${name}-files`,
    namespace,
    labels,
  });
  if (!files.ok) return files;
  // Releases without the baseline have no settings.
  const completed = completeSettings(
    hasBaseline(renderer) ? input.settings ?? {} : {},
    resources.value,
  );
  if (!completed.ok) return completed;
  const settings = completed.value;
  const baseline = hasBaseline(renderer)
    ? {
        name,
        namespace,
        environment,
        labels,
        selector,
        workload,
        settings,
        replicas: input.replicas,
      }
    : undefined;
  const runner = renderRunner({
    workload,
    release,
    settings,
    baseline,
    namespace,
    labels,
    selector,
    replicas: input.replicas,
    images: input.images,
    pullSecrets: input.pullSecrets ?? [],
    scope,
    resources: resources.value,
    files: files.value,
    secretVersions,
  });
  if (!runner.ok) return runner;

  const objects: KubeObject[] = [];
  if (baseline) {
    objects.push(renderServiceAccount(baseline));
    objects.push(renderNetworkPolicy(baseline));
  }
  if (files.value.configMap) objects.push(files.value.configMap);
  const ports = workload.service?.ports ?? {};
  if (Object.keys(ports).length > 0) {
    const service = renderService({
      name,
      namespace,
      labels,
      selector,
      exposure,
      ports,
    });
    if (!service.ok) return service;
    objects.push(service.value);
  }
  objects.push(runner.value);
  // After the object that runs it, whose health is reported first where both are not healthy
  // yet.
  const autoscaler = baseline && renderAutoscaler(baseline);
  if (autoscaler) objects.push(autoscaler);
  const budget = baseline && renderDisruptionBudget(baseline);
  if (budget) objects.push(budget);
  return rendered(applyPatches(objects, input.patches ?? []).map(sortKeys));
}

function unknownRenderer(renderer: number): Rendered<never> {
  return cannotRender({
    code: 'renderer-unknown',
    path: [],
    why: `its release was made by a newer Callboard (renderer ${renderer}), and this one knows renderers up to ${CURRENT_RENDERER}`,
    next: 'Install that Callboard again, or push again to make a new release',
  });
}
