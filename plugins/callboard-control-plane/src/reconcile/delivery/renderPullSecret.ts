import { scryptSync } from 'node:crypto';
import { PULL_SECRET_NAME } from '@callboard/plugin-callboard-clusters-node';
import {
  ANNOTATIONS,
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
} from '@callboard/plugin-callboard-common';
import type { Images } from '../../store';
import type { PullCredentials } from './PullCredentials';

const MOST_VERSIONS = 20; // registries of one portal, and a few changes of their passwords
const versions = new Map<string, string>();

/**
 * Renders the Secret with which the pods of an app pull its own images;
 * undefined where no registry requires credentials. It grants access to the
 * app's repository only: an app that names another team's image in score.yaml
 * cannot pull it.
 */
export function renderPullSecret(
  of: { app: string; environment: string; namespace: string },
  images: Images,
  credentials: readonly PullCredentials[],
): KubeObject | undefined {
  const used = Object.values(images).flatMap(each => Object.values(each));
  const needed = credentials
    .map(each => ({ ...each, repository: `${each.registry}/${of.app}` }))
    .filter(({ repository }) =>
      used.some(image => image.startsWith(`${repository}@`)),
    );
  if (needed.length === 0) return undefined;
  const auths = Object.fromEntries(
    needed.map(({ repository, username, password }) => [
      repository,
      { username, password, auth: base64(`${username}:${password}`) },
    ]),
  );
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/dockerconfigjson',
    metadata: {
      name: PULL_SECRET_NAME,
      namespace: of.namespace,
      labels: {
        [LABELS.managedBy]: FIELD_MANAGER,
        [LABELS.partOf]: of.app,
        [LABELS.app]: of.app,
        [LABELS.environment]: of.environment,
      },
      annotations: {
        [ANNOTATIONS.secretVersion]: needed.map(versionOf).join('-'),
      },
    },
    data: { '.dockerconfigjson': base64(JSON.stringify({ auths })) },
  };
}

/** Distinguishes passwords, and is too expensive for guessing them: 50 ms each. */
function versionOf({ registry, username, password }: PullCredentials): string {
  const key = JSON.stringify([registry, username, password]);
  const known = versions.get(key);
  if (known !== undefined) return known;
  const version = scryptSync(password, `${registry} ${username}`, 8).toString(
    'hex',
  );
  if (versions.size >= MOST_VERSIONS) versions.clear();
  versions.set(key, version);
  return version;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
