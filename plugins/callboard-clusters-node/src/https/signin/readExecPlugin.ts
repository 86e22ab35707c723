import { isRecord } from '@callboard/plugin-callboard-common';

/** The credential plugin that a user of a kubeconfig names. */
export interface ExecPlugin {
  apiVersion: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  /** Passes information about the cluster to the plugin. */
  provideClusterInfo: boolean;
}

const API_VERSIONS = [
  'client.authentication.k8s.io/v1',
  'client.authentication.k8s.io/v1beta1',
];
const MAX_ARGS = 100;
const MAX_TEXT = 8 * 1024; // characters of the command and of each argument

/**
 * Reads `exec` of a user. Source: client.authentication.k8s.io/v1
 * (ExecConfig of k8s.io/client-go tools/clientcmd/api/v1).
 */
export function readExecPlugin(
  exec: unknown,
): { ok: true; value: ExecPlugin } | { ok: false; why: string; next: string } {
  const {
    apiVersion,
    command,
    args,
    env,
    interactiveMode,
    provideClusterInfo,
  } = isRecord(exec) ? exec : {};
  if (!isShortText(command) || command === '')
    return refused(
      'names no command under "exec"',
      'Name the program that prints the credential',
    );
  if (typeof apiVersion !== 'string' || !API_VERSIONS.includes(apiVersion))
    return refused(
      'asks for a version of ExecCredential that is not known',
      `Use one of: ${API_VERSIONS.join(', ')}`,
    );
  if (interactiveMode === 'Always')
    return refused(
      'names a program that needs a person at a terminal (interactiveMode: Always)',
      'Use one that signs in by itself, or the token of a service account',
    );
  const texts = readTexts(args);
  const variables = readEnv(env);
  if (texts === undefined || variables === undefined)
    return refused(
      'names arguments or variables under "exec" that are no texts',
      'Check it: kubectl config view',
    );
  return {
    ok: true,
    value: {
      apiVersion,
      command,
      args: texts,
      env: variables,
      provideClusterInfo: provideClusterInfo === true,
    },
  };
}

function refused(predicate: string, next: string) {
  return { ok: false as const, why: `its kubeconfig ${predicate}`, next };
}

function readTexts(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) &&
    value.length <= MAX_ARGS &&
    value.every(isShortText)
    ? value
    : undefined;
}

function readEnv(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return {};
  if (!Array.isArray(value) || value.length > MAX_ARGS) return undefined;
  const entries: Array<[string, string]> = [];
  for (const each of value) {
    if (!isRecord(each)) return undefined;
    const { name, value: content } = each;
    if (!isShortText(name) || !/^[^=]+$/.test(name) || !isShortText(content))
      return undefined;
    entries.push([name, content]);
  }
  return Object.fromEntries(entries);
}

/** A process can be started with it: no text with a NUL. */
function isShortText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= MAX_TEXT &&
    !value.includes('\0')
  );
}
