import { isAbsolute, delimiter, resolve } from 'node:path';
import { type KubeconfigContext } from '@callboard/kubeconfig';
import { isRecord } from '@callboard/plugin-callboard-common';
import type { RequestQueue } from '../../connection/RequestQueue';
import { type GivenCredential, KeptCredential } from './KeptCredential';
import type { ExecPlugin } from './readExecPlugin';
import {
  type SignedCredential,
  readExecCredential,
} from './readExecCredential';
import type { runPlugin } from './runPlugin';
import { pluginFailed } from './signInProblems';

/** Variables of the portal's environment that every plugin gets; the operator names others. */
const PASSED_ON = [
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TMPDIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

const NEVER = new AbortController().signal;

export interface ExecDeps {
  run: typeof runPlugin;
  /** Limits concurrent plugins, over all clusters. */
  queue: RequestQueue;
  /** The portal's own environment. */
  env: NodeJS.ProcessEnv;
  /** Milliseconds since 1970. */
  nowMs(): number;
}

/** Returns the credentials of a plugin: one run at a time, and again before they expire. */
export function execCredentials(
  plugin: ExecPlugin,
  {
    cluster,
    context,
    folder,
    execEnv,
  }: {
    cluster: string;
    context: KubeconfigContext;
    /** Folder of the kubeconfig. */
    folder: string;
    execEnv: readonly string[];
  },
  deps: ExecDeps,
): KeptCredential<SignedCredential> {
  const command = {
    command:
      plugin.command.includes('/') && !isAbsolute(plugin.command)
        ? resolve(folder, plugin.command)
        : plugin.command,
    args: plugin.args,
    folder,
  };
  const fetch = async (): Promise<GivenCredential<SignedCredential>> => {
    const leave = await deps.queue.enter(NEVER);
    try {
      const env = environmentOf(plugin, { context, execEnv, env: deps.env });
      const outcome = await deps.run({ ...command, env });
      if (outcome.kind === 'failed')
        throw pluginFailed(cluster, plugin.command, outcome.fault);
      const read = readExecCredential(outcome.text, {
        apiVersion: plugin.apiVersion,
        nowMs: deps.nowMs(),
      });
      if (!read.ok) throw pluginFailed(cluster, plugin.command, read.fault);
      return read.value;
    } finally {
      leave?.();
    }
  };
  return new KeptCredential(fetch, deps.nowMs);
}

function environmentOf(
  plugin: ExecPlugin,
  {
    context,
    execEnv,
    env,
  }: {
    context: KubeconfigContext;
    execEnv: readonly string[];
    env: NodeJS.ProcessEnv;
  },
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of [...PASSED_ON, ...execEnv]) {
    const value = env[name];
    if (value !== undefined) passed[name] = value;
  }
  return {
    ...passed,
    PATH: safePath(env.PATH),
    ...plugin.env,
    KUBERNETES_EXEC_INFO: JSON.stringify(execInfoOf(plugin, context)),
  };
}

/**
 * Removes relative folders: the plugin works in the kubeconfig's folder, whose
 * files must not be taken for programs of the machine.
 */
function safePath(path = ''): string {
  return path.split(delimiter).filter(isAbsolute).join(delimiter);
}

/** Source: client.authentication.k8s.io/v1 ExecCredentialSpec. */
function execInfoOf(
  { apiVersion, provideClusterInfo }: ExecPlugin,
  { server, cluster }: KubeconfigContext,
): object {
  const info = {
    server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': cluster['certificate-authority-data'],
    config: execConfigOf(cluster.extensions),
  };
  return {
    kind: 'ExecCredential',
    apiVersion,
    spec: { interactive: false, ...(provideClusterInfo && { cluster: info }) },
  };
}

function execConfigOf(extensions: unknown): unknown {
  return Array.isArray(extensions)
    ? extensions
        .filter(isRecord)
        .find(({ name }) => name === 'client.authentication.k8s.io/exec')
        ?.extension
    : undefined;
}
