import {
  type KubeconfigContext,
  type KubeconfigFields,
  findContext,
} from '@callboard/kubeconfig';
import {
  type Result,
  failed,
  ok,
  isRecord,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';
import { type ExecPlugin, readExecPlugin } from './signin/readExecPlugin';
import { type OidcSettings, readOidcSettings } from './signin/readOidcSettings';
import { clusterConfigRefused } from './serverProblems';

const MAX_BYTES = 1024 * 1024;
const MAX_ALIASES = 10;

const ACCOUNT = 'Use an account that has the rights itself';
const OTHERWISE =
  'Use the token of a service account, or an agent in the cluster';
/** Fields that are refused, not ignored, and the alternative to each. */
const REFUSED_USER_FIELDS: Record<string, string> = {
  as: ACCOUNT,
  'as-groups': ACCOUNT,
  'as-uid': ACCOUNT,
  'as-user-extra': ACCOUNT,
};
const REFUSED_CLUSTER_FIELDS: Record<string, string> = {
  'proxy-url':
    'Give an address that is reached without a proxy, or use an agent in the cluster',
};

export interface KubeconfigChoice {
  /** Name of the cluster, for problems. */
  cluster: string;
  context?: string;
  /** The operator allows this file to run the program that its user names. */
  allowExec?: boolean;
}

/**
 * One accepted context of a kubeconfig: its fields, and the source of the
 * credential if the file does not contain one.
 */
export interface CheckedContext {
  context: KubeconfigContext;
  renewal?:
    | { kind: 'token-file'; file: string }
    | { kind: 'exec'; plugin: ExecPlugin }
    | { kind: 'oidc'; settings: OidcSettings };
}

/**
 * Reads one context of a kubeconfig, within limits. Runs no program and opens
 * no file that it names. A program is accepted only if the operator allows it;
 * an `auth-provider` other than `oidc`, impersonation and proxies never.
 */
export function readKubeconfig(
  text: string,
  choice: KubeconfigChoice,
): Result<CheckedContext> {
  const refuse = (why: string, next: string) =>
    failed(clusterConfigRefused(choice.cluster, why, next));
  const config = parseKubeconfig(text);
  if (config === undefined)
    return refuse(
      'its kubeconfig is not valid YAML',
      'Check it: kubectl config view',
    );
  const found = findContext(config, choice.context);
  if (!found.ok) return refuse(`its kubeconfig ${found.lacks}`, found.next);
  const { cluster, user } = found.value;
  for (const [fields, refusals] of [
    [user, REFUSED_USER_FIELDS],
    [cluster, REFUSED_CLUSTER_FIELDS],
  ] as const) {
    const field = Object.keys(refusals).find(name => isGiven(fields[name]));
    if (field !== undefined)
      return refuse(`its kubeconfig uses "${field}"`, refusals[field]);
  }
  const renewal = readRenewal(user, choice);
  if ('why' in renewal) return refuse(renewal.why, renewal.next);
  return ok({ context: found.value, ...renewal });
}

/** Returns how the user signs in, where a program, a file or an issuer provides the credential. */
function readRenewal(
  user: KubeconfigFields,
  { allowExec }: KubeconfigChoice,
): Pick<CheckedContext, 'renewal'> | { why: string; next: string } {
  const { exec, tokenFile, 'auth-provider': provider } = user;
  const isWritten = isGiven(user.token) || isGiven(user.username);
  const ways = [exec, provider, isWritten].filter(isGiven).length;
  if (ways > 1 || (isGiven(tokenFile) && (isGiven(exec) || isGiven(provider))))
    return {
      why: 'its kubeconfig names more than one way to sign in',
      next: 'Leave one of exec, auth-provider, tokenFile, token and username',
    };
  if (isGiven(exec)) {
    if (allowExec !== true)
      return {
        why: 'its kubeconfig uses "exec", and may run no program',
        next: `Allow it with allowExec: true beside the file. ${OTHERWISE} otherwise`,
      };
    const plugin = readExecPlugin(exec);
    return plugin.ok
      ? { renewal: { kind: 'exec', plugin: plugin.value } }
      : plugin;
  }
  if (isGiven(provider)) {
    const settings = readOidcSettings(provider);
    return settings.ok
      ? { renewal: { kind: 'oidc', settings: settings.value } }
      : {
          why: `its kubeconfig uses "auth-provider"${settings.lacks}`,
          next: OTHERWISE,
        };
  }
  if (isGiven(tokenFile)) {
    if (typeof tokenFile !== 'string')
      return {
        why: 'its kubeconfig names a tokenFile that is no path',
        next: 'Write the path of the file',
      };
    return { renewal: { kind: 'token-file', file: tokenFile } };
  }
  return {};
}

function parseKubeconfig(text: string): KubeconfigFields | undefined {
  const documents = parseYamlDocuments(text, {
    file: 'kubeconfig',
    firstDocumentOnly: true,
    limits: { maxBytes: MAX_BYTES, maxAliases: MAX_ALIASES },
  });
  const value = documents.ok ? documents.value[0]?.value : undefined;
  return isRecord(value) ? value : undefined;
}

function isGiven(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== '' && value !== false
  );
}
