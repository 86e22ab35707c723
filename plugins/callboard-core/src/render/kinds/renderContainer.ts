import { shorten } from '@callboard/plugin-callboard-common';
import type {
  V1Container,
  V1ContainerPort,
  V1Probe,
  V1VolumeMount,
} from '@kubernetes/client-node';
import type { ScoreContainer } from '@callboard/plugin-callboard-common';
import {
  type RenderFault,
  type Rendered,
  cannotRender,
  placeholderFault,
  rendered,
} from '../RenderFault';
import { type PlaceholderScope, resolvePlaceholders } from '../placeholders';
import { nearestName } from '../nearestName';
import { buildFolderOf } from '../buildFolder';
import { sortedEntries } from '../sortedEntries';
import { renderAmounts } from './renderAmounts';
import { type MountedFile, secretVolumeOf } from './renderFiles';
import { renderProbe } from './renderProbe';
import { renderVariables } from './renderVariables';

export interface ContainerInput {
  name: string;
  container: ScoreContainer;
  /** Built image by container. */
  images: Record<string, string>;
  scope: PlaceholderScope;
  /** Names of the volumes that a container may mount. */
  volumes: string[];
  files: MountedFile[];
  /** Name of the pod's volume that holds the files. */
  filesVolume: string;
  ports: V1ContainerPort[];
  /** The port of the default readiness probe, where the workload has none. */
  readyPort?: number;
}

// Readiness is probed often so that a release is soon seen as Healthy; liveness at the
// default interval of Kubernetes, as a failure restarts the container.
const READINESS_PERIOD_SECONDS = 2;

/**
 * Renders one container of a pod. `command` and `args` are passed as they are
 * written (Kubernetes expands `$(NAME)` there, which Score's own examples use);
 * variables arrive in the container as they are written too, so `$(` and `$$`
 * in them are escaped.
 *
 * Images that run as root work: capabilities are not dropped and no user is
 * forced, since nginx, PostgreSQL and most others start as root and change the
 * user themselves. Only privilege escalation is denied, which ordinary images
 * never need: gaining rights through set-uid programs.
 */
export function renderContainer(input: ContainerInput): Rendered<V1Container> {
  const { name, container, ports } = input;
  const image = chooseImage(input);
  if (!image.ok) return image;
  const env = renderVariables(input);
  if (!env.ok) return env;
  const mounts = renderMounts(input);
  if (!mounts.ok) return mounts;
  const resources = renderAmounts(name, container.resources);
  if (!resources.ok) return resources;
  const liveness = renderProbe(container.livenessProbe);
  const readiness =
    renderProbe(container.readinessProbe) ?? connectTo(input.readyPort);

  return rendered({
    name,
    image: image.value,
    ...(container.command?.length && { command: container.command }),
    ...(container.args?.length && { args: container.args }),
    ...(env.value.length > 0 && { env: env.value }),
    ...(ports.length > 0 && { ports }),
    ...(resources.value && { resources: resources.value }),
    ...(liveness && { livenessProbe: liveness }),
    ...(readiness && {
      readinessProbe: { ...readiness, periodSeconds: READINESS_PERIOD_SECONDS },
    }),
    ...(mounts.value.length > 0 && { volumeMounts: mounts.value }),
    securityContext: { allowPrivilegeEscalation: false },
  });
}

function connectTo(port: number | undefined): V1Probe | undefined {
  return port === undefined ? undefined : { tcpSocket: { port } };
}

function chooseImage({
  name,
  container,
  images,
}: ContainerInput): Rendered<string> {
  const built = Object.hasOwn(images, name) ? images[name] : undefined;
  const image = built ?? container.image;
  if (/\s/.test(image)) {
    return cannotRender({
      code: 'image-invalid',
      path: ['containers', name, 'image'],
      why: 'the name of an image has no spaces',
      next: 'Correct the name',
    });
  }
  if (image.startsWith('.') && buildFolderOf(image) === undefined)
    return cannotRender({
      code: 'image-invalid',
      path: ['containers', name, 'image'],
      why: 'it is neither the name of an image nor a folder of the repository',
      next: 'Write "." for the whole repository, or a folder of it as "./services/api"',
    });
  if (buildFolderOf(image) === undefined) return rendered(image);
  return cannotRender({
    code: 'image-not-built',
    path: ['containers', name, 'image'],
    why: `its image "${image}" stands for what was pushed, and no build made an image of it`,
    next: 'Push again to build it, or name an image',
  });
}

function renderMounts(input: ContainerInput): Rendered<V1VolumeMount[]> {
  const { name, container, files, filesVolume } = input;
  const mounts: V1VolumeMount[] = files
    .filter(file => file.container === name)
    .map(({ mountPath, key, secret }) => ({
      name: secret ? secretVolumeOf(secret.name) : filesVolume,
      mountPath,
      subPath: secret ? secret.key : key,
      readOnly: true,
    }));

  for (const [mountPath, volume] of sortedEntries(container.volumes)) {
    const path = ['containers', name, 'volumes', mountPath];
    const source = resolvePlaceholders(volume.source, input.scope);
    if (!source.ok)
      return cannotRender(placeholderFault([...path, 'source'], source.fault));
    const fault =
      checkSource(source.value, [...path, 'source'], input.volumes) ??
      checkMountPath(mountPath, path, mounts) ??
      checkSubPath(volume.path, [...path, 'path']);
    if (fault) return cannotRender(fault);
    const subPath = volume.path?.replace(/^\/+/, '');
    mounts.push({
      name: source.value,
      mountPath,
      ...(subPath && { subPath }),
      ...(volume.readOnly && { readOnly: true }),
    });
  }
  return rendered(mounts.sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1)));
}

function checkSource(
  source: string,
  path: string[],
  volumes: string[],
): RenderFault | undefined {
  if (volumes.includes(source)) return undefined;
  const { hint, next } = nearestName(
    source,
    volumes,
    volume => `\${resources.${volume}}`,
  );
  return {
    code: 'volume-unknown',
    path,
    why: `"${shorten(source)}" is not a volume${hint}`,
    next:
      volumes.length === 0
        ? 'Declare a resource of type "volume" and refer to it'
        : next,
  };
}

function checkMountPath(
  mountPath: string,
  path: string[],
  taken: V1VolumeMount[],
): RenderFault | undefined {
  const refuse = (why: string): RenderFault => ({
    code: 'volume-path-invalid',
    path,
    why,
    next: 'Choose another path',
  });
  if (mountPath === '/')
    return refuse('a volume cannot stand in place of everything');
  if (mountPath.includes(':'))
    return refuse('a cluster cannot mount at a path with ":"');
  const isTaken = taken.some(other => other.mountPath === mountPath);
  return isTaken ? refuse('a file stands at the same path') : undefined;
}

function checkSubPath(
  subPath: string | undefined,
  path: string[],
): RenderFault | undefined {
  if (!subPath?.split('/').includes('..')) return undefined;
  return {
    code: 'volume-path-invalid',
    path,
    why: 'it leads outside of the volume',
    next: 'Remove ".."',
  };
}
