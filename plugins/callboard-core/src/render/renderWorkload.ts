import {
  type KubeObject,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { type Rendered, rendered, renderProblem } from './RenderFault';
import { sortKeys } from './canonicalJson';
import { renderDeployment } from './kinds/renderDeployment';
import { renderFiles } from './kinds/renderFiles';
import { renderService } from './kinds/renderService';
import { selectorLabels, workloadLabels } from './labels';
import { namespaceOf } from './namespaceOf';
import { BUILT_IN_PROVISIONERS, provisionResources } from './resources';
import type { RenderInput } from './types';

/**
 * The Kubernetes objects of one workload, in the order in which they are
 * applied: ConfigMap (its files), Service (its ports), Deployment. The namespace
 * is not among them, as all workloads of an environment share it
 * (`renderNamespace`).
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

/** As `renderWorkload`, with the fault as data. */
export function render(input: RenderInput): Rendered<KubeObject[]> {
  const { app, environment, release, workload, exposure } = input;
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
      namespace,
      workloads: input.workloads ?? [workload],
      ...(input.cluster && { cluster: input.cluster }),
      secretVersions,
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
  const deployment = renderDeployment({
    workload,
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
  if (!deployment.ok) return deployment;

  const objects: KubeObject[] = [];
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
  objects.push(deployment.value);
  return rendered(objects.map(sortKeys));
}
