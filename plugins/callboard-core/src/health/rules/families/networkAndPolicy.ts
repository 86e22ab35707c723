import type { HealthFamily } from '../types';

const ANCESTORS = [
  'Degraded if any .status.ancestors: Accepted=False & not stale conditions',
  'Healthy if any .status.ancestors: .conditions & not stale conditions',
  'Progressing',
];

const CAPSULE = [
  'Progressing if no .status.conditions',
  'Progressing if stale',
  'Degraded if Ready=False',
  'Healthy if Ready=True',
  'Progressing',
];

export const NETWORK_AND_POLICY: readonly HealthFamily[] = [
  {
    title: 'Istio and Kiali',
    docs: 'https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/',
    rules: [
      {
        kinds: ['install.istio.io/IstioOperator'],
        checks: [
          'Unknown if .status.status=0|NONE',
          'Progressing if .status.status=1|UPDATING|2|RECONCILING',
          'Healthy if .status.status=3|HEALTHY',
          'Degraded if .status.status=4|ERROR',
          'Progressing',
        ],
      },
      {
        kinds: ['kiali.io/Kiali'],
        checks: [
          'Degraded if Failure=True',
          'Healthy if Successful=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Gloo',
    docs: 'https://docs.solo.io/gloo-edge/latest/reference/api/',
    rules: [
      {
        kinds: [
          'gateway.solo.io/Gateway',
          'gateway.solo.io/MatchableHttpGateway',
          'gateway.solo.io/RouteOption',
          'gateway.solo.io/RouteTable',
          'gateway.solo.io/VirtualHostOption',
          'gateway.solo.io/VirtualService',
          'gloo.solo.io/Proxy',
          'gloo.solo.io/Settings',
          'gloo.solo.io/Upstream',
          'gloo.solo.io/UpstreamGroup',
        ],
        checks: [
          'Degraded if any .status.statuses: .state=Warning|3|Rejected|2',
          'Suspended if any .status.statuses: .state=Pending|0',
          'Healthy if any .status.statuses: .state=Accepted|1',
          'Degraded if .status.state=Warning|3|Rejected|2',
          'Suspended if .status.state=Pending|0',
          'Healthy if .status.state=Accepted|1',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Envoy Gateway',
    docs: 'https://gateway.envoyproxy.io/docs/api/extension_types/',
    rules: [
      {
        kinds: [
          'gateway.envoyproxy.io/BackendTrafficPolicy',
          'gateway.envoyproxy.io/ClientTrafficPolicy',
          'gateway.envoyproxy.io/EnvoyExtensionPolicy',
          'gateway.envoyproxy.io/EnvoyPatchPolicy',
          'gateway.envoyproxy.io/SecurityPolicy',
        ],
        checks: ANCESTORS,
      },
      {
        kinds: ['gateway.envoyproxy.io/Backend'],
        checks: [
          'Progressing if stale Accepted',
          'Healthy if Accepted=True',
          'Degraded if Accepted',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Contour',
    docs: 'https://projectcontour.io/docs/main/config/api/',
    rules: [
      {
        kinds: ['projectcontour.io/HTTPProxy'],
        checks: [
          'Progressing if stale Valid',
          'Healthy if Valid=True',
          'Healthy if Valid=False and .spec.includes',
          'Degraded if Valid=False',
          'Degraded if .status.currentStatus=invalid',
          'Progressing',
        ],
      },
      {
        kinds: ['projectcontour.io/ExtensionService'],
        checks: [
          'Progressing if stale Valid',
          'Healthy if Valid=True',
          'Degraded if Valid=False',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Airlock Microgateway',
    docs: 'https://docs.airlock.com/microgateway/latest/',
    rules: [
      {
        kinds: ['microgateway.airlock.com/*'],
        checks: [
          'Healthy if not .kind$=Policy',
          'Progressing if no .status.ancestors',
          'Progressing if any .status.ancestors: stale conditions',
          'Progressing if .metadata.generation and any .status.ancestors: any .conditions: no .observedGeneration',
          'Degraded if any .status.ancestors: no Accepted',
          'Degraded if any .status.ancestors: Accepted!=True',
          'Degraded if any .status.ancestors: ResolvedRefs!=True',
          'Healthy',
        ],
      },
    ],
  },
  {
    title: 'Proclaim',
    docs: 'https://github.com/dogmatiq/proclaim',
    rules: [
      {
        kinds: ['proclaim.dogmatiq.io/DNSSDServiceInstance'],
        checks: [
          'Degraded if Adopted=False',
          'Degraded if Advertised(AdvertiseError|UnadvertiseError)',
          'Unknown if Discoverable(DiscoveryError)',
          'Healthy if Discoverable=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Cilium',
    docs: 'https://docs.cilium.io/en/stable/network/',
    rules: [
      {
        kinds: ['cilium.io/CiliumLoadBalancerIPPool'],
        checks: [
          'Suspended if .spec.disabled=true',
          'Degraded if cilium.io/PoolConflict=True',
          'Healthy if .status.conditions',
          'Progressing',
        ],
      },
      {
        kinds: [
          'cilium.io/CiliumNetworkPolicy',
          'cilium.io/CiliumClusterwideNetworkPolicy',
        ],
        checks: [
          'Degraded if Valid=False',
          'Healthy if Valid=True',
          'Progressing',
        ],
      },
      {
        kinds: ['cilium.io/CiliumBGPClusterConfig'],
        checks: [
          'Degraded if cilium.io/NoMatchingNode=True',
          'Degraded if cilium.io/MissingPeerConfigs=True',
          'Degraded if cilium.io/ConflictingClusterConfigs=True',
          'Healthy',
        ],
      },
      {
        kinds: ['cilium.io/CiliumBGPPeerConfig'],
        checks: ['Degraded if cilium.io/MissingAuthSecret=True', 'Healthy'],
      },
    ],
  },
  {
    title: 'Kyverno',
    docs: 'https://kyverno.io/docs/policy-types/',
    rules: [
      {
        kinds: ['policies.kyverno.io/*'],
        checks: [
          'Progressing if no .status.conditionStatus',
          'Progressing if any .status: stale conditions',
          'Healthy if .status.conditionStatus.ready=true',
          'Degraded',
        ],
      },
      {
        kinds: [
          'kyverno.io/ClusterPolicy',
          'kyverno.io/Policy',
          'kyverno.io/CleanupPolicy',
          'kyverno.io/ClusterCleanupPolicy',
        ],
        checks: ['Healthy if Ready=True', 'Degraded if Ready', 'Progressing'],
      },
    ],
  },
  {
    title: 'Capsule and SOPS',
    docs: 'https://projectcapsule.dev/docs/reference/',
    rules: [
      {
        kinds: [
          'capsule.clastix.io/CapsuleConfiguration',
          'capsule.clastix.io/CustomQuota',
          'capsule.clastix.io/GlobalCustomQuota',
          'capsule.clastix.io/GlobalProxySettings',
          'capsule.clastix.io/ProxySetting',
          'capsule.clastix.io/TenantOwner',
          'addons.projectcapsule.dev/GlobalSopsSecret',
          'addons.projectcapsule.dev/SopsProvider',
          'addons.projectcapsule.dev/SopsSecret',
        ],
        checks: CAPSULE,
      },
      {
        kinds: ['capsule.clastix.io/Tenant'],
        checks: [
          ...CAPSULE.slice(0, 2),
          'Suspended if Cordoned=True',
          ...CAPSULE.slice(2),
        ],
      },
      {
        kinds: [
          'capsule.clastix.io/TenantResource',
          'capsule.clastix.io/GlobalTenantResource',
        ],
        checks: ['Suspended if .spec.cordoned=true', ...CAPSULE],
      },
      {
        kinds: ['capsule.clastix.io/ResourcePool'],
        checks: [
          ...CAPSULE.slice(0, 2),
          'Degraded if #.status.exhaustions>0',
          ...CAPSULE.slice(2),
        ],
      },
      {
        kinds: ['capsule.clastix.io/ResourcePoolClaim'],
        checks: [
          ...CAPSULE.slice(0, 2),
          'Suspended if Bound=False',
          ...CAPSULE.slice(2),
        ],
      },
    ],
  },
  {
    title: 'Keycloak',
    docs: 'https://www.keycloak.org/operator/basic-deployment',
    rules: [
      {
        kinds: [
          'k8s.keycloak.org/Keycloak',
          'k8s.keycloak.org/KeycloakRealmImport',
        ],
        checks: [
          'Degraded if HasErrors=True',
          'Healthy if Ready=True',
          'Healthy if Done=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: '3scale',
    docs: 'https://github.com/3scale/3scale-operator/tree/master/doc',
    rules: [
      {
        kinds: ['apps.3scale.net/APIManager'],
        checks: [
          'Healthy if .status.deployments.ready and no .status.deployments.starting and no .status.deployments.stopped',
          'Healthy if Available=True',
          'Degraded if Available and any .status.conditions: .type=Available & .reason',
          'Progressing',
        ],
      },
      {
        kinds: [
          'capabilities.3scale.net/ActiveDoc',
          'capabilities.3scale.net/ApplicationAuth',
          'capabilities.3scale.net/CustomPolicyDefinition',
          'capabilities.3scale.net/OpenAPI',
          'capabilities.3scale.net/ProxyConfigPromote',
        ],
        checks: [
          'Healthy if Ready=True',
          'Progressing if In-progress=True',
          'Degraded if Invalid=True',
          'Degraded if Orphan=True',
          'Degraded if Failed=True',
          'Progressing',
        ],
      },
      {
        kinds: [
          'capabilities.3scale.net/Backend',
          'capabilities.3scale.net/Product',
        ],
        checks: [
          'Healthy if Synced=True',
          'Degraded if Invalid=True',
          'Degraded if Orphan=True',
          'Degraded if Failed=True',
          'Progressing',
        ],
      },
      {
        kinds: ['capabilities.3scale.net/DeveloperAccount'],
        checks: [
          'Healthy if Ready=True',
          'Degraded if Invalid=True',
          'Degraded if Failed=True',
          'Suspended if Waiting=True',
          'Progressing',
        ],
      },
      {
        kinds: ['capabilities.3scale.net/DeveloperUser'],
        checks: [
          'Suspended if .status.developerUserState=suspended',
          'Healthy if Ready=True',
          'Degraded if Invalid=True',
          'Degraded if Orphan=True',
          'Degraded if Failed=True',
          'Progressing',
        ],
      },
      {
        kinds: ['capabilities.3scale.net/Application'],
        checks: [
          'Suspended if .status.state=suspended',
          'Healthy if Ready=True',
          'Degraded if Ready and no .status.adminId',
          'Degraded if Ready and .status.adminId=0',
          'Progressing',
        ],
      },
      {
        kinds: ['capabilities.3scale.net/Tenant'],
        checks: [
          'Healthy if Ready=True and .status.tenantId>0 and .status.adminId>0',
          'Degraded if Ready!=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Calico by the Tigera Operator',
    docs: 'https://docs.tigera.io/calico/latest/reference/installation/api',
    rules: [
      {
        kinds: ['operator.tigera.io/Installation'],
        checks: [
          'Progressing if stale conditions',
          'Degraded if Degraded=True',
          'Healthy if Available=True',
          'Progressing',
        ],
      },
    ],
  },
];
