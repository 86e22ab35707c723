import {
  type PlatformFile,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import {
  assessHealth,
  compileHealthRules,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { readKubeconfig as readKubeconfigOfAgent } from '../../../../../packages/agent/src/api/readKubeconfig';
import { readAgentUrl } from '../../../../../plugins/callboard-backend/src/agents/readAgentUrl';
import { readKubeconfig } from '../../../../../plugins/callboard-clusters-node/src/https/readKubeconfig';
import { readExecCredential } from '../../../../../plugins/callboard-clusters-node/src/https/signin/readExecCredential';
import { pluginFailed } from '../../../../../plugins/callboard-clusters-node/src/https/signin/signInProblems';
import {
  isNearAddress,
  isRefusedAddress,
} from '../../../../../plugins/callboard-node/src/network/refuseAddress';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { KUBECONFIG, writtenOf } from './documents';
import { type Reader, jsonIn } from './Reader';

const FILE = { file: 'hostile.yaml' };
const KINDS = [
  'Environment',
  'Blueprint',
  'Cluster',
  'HealthRules',
  'PlacementDefaults',
];
const RULES = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'HealthRules',
  metadata: { name: 'things' },
  spec: {
    rules: [
      {
        kinds: [{ group: 'example.com', kind: 'Thing' }],
        checks: [
          { when: 'condition Ready is True', health: 'Healthy' },
          { when: '.status.phase is "Failed"', health: 'Degraded' },
          { when: '.status.ready < .spec.replicas', health: 'Progressing' },
        ],
      },
    ],
  },
};

/** Users that sign in with what somebody else gives. */
const RENEWING = [
  {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'aws',
      args: ['eks', 'get-token'],
      env: [{ name: 'AWS_PROFILE', value: 'prod' }],
    },
  },
  { tokenFile: 'token' },
  {
    'auth-provider': {
      name: 'oidc',
      config: {
        'idp-issuer-url': 'https://issuer.example.com',
        'client-id': 'kubernetes',
        'refresh-token': 'r',
      },
    },
  },
];

function kubeconfigWith(user: object): object {
  return { ...KUBECONFIG, users: [{ ...KUBECONFIG.users[0], user }] };
}

/** What the platform team writes, and what those who give them clusters write. */
export const PLATFORM: readonly Reader[] = [
  {
    name: 'files of the platform, as far as environments and rules',
    seeds: [RULES, ...writtenOf(kind => KINDS.includes(kind))],
    read(text) {
      const files = parsePlatformFiles(text, FILE);
      if (!files.ok) return files.problem;
      const environments = files.value.filter(isOfKind('Environment'));
      const resolved = resolveEnvironments(environments, undefined);
      if (!resolved.ok) return resolved.problem;
      const rules = compileHealthRules(
        files.value.filter(isOfKind('HealthRules')).flatMap(f => f.spec.rules),
      );
      if (!rules.ok) return rules.problem;
      assessHealth(
        {
          apiVersion: 'example.com/v1',
          kind: 'Thing',
          metadata: { name: 'a' },
          status: { phase: 'Failed', ready: 1 },
        },
        rules.value,
      );
      return undefined;
    },
  },
  ...[false, true].map(
    (allowExec): Reader => ({
      name: `a kubeconfig that may ${allowExec ? '' : 'not '}run programs`,
      seeds: [KUBECONFIG, ...RENEWING.map(user => kubeconfigWith(user))],
      read(text) {
        const read = readKubeconfig(text, { cluster: 'eu-1', allowExec });
        return read.ok ? undefined : read.problem;
      },
    }),
  ),
  {
    name: 'what a credential plugin prints',
    seeds: [
      {
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        status: { token: 't', expirationTimestamp: '2030-01-01T00:00:00Z' },
      },
    ],
    read(text) {
      const read = readExecCredential(text, {
        apiVersion: 'client.authentication.k8s.io/v1',
        nowMs: 0,
      });
      return read.ok
        ? undefined
        : pluginFailed('eu-1', 'aws', read.fault).problem;
    },
  },
  {
    name: 'the kubeconfig of an agent',
    seeds: [KUBECONFIG],
    read(text) {
      try {
        readKubeconfigOfAgent(jsonIn(text));
      } catch (error) {
        // The agent's own file: a person reads the message in their terminal.
        if (!(error as Error).message.startsWith('The kubeconfig')) throw error;
      }
    },
  },
  {
    name: 'addresses of servers and of the portal',
    seeds: [
      'https://portal.example.com',
      'http://10.0.0.1:7007',
      '169.254.169.254',
      '::ffff:169.254.169.254',
      '64:ff9b::a9fe:a9fe',
    ],
    read(text) {
      isRefusedAddress(text);
      isNearAddress(text);
      const url = readAgentUrl(text);
      return url.ok ? undefined : url.problem;
    },
  },
];

function isOfKind<K extends PlatformFile['kind']>(kind: K) {
  return (file: PlatformFile): file is PlatformFile & { kind: K } =>
    file.kind === kind;
}
