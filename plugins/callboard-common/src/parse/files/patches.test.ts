import { parseAppFile } from './parseAppFile';
import { PATCHABLE_FIELDS } from './patchSchema';
import { parsePlatformFiles } from './parsePlatformFiles';

/** What a developer reads of a patch: where, why, and what to write instead. */
function judge(patches: string): string {
  const parsed = parseAppFile(
    `apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec:
  environments:
    - name: prod
      overrides:
        - clusters: {}
          patches:
            web:
              ${patches}
`,
    { file: 'app.yaml' },
  );
  if (parsed.ok) return 'taken';
  const { at, why, next } = parsed.problem;
  return `${at?.line} ${why.replace(
    'spec.environments[0].overrides[0].patches.web.',
    '…',
  )}. ${next}`;
}

const KEPT =
  'it could weaken the Pod Security Standard that the pods are held to';

describe('patches of app.yaml', () => {
  it.each([
    [
      'what may be patched',
      'Pod: { spec: { nodeSelector: { disk: ssd } } }',
      'taken',
    ],
    ['what is to be removed', 'Pod: { spec: { tolerations: null } }', 'taken'],
    [
      'a misspelt field',
      'Pod: { spec: { tolerration: [] } }',
      '11 …Pod.spec.tolerration: `tolerration` is not a field; did you mean `tolerations`?. Rename it to `tolerations`',
    ],
    [
      'a misspelt kind',
      'Deploymnt: { spec: {} }',
      '11 …Deploymnt: `Deploymnt` is not a field; did you mean `Deployment`?. Rename it to `Deployment`',
    ],
    [
      'a field that nothing speaks for',
      'Pod: { spec: { dnsPolicy: None } }',
      '11 …Pod.spec.dnsPolicy: `dnsPolicy` cannot be patched. Remove it; here can be patched: affinity, containers, nodeSelector, terminationGracePeriodSeconds, tolerations',
    ],
    [
      'the network of the node',
      'Pod: { spec: { hostNetwork: true } }',
      `11 …Pod.spec.hostNetwork: \`hostNetwork\` cannot be patched: ${KEPT}. Remove it; what an image cannot do without is said by "podSecurity" and "runAsUser" in spec.deploy`,
    ],
    [
      'more rights of a container',
      'Pod: { spec: { containers: { main: { securityContext: { privileged: true } } } } }',
      `11 …Pod.spec.containers.main.securityContext: \`securityContext\` cannot be patched: ${KEPT}. Remove it; what an image cannot do without is said by "podSecurity" and "runAsUser" in spec.deploy`,
    ],
    [
      'the account of its pods',
      'Pod: { spec: { serviceAccountName: admin } }',
      '11 …Pod.spec.serviceAccountName: `serviceAccountName` cannot be patched: each workload has an account of its own, without a token unless it asks for one. Remove it; "serviceAccountToken: true" in spec.deploy gives it a token',
    ],
    [
      'another image',
      'Pod: { spec: { containers: { main: { image: x } } } }',
      '11 …Pod.spec.containers.main.image: `image` cannot be patched: a release runs the images that it was made of. Name the image in score.yaml',
    ],
    [
      'a secret as a variable',
      'Pod: { spec: { containers: { main: { envFrom: [] } } } }',
      '11 …Pod.spec.containers.main.envFrom: `envFrom` cannot be patched: variables, files and secrets are checked where they are declared. Use "variables" of the override, or the settings and secrets of the environment',
    ],
    [
      'a path of the node',
      'Pod: { spec: { volumes: [] } }',
      '11 …Pod.spec.volumes: `volumes` cannot be patched: what a pod mounts is checked where it is declared. Use a resource of type "volume", or "files", in score.yaml',
    ],
    [
      'labels',
      'Pod: { metadata: { labels: {} } }',
      '11 …Pod.metadata.labels: `labels` cannot be patched: by it Callboard and Kubernetes find what belongs to the app. Remove it; what is to be said of pods is patched under "Pod"',
    ],
    [
      'a selector',
      'Service: { spec: { selector: {} } }',
      '11 …Service.spec.selector: `selector` cannot be patched: by it Callboard and Kubernetes find what belongs to the app. Remove it; what is to be said of pods is patched under "Pod"',
    ],
    [
      'what a policy lets through',
      'NetworkPolicy: { spec: {} }',
      '11 …NetworkPolicy: `NetworkPolicy` cannot be patched: a workload reaches what it declares and nothing else. Say whom it calls by "connections" in spec.deploy',
    ],
    [
      'the number of replicas',
      'Deployment: { spec: { replicas: 3 } }',
      '11 …Deployment.spec.replicas: `replicas` cannot be patched: placement has to count it. Use "replicas" of the override',
    ],
    [
      'an annotation of Callboard',
      'Pod: { metadata: { annotations: { callboard.dev/config-checksum: x } } }',
      '11 …Pod.metadata.annotations["callboard.dev/config-checksum"]: annotations that start with "callboard.dev/" are written by Callboard itself. Rename the annotation',
    ],
    [
      'an annotation that takes a profile away',
      'Pod: { metadata: { annotations: { container.apparmor.security.beta.kubernetes.io/main: unconfined } } }',
      '11 …Pod.metadata.annotations["container.apparmor.security.beta.kubernetes.io/main"]: it would weaken the Pod Security Standard that the pods are held to. Remove the annotation',
    ],
    [
      'a toleration of the control plane',
      'Pod: { spec: { tolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists }] } }',
      '11 …Pod.spec.tolerations[0].key: apps do not run on the nodes of the control plane. Remove the toleration',
    ],
    [
      'a toleration of everything',
      'Pod: { spec: { tolerations: [{ operator: Exists }] } }',
      '11 …Pod.spec.tolerations[0].key: is missing. Add it; it must be text',
    ],
    [
      'pods of other apps',
      'Pod: { spec: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: a, labelSelector: {}, namespaces: [b] }] } } } }',
      '11 …Pod.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespaces: `namespaces` cannot be patched: by it Callboard and Kubernetes find what belongs to the app. Remove it; what is to be said of pods is patched under "Pod"',
    ],
    [
      'a rollout that never begins',
      'Deployment: { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0% } } } }',
      '11 …Deployment.spec.strategy.rollingUpdate: "maxSurge" and "maxUnavailable" cannot both be none, else nothing would ever be replaced. Correct the value',
    ],
    [
      'a strategy that no apply changes to',
      'Deployment: { spec: { strategy: { type: Recreate } } }',
      '11 …Deployment.spec.strategy.type: must be "RollingUpdate". Use one of the allowed values',
    ],
    [
      'a release that never arrives',
      'StatefulSet: { spec: { podManagementPolicy: OrderedReady } }',
      '11 …StatefulSet.spec.podManagementPolicy: `podManagementPolicy` cannot be patched: a release would never arrive as a whole. Remove it; in which waves a release arrives is said by "rollout" of the environment',
    ],
    [
      'a number out of bounds',
      'Pod: { spec: { terminationGracePeriodSeconds: 86400 } }',
      '11 …Pod.spec.terminationGracePeriodSeconds: must be at most 3600. Correct the value',
    ],
    [
      'more than is read',
      `Pod: { metadata: { annotations: { ${Array.from(
        { length: 20 },
        (_, index) => `a-${index}: ${'x'.repeat(4000)}`,
      ).join(', ')} } } }`,
      expect.stringMatching(
        /^5 spec\.environments: the patches of all overrides may have at most 64000 characters together, they have 80\d{3}\. /,
      ),
    ],
  ])('judge %s', (_, patches, expected) => {
    expect(judge(patches)).toEqual(expected);
  });
});

describe('what an environment allows', () => {
  const read = (allows: string) =>
    parsePlatformFiles(
      `apiVersion: callboard.dev/v1alpha1\nkind: Environment\nmetadata: { name: prod }\nspec: { order: 1, placement: {}, allows: { ${allows} } }\n`,
      { file: 'prod.yaml' },
    );

  it.each([
    ['patches: []'],
    [`patches: [${PATCHABLE_FIELDS.join(', ')}]`],
    ['resources: { max: { cpu: 500m, memory: 2Gi } }'],
    ['resources: {}'],
  ])('may be { %s }', allows => {
    expect(read(allows)).toMatchObject({ ok: true });
  });

  it('is no field that nobody can patch, and the nearest one is named', () => {
    expect(read('patches: [Pod.spec.nodeSelecter]')).toMatchObject({
      problem: {
        next: 'Write "Pod.spec.nodeSelector"',
        at: { line: 4, path: 'spec.allows.patches[0]' },
      },
    });
  });
});
