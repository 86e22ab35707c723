import type { StartCommand } from '@callboard/plugin-callboard-sandbox-node';
import type { BaseImage } from '../base';
import { NONROOT } from '../base/collectBaseEntries';
import type { Layer } from '../layers/packLayer';
import type { ImageConfig } from '../oci/types';
import { entrypointOf } from './planLayers';

/** Programs of installed packages come first in PATH, as when `npm start` runs a line. */
const PACKAGE_PROGRAMS = '/workspace/node_modules/.bin';
const USUAL_PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The configuration of an image: entrypoint, user and labels. Contains no time. */
export function renderConfig(input: {
  app: string;
  revision: string;
  start?: StartCommand;
  base: BaseImage;
  layers: readonly Layer[];
}): ImageConfig {
  const { app, revision, start, base, layers } = input;
  const { config } = base.config;
  const entrypoint = entrypointOf(start);
  return {
    architecture: base.config.architecture,
    os: base.config.os,
    config: {
      ...config,
      User: userOf(config.User),
      WorkingDir: '/workspace',
      Env: withPackagePrograms(config.Env ?? []),
      Entrypoint: entrypoint.length ? entrypoint : config.Entrypoint,
      Cmd: entrypoint.length ? [] : config.Cmd,
      Labels: {
        ...config.Labels,
        'org.opencontainers.image.title': app,
        'org.opencontainers.image.revision': revision,
        'org.opencontainers.image.base.name': `${base.registry}/${base.repository}`,
        'org.opencontainers.image.base.digest': base.digest,
      },
    },
    rootfs: {
      type: 'layers',
      diff_ids: [
        ...base.config.rootfs.diff_ids,
        ...layers.map(({ diffId }) => diffId),
      ],
    },
  };
}

/** Never root, whatever user the base image has. */
function userOf(wanted: string | undefined): string {
  const isRoot = /^(?:|root|0+)(?::.*)?$/.test(wanted ?? '');
  return isRoot ? `${NONROOT}:${NONROOT}` : wanted!;
}

function withPackagePrograms(env: readonly string[]): string[] {
  const path = env.find(entry => entry.startsWith('PATH='))?.slice(5);
  return [
    `PATH=${PACKAGE_PROGRAMS}:${path || USUAL_PATH}`,
    ...env.filter(entry => !entry.startsWith('PATH=')),
  ];
}
