import { SecretText } from '../../placeholders';
import { drawnVariable, secretOf } from '../generatedSecret';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { RESTRICTED_CONTAINER, restrictedPod } from './restricted';
import { readServerParams, renderStateful } from './stateful';

const PORT = 5672;
const USER = 'app';
const VHOST = 'app';
const UID = 999;
const IMAGE = 'docker.io/library/rabbitmq';
const VERSIONS = ['3.13', '4'];
const DEFAULTS = { version: '4', size: '1Gi' };

/** Existing data keep the password they were created with: the one of the Secret is set at every start. */
const SET_PASSWORD = `i=0
while [ $i -lt 60 ]; do
  [ -s "$HOME/.erlang.cookie" ] &&
    printf '%s\\n' "$RABBITMQ_DEFAULT_PASS" | rabbitmqctl -q change_password ${USER} && exit 0
  i=$((i + 1))
  sleep 1
done
exit 1
`;

/** Provisions RabbitMQ in one pod with a claim. Params: `version` and `size` of the claim. */
export function provisionAmqp(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  return {
    ok: true,
    outputs: outputsOf(name, {
      username: USER,
      password: secretOf(name, 'password'),
      vhost: VHOST,
    }),
    secrets: { password: { length: 32 } },
    objects: renderStateful(resource, context, {
      image: `${IMAGE}:${version}`,
      port: PORT,
      uid: UID,
      dataPath: '/var/lib/rabbitmq',
      size,
      requests: { cpu: '100m', memory: '256Mi' },
      container: {
        env: [
          // RabbitMQ requires that only its owner can read its cookie, and files in a claim
          // are readable by the group.
          { name: 'HOME', value: '/tmp' },
          drawnVariable('RABBITMQ_DEFAULT_PASS', name, 'password'),
          { name: 'RABBITMQ_DEFAULT_USER', value: USER },
          { name: 'RABBITMQ_DEFAULT_VHOST', value: VHOST },
        ],
        lifecycle: {
          postStart: { exec: { command: ['sh', '-c', SET_PASSWORD] } },
        },
      },
    }),
  };
}

/** Provisions RabbitMQ by its own operator, which creates and stores user and password itself. Params as without it. */
export function provisionRabbitmqCluster(
  resource: ResourceRequest,
): Provisioned {
  const params = readServerParams(resource, DEFAULTS, VERSIONS);
  if (!params.ok) return params;
  const { version, size } = params.value;
  const { objectName: name } = resource;
  const secret = `${name}-default-user`;
  return {
    ok: true,
    outputs: outputsOf(name, {
      username: SecretText.of(secret, 'username'),
      password: SecretText.of(secret, 'password'),
      vhost: '/',
    }),
    objects: [
      {
        apiVersion: 'rabbitmq.com/v1beta1',
        kind: 'RabbitmqCluster',
        metadata: { name },
        spec: {
          replicas: 1,
          image: `${IMAGE}:${version}-management`,
          persistence: { storage: size },
          override: {
            statefulSet: {
              spec: {
                template: {
                  spec: {
                    securityContext: restrictedPod(UID),
                    initContainers: [
                      {
                        name: 'setup-container',
                        securityContext: RESTRICTED_CONTAINER,
                      },
                    ],
                    containers: [
                      {
                        name: 'rabbitmq',
                        securityContext: RESTRICTED_CONTAINER,
                      },
                    ],
                  },
                },
              },
            },
          },
        },
      },
    ],
  };
}

function outputsOf(
  host: string,
  of: { username: string | SecretText; password: SecretText; vhost: string },
) {
  return {
    host,
    port: PORT,
    ...of,
    url: SecretText.join(
      'amqp://',
      of.username,
      ':',
      of.password,
      `@${host}:${PORT}/${encodeURIComponent(of.vhost)}`,
    ),
  };
}
