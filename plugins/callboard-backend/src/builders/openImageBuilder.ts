import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BuildkitClient,
  ImageBuilder,
} from '@callboard/plugin-callboard-images-node';
import { BuildPlace, RunArea } from '@callboard/plugin-callboard-sandbox-node';
import { pause } from '../pause';
import type { ImageBuilderConfig } from '../readConfig';

/** Opens the builder `image` as configured. Ends what earlier builds left running. */
export async function openImageBuilder(
  config: ImageBuilderConfig,
  { dataDir }: { dataDir: string },
): Promise<ImageBuilder> {
  const folder = join(dataDir, 'images');
  await rm(join(folder, 'builds'), { recursive: true, force: true }); // left by a process that was killed
  const area = await RunArea.open({
    dataDir: folder,
    isRoot: process.getuid?.() === 0,
  });
  const { registry, insecure, credentials, baseImage, allowScripts, buildkit } =
    config;
  return new ImageBuilder({
    registry,
    insecure,
    credentials,
    ...(baseImage !== undefined && { baseImage }),
    allowScripts,
    packageRegistries: config.packageRegistries,
    ...(buildkit && {
      buildkit: new BuildkitClient(buildkit, {
        silenceMs: config.buildkitSilenceMs,
      }),
    }),
    node: process.execPath,
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    place: new BuildPlace({
      area,
      newId: randomUUID,
      portalEnv: process.env,
      limits: config.limits,
      egress: {
        registries: config.packageRegistries.map(({ url }) => url),
        hosts: config.egressHosts,
      },
    }),
    folder,
    newId: randomUUID,
    clock: { now: () => new Date() },
    pause,
    random: Math.random,
  });
}
