import type { HealthFamily } from '../types';

/** Kinds of Crossplane that report nothing: they are Healthy when they exist. */
const CROSSPLANE_SILENT = [
  'Healthy if no .status.conditions and .kind=Composition|CompositionRevision|DeploymentRuntimeConfig|ClusterProviderConfig|ProviderConfig|ProviderConfigUsage|ClusterProviderConfigUsage|ControllerConfig|EnvironmentConfig|ImageConfig|StoreConfig',
];

/** kro writes the generation into each condition; a condition without it does not count. */
const KRO_FRESH = [
  'Progressing if no .status.conditions',
  'Progressing if no .metadata.generation',
  'Progressing if stale conditions',
  'Progressing if any .status.conditions: no .observedGeneration',
];

export const INFRASTRUCTURE: readonly HealthFamily[] = [
  {
    title: 'Crossplane and its providers',
    docs: 'https://docs.crossplane.io/latest/guides/crossplane-with-argo-cd/',
    rules: [
      {
        kinds: ['*.crossplane.io/*', 'crossplane.io/*'],
        checks: [
          ...CROSSPLANE_SILENT,
          'Degraded if LastAsyncOperation=False',
          'Degraded if Synced=False',
          'Healthy if Ready=True',
          'Healthy if Healthy=True',
          'Healthy if Offered=True',
          'Healthy if Established=True',
          'Healthy if ValidPipeline=True',
          'Healthy if RevisionHealthy=True',
          'Healthy if Established(InactiveManagedResource) and .spec.state!=Active',
          'Progressing',
        ],
      },
      {
        kinds: [
          'cloudfront.aws.crossplane.io/Distribution',
          'rds.aws.crossplane.io/DBCluster',
          'rds.aws.crossplane.io/DBInstance',
          'route53.aws.crossplane.io/ResourceRecordSet',
        ],
        checks: [
          'Progressing if no .status.conditions',
          'Healthy if Ready=True and Synced=True',
          'Suspended if Synced!=True(ReconcilePaused)',
          'Progressing if Synced=True',
          'Degraded',
        ],
      },
      {
        kinds: ['*.upbound.io/*', 'upbound.io/*'],
        checks: [
          ...CROSSPLANE_SILENT,
          'Degraded if LastAsyncOperation=False',
          'Degraded if Synced=False',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: [
          'pkg.crossplane.io/Provider',
          'pkg.crossplane.io/Function',
          'pkg.crossplane.io/Configuration',
        ],
        checks: [
          'Progressing if no Installed and no Healthy',
          'Healthy if Installed=True and Healthy=True',
          'Degraded',
        ],
      },
      {
        kinds: [
          'pkg.crossplane.io/ProviderRevision',
          'pkg.crossplane.io/FunctionRevision',
          'pkg.crossplane.io/ConfigurationRevision',
        ],
        checks: [
          'Progressing if no .status.conditions',
          'Degraded if RevisionHealthy=False',
          'Healthy if Healthy=True',
          'Healthy if RevisionHealthy=True',
          'Degraded',
        ],
      },
    ],
  },
  {
    title: 'Google Config Connector',
    docs: 'https://cloud.google.com/config-connector/docs/how-to/monitoring-your-resources',
    rules: [
      {
        kinds: ['*.cnrm.cloud.google.com/*'],
        checks: [
          'Progressing if stale',
          'Healthy if .kind=ConfigConnector|ConfigConnectorContext and .status.healthy=true',
          'Degraded if .kind=ConfigConnector|ConfigConnectorContext and .status.healthy=false',
          'Healthy if *=True(UpToDate)',
          'Degraded if *(UpdateFailed|DependencyNotFound|DependencyInvalid|DeleteFailed|ManagementConflict)',
          'Suspended if *(DependencyNotReady)',
          'Progressing',
        ],
      },
      {
        kinds: ['customize.core.cnrm.cloud.google.com/*'],
        checks: [
          'Progressing if stale and .status.observedGeneration!=0',
          'Healthy if .status.healthy=true',
          'Degraded if .status.healthy=false',
          'Progressing',
        ],
      },
      {
        kinds: ['core.cnrm.cloud.google.com/*'],
        checks: [
          'Progressing if stale',
          'Healthy if .status.healthy=true',
          'Degraded if .status.healthy=false',
          'Progressing',
        ],
      },
      {
        kinds: [
          'iam.cnrm.cloud.google.com/IAMPolicyMember',
          'iam.cnrm.cloud.google.com/IAMServiceAccount',
          'iam.cnrm.cloud.google.com/IAMPartialPolicy',
        ],
        checks: [
          'Healthy if Ready=True',
          'Degraded if Ready(UpdateFailed)',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'AWS Controllers for Kubernetes',
    docs: 'https://aws-controllers-k8s.github.io/docs/',
    rules: [
      {
        kinds: ['*.services.k8s.aws/*'],
        checks: [
          'Degraded if ACK.Terminal=True',
          'Progressing if Ready=False',
          'Healthy if Ready=True',
          'Progressing if ACK.ResourceSynced=False',
          'Healthy if ACK.ResourceSynced=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Azure Service Operator',
    docs: 'https://azure.github.io/azure-service-operator/guide/conditions/',
    rules: [
      {
        kinds: ['*.azure.com/*'],
        checks: [
          'Healthy if Ready=True',
          'Degraded if any .status.conditions: .type=Ready & .status=False & .severity=Error',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Pulumi Operator',
    docs: 'https://www.pulumi.com/docs/iac/using-pulumi/continuous-delivery/pulumi-kubernetes-operator/',
    rules: [
      {
        kinds: ['pulumi.com/Stack'],
        checks: [
          'Progressing if unobserved',
          'Degraded if Stalled=True',
          'Progressing if Reconciling=True',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Cluster API',
    docs: 'https://cluster-api.sigs.k8s.io/reference/api/crd-reference',
    rules: [
      {
        kinds: ['cluster.x-k8s.io/Cluster'],
        checks: [
          'Suspended if .spec.paused=true',
          'Degraded if any .status.conditions: .type=Ready & .status=False & .severity!=Info',
          'Degraded if .status.phase=Failed',
          'Progressing if Ready=False',
          'Progressing if TopologyReconciled=False',
          'Progressing if RollingOut=True',
          'Progressing if any .status.v1beta2.conditions: .type=TopologyReconciled & .status=False',
          'Progressing if any .status.v1beta2.conditions: .type=RollingOut & .status=True',
          'Healthy if .status.phase=Provisioned',
          'Progressing',
        ],
      },
      {
        kinds: ['cluster.x-k8s.io/Machine'],
        checks: [
          'Healthy if .status.phase=Running',
          'Degraded if .status.phase=Failed',
          'Progressing',
        ],
      },
      {
        kinds: [
          'cluster.x-k8s.io/MachineDeployment',
          'cluster.x-k8s.io/MachineSet',
        ],
        checks: [
          'Suspended if .spec.paused=true',
          'Degraded if .status.phase=Failed',
          'Healthy if .status.phase=Running and .status.replicas=.status.updatedReplicas and .status.replicas=.status.readyReplicas',
          'Progressing',
        ],
      },
      {
        kinds: ['cluster.x-k8s.io/MachineHealthCheck'],
        checks: [
          'Progressing if no .status.currentHealthy',
          'Healthy if .status.expectedMachines==.status.currentHealthy',
          'Degraded',
        ],
      },
      {
        kinds: ['cluster.x-k8s.io/MachinePool'],
        checks: [
          'Healthy if .status.phase=Running|Scaling',
          'Degraded if .status.phase=Failed|Unknown',
          'Progressing',
        ],
      },
      {
        kinds: ['addons.cluster.x-k8s.io/ClusterResourceSet'],
        checks: [
          'Healthy if ResourcesApplied=True',
          'Degraded if ResourcesApplied=False',
          'Progressing',
        ],
      },
      {
        kinds: ['controlplane.cluster.x-k8s.io/AWSManagedControlPlane'],
        checks: [
          'Progressing if stale',
          'Degraded if .status.failureMessage',
          'Progressing if no .status.conditions',
          'Progressing if EKSControlPlaneUpdating=True',
          'Healthy if Ready=True',
          'Degraded if any .status.conditions: .status=False & .severity=Error',
          'Progressing',
        ],
      },
      {
        kinds: ['controlplane.cluster.x-k8s.io/KubeadmControlPlane'],
        checks: [
          'Progressing if no .status',
          'Degraded if EtcdClusterHealthy!=True',
          'Progressing if any .status.v1beta2.conditions: .type=MachinesReady|MachinesUpToDate & .status!=True',
          'Progressing if ControlPlaneComponentsHealthy!=True',
          'Progressing if any .status.v1beta2.conditions: .type=RollingOut & .status=True',
          'Progressing if .status.updatedReplicas<.status.replicas',
          'Progressing if .status.readyReplicas<>.status.replicas',
          'Healthy',
        ],
      },
    ],
  },
  {
    title: 'Karpenter',
    docs: 'https://karpenter.sh/docs/concepts/',
    rules: [
      {
        kinds: ['karpenter.sh/NodePool'],
        checks: [
          'Degraded if Ready=False',
          'Healthy if Ready=True',
          'Degraded if NodeClassReady=False',
          'Progressing',
        ],
      },
      {
        kinds: ['karpenter.sh/NodeClaim'],
        checks: [
          'Progressing if stale',
          'Suspended if Disrupting=True',
          'Healthy if Ready=True',
          'Degraded if Ready=False',
          'Progressing',
        ],
      },
      {
        kinds: ['karpenter.k8s.aws/EC2NodeClass', 'karpenter.sh/EC2NodeClass'],
        checks: [
          'Degraded if Ready=False',
          'Healthy if Ready=True',
          'Degraded if SubnetsReady=False',
          'Degraded if SecurityGroupsReady=False',
          'Degraded if ValidationSucceeded=False',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Karmada',
    docs: 'https://karmada.io/docs/reference/karmada-api/work-resources/resource-binding-v1alpha2',
    rules: [
      {
        kinds: [
          'work.karmada.io/ResourceBinding',
          'work.karmada.io/ClusterResourceBinding',
        ],
        checks: [
          'Progressing if no .status',
          'Progressing if no .status.aggregatedStatus',
          'Progressing if .spec.clusters and #.spec.clusters<>#.status.aggregatedStatus',
          'Degraded if any .status.aggregatedStatus: .health=Unhealthy',
          'Degraded if any .status.aggregatedStatus: .health=Unknown & .applied!=true',
          'Healthy',
        ],
      },
    ],
  },
  {
    title: 'Open Cluster Management',
    docs: 'https://open-cluster-management.io/docs/concepts/',
    rules: [
      {
        kinds: ['policy.open-cluster-management.io/Policy'],
        checks: [
          'Healthy if .spec.disabled=true',
          'Healthy if no .status.compliant and no .status.status and .status.placement',
          'Progressing if no .status.compliant',
          'Healthy if .status.compliant=Compliant',
          'Degraded',
        ],
      },
      {
        kinds: ['policy.open-cluster-management.io/ConfigurationPolicy'],
        checks: [
          'Progressing if no .status.compliant',
          'Progressing if .status.lastEvaluatedGeneration!=.metadata.generation',
          'Healthy if .status.compliant=Compliant',
          'Degraded',
        ],
      },
      {
        kinds: ['policy.open-cluster-management.io/CertificatePolicy'],
        checks: [
          'Progressing if no .status.compliant',
          'Healthy if .status.compliant=Compliant',
          'Degraded',
        ],
      },
      {
        kinds: ['policy.open-cluster-management.io/OperatorPolicy'],
        checks: [
          'Progressing if no .status.conditions',
          'Progressing if stale',
          'Healthy if Compliant=True',
          'Degraded if Compliant',
          'Progressing',
        ],
      },
      {
        kinds: ['cluster.open-cluster-management.io/ManagedCluster'],
        checks: [
          'Degraded if HubAcceptedManagedCluster=False',
          'Degraded if HubDeniedManagedCluster=True',
          'Unknown if ManagedClusterConditionAvailable=Unknown',
          'Degraded if ManagedClusterConditionAvailable=False',
          'Healthy if ManagedClusterConditionAvailable=True',
          'Progressing',
        ],
      },
      {
        kinds: ['addon.open-cluster-management.io/ManagedClusterAddOn'],
        checks: [
          'Degraded if Available=False',
          'Healthy if Available=True',
          'Progressing',
        ],
      },
      {
        kinds: ['work.open-cluster-management.io/ManifestWork'],
        checks: [
          'Degraded if Applied=False',
          'Progressing if stale conditions',
          'Healthy if Applied=True and Available=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'KubeVirt',
    docs: 'https://kubevirt.io/api-reference/',
    rules: [
      {
        kinds: ['kubevirt.io/VirtualMachine'],
        checks: [
          'Healthy if .spec.running=false and .status.created!=true',
          'Healthy if .spec.runStrategy=Halted and .status.created!=true',
          'Suspended if Paused=True',
          'Healthy if Ready=True',
          'Progressing if Ready and .status.created=true',
          'Suspended if Ready',
          'Progressing',
        ],
      },
      {
        kinds: ['kubevirt.io/VirtualMachineInstance'],
        checks: [
          'Degraded if .status.phase=Failed',
          'Progressing if .status.phase=Pending|Scheduling|Scheduled',
          'Suspended if .status.phase=Succeeded',
          'Unknown if .status.phase=Unknown',
          'Suspended if Paused=True',
          'Healthy if Ready=True',
          'Degraded if Ready',
          'Progressing',
        ],
      },
      {
        kinds: ['cdi.kubevirt.io/DataVolume'],
        checks: [
          'Healthy if .status.phase=Succeeded',
          'Suspended if .status.phase=Paused',
          'Degraded if .status.phase=Failed|Unknown',
          'Degraded if Running=False(Error)',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Storage',
    docs: 'https://rook.github.io/docs/rook/latest-release/CRDs/specification/',
    rules: [
      {
        kinds: ['ceph.rook.io/CephCluster'],
        checks: [
          'Degraded if .status.ceph.health=HEALTH_ERR|HEALTH_WARN',
          'Degraded if .status.ceph.health=HEALTH_OK and .status.state=Error',
          'Healthy if .status.ceph.health=HEALTH_OK and no .status.state',
          'Healthy if .status.ceph.health=HEALTH_OK and .status.state=Created|Connected',
          'Progressing',
        ],
      },
      {
        kinds: [
          'ceph.rook.io/CephObjectStore',
          'ceph.rook.io/CephBlockPool',
          'ceph.rook.io/CephFilesystem',
        ],
        checks: [
          'Healthy if .status.phase=Ready',
          'Degraded if .status.phase=Failure',
          'Progressing',
        ],
      },
      {
        kinds: ['ocs.openshift.io/StorageCluster'],
        checks: [
          'Degraded if Degraded=True',
          'Progressing if Progressing=True',
          'Healthy if Available=True',
          'Unknown',
        ],
      },
      {
        kinds: ['objectbucket.io/ObjectBucketClaim'],
        checks: [
          'Healthy if .status.phase=Bound',
          'Degraded if .status.phase=Failed',
          'Progressing',
        ],
      },
      {
        kinds: ['longhorn.io/Volume'],
        checks: [
          'Degraded if .status.robustness=faulted',
          'Healthy if .status.state=attached and .status.robustness=healthy',
          'Healthy if .status.state=detached',
          'Progressing',
        ],
      },
      {
        kinds: ['minio.min.io/Tenant'],
        checks: [
          'Healthy if .status.currentState=Initialized',
          'Degraded if .status.currentState=Statefulset not controlled by operator|Another MinIO Tenant already exists in the namespace|Tenant credentials are not set properly|Different versions across MinIO Pools|Pool Decommissioning Not Allowed',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'NetApp Trident',
    docs: 'https://docs.netapp.com/us-en/trident/trident-reference/objects.html',
    rules: [
      {
        kinds: ['trident.netapp.io/TridentBackendConfig'],
        checks: [
          'Degraded if .status.lastOperationStatus=Failed',
          'Healthy if .status.phase=Bound and .status.lastOperationStatus=Success',
          'Progressing',
        ],
      },
      {
        kinds: ['trident.netapp.io/TridentOrchestrator'],
        checks: [
          'Healthy if .status.status=Installed',
          'Degraded if .status.status=Failed|Error',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Gardener',
    docs: 'https://gardener.cloud/docs/gardener/shoot/shoot_status/',
    rules: [
      {
        kinds: ['core.gardener.cloud/Shoot'],
        checks: [
          'Healthy if .metadata.labels[shoot.gardener.cloud/status]=healthy',
          'Degraded if .metadata.labels[shoot.gardener.cloud/status]=unhealthy',
          'Unknown if .metadata.labels[shoot.gardener.cloud/status]=unknown',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'kro',
    docs: 'https://kro.run/docs/concepts/instances/',
    rules: [
      {
        kinds: ['kro.run/ResourceGraphDefinition'],
        checks: [
          ...KRO_FRESH,
          'Healthy if Ready=True',
          'Degraded if GraphRevisionsResolved=False',
          'Degraded if GraphAccepted=False',
          'Degraded if KindReady=False',
          'Degraded if ControllerReady=False',
          'Degraded if Ready=False',
          'Progressing',
        ],
      },
      {
        kinds: ['kro.run/*'],
        checks: [
          ...KRO_FRESH,
          'Healthy if Ready=True',
          'Degraded if .status.state=FAILED|ERROR and *=False',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'SAP BTP Service Operator',
    docs: 'https://github.com/SAP/sap-btp-service-operator',
    rules: [
      {
        kinds: [
          'services.cloud.sap.com/ServiceBinding',
          'services.cloud.sap.com/ServiceInstance',
        ],
        checks: [
          'Progressing if no .status.conditions',
          'Progressing if stale conditions',
          'Degraded if Succeeded=False',
          'Degraded if Failed=True',
          'Healthy',
        ],
      },
    ],
  },
  {
    title: 'iam-manager',
    docs: 'https://github.com/keikoproj/iam-manager',
    rules: [
      {
        kinds: ['iammanager.keikoproj.io/Iamrole'],
        checks: [
          'Healthy if .status.state=Ready',
          'Degraded if .status.state=Error|RolesMaxLimitReached|PolicyNotAllowed|RoleNameNotAvailable',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Velero',
    docs: 'https://velero.io/docs/main/api-types/',
    rules: [
      {
        kinds: ['velero.io/Backup', 'velero.io/Restore'],
        checks: [
          'Healthy if .status.phase=Completed',
          'Degraded if .status.phase=FailedValidation|Failed|PartiallyFailed|WaitingForPluginOperationsPartiallyFailed|FinalizingPartiallyFailed',
          'Progressing',
        ],
      },
      {
        kinds: ['velero.io/Schedule'],
        checks: [
          'Healthy if .status.phase=Enabled',
          'Degraded if .status.phase=FailedValidation',
          'Progressing',
        ],
      },
      {
        kinds: ['velero.io/BackupStorageLocation'],
        checks: [
          'Healthy if .status.phase=Available',
          'Degraded if .status.phase=Unavailable',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'NetApp Astra',
    docs: 'https://docs.netapp.com/us-en/trident/trident-protect/learn-about-trident-protect.html',
    rules: [
      {
        kinds: ['astra.netapp.io/AppVault'],
        checks: [
          'Healthy if .status.state=available|Available',
          'Degraded if .status.state=failed|Failed',
          'Progressing',
        ],
      },
      {
        kinds: ['astra.netapp.io/Application'],
        checks: [
          'Healthy if Ready=True',
          'Degraded if Ready=False',
          'Progressing',
        ],
      },
      {
        kinds: ['astra.netapp.io/ExecHook'],
        checks: [
          'Healthy if .spec.enabled=true',
          'Suspended if .spec.enabled=false',
          'Progressing',
        ],
      },
      { kinds: ['astra.netapp.io/Schedule'], checks: ['Healthy'] },
      {
        kinds: [
          'astra.netapp.io/Backup',
          'astra.netapp.io/ExecHooksRun',
          'astra.netapp.io/ResourceBackup',
          'astra.netapp.io/ResticVolumeBackup',
          'astra.netapp.io/Snapshot',
        ],
        checks: [
          'Progressing if no .status.state',
          'Healthy if .status.state=Completed',
          'Progressing if .status.state=Running',
          'Degraded',
        ],
      },
    ],
  },
  {
    title: 'nmstate',
    docs: 'https://nmstate.io/kubernetes-nmstate/user-guide/',
    rules: [
      {
        kinds: ['nmstate.io/NodeNetworkConfigurationPolicy'],
        checks: [
          'Degraded if Degraded=True',
          'Progressing if Progressing=True',
          'Healthy if Available=True',
          'Suspended if Ignored=True',
          'Progressing',
        ],
      },
      {
        kinds: ['nmstate.io/NodeNetworkConfigurationEnactment'],
        checks: [
          'Progressing if Failing=True and Progressing=True',
          'Degraded if Failing=True',
          'Progressing if Progressing=True',
          'Progressing if Pending=True',
          'Healthy if Available=True',
          'Suspended if Aborted=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'OpenShift and OLM',
    docs: 'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/api_overview/',
    rules: [
      {
        kinds: ['apps.openshift.io/DeploymentConfig'],
        checks: [
          'Progressing if no .status.conditions',
          'Healthy if .status.replicas and .status.replicas==0',
          'Healthy if Available=True and Progressing=True(NewReplicationControllerAvailable)',
          'Progressing if Available=True',
          'Progressing if Progressing=True(NewReplicationControllerAvailable)',
          'Degraded',
        ],
      },
      {
        kinds: ['route.openshift.io/Route'],
        checks: [
          'Healthy if every .status.ingress: Admitted=True',
          'Degraded if any .status.ingress: Admitted=False',
          'Progressing',
        ],
      },
      {
        kinds: ['operator.openshift.io/IngressController'],
        checks: [
          'Degraded if Degraded=True',
          'Progressing if DeploymentReplicasAllAvailable=False',
          'Progressing if Progressing=True',
          'Healthy if Available=True',
          'Progressing',
        ],
      },
      {
        kinds: ['operators.coreos.com/Subscription'],
        checks: [
          'Progressing if no .status.conditions',
          'Degraded if CatalogSourcesUnhealthy=True',
          'Degraded if InstallPlanFailed=True',
          'Degraded if ResolutionFailed=True',
          'Degraded if .status.state=UpgradeFailed|Failed',
          'Healthy if .status.state=AtLatestKnown',
          'Healthy if .status.state=UpgradePending and .spec.installPlanApproval=Manual and .status.installedCSV',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Apigee',
    docs: 'https://cloud.google.com/apigee/docs/hybrid/latest/what-is-hybrid',
    rules: [
      {
        kinds: [
          'apigee.cloud.google.com/ApigeeDatastore',
          'apigee.cloud.google.com/ApigeeDeployment',
          'apigee.cloud.google.com/ApigeeEnvironment',
          'apigee.cloud.google.com/ApigeeOrganization',
          'apigee.cloud.google.com/ApigeeRedis',
          'apigee.cloud.google.com/ApigeeTelemetry',
        ],
        checks: ['Healthy if .status.state=running', 'Progressing'],
      },
    ],
  },
  {
    title: 'Hypershift',
    docs: 'https://hypershift.pages.dev/reference/api/',
    rules: [
      {
        kinds: [
          'hypershift.openshift.io/HostedCluster',
          'hypershift.openshift.io/HostedControlPlane',
        ],
        checks: [
          'Healthy if .kind=HostedControlPlane and no .status.conditions and .status.ready=true',
          'Degraded if Degraded=True',
          'Progressing if Progressing=True',
          'Healthy if Available=True',
          'Progressing',
        ],
      },
      {
        kinds: ['hypershift.openshift.io/NodePool'],
        checks: [
          'Degraded if ValidGeneratedPayload=False',
          'Degraded if ValidPlatformImage=False',
          'Degraded if ValidReleaseImage=False',
          'Degraded if ValidMachineConfig=False',
          'Degraded if ValidTuningConfig=False',
          'Degraded if ValidPlatformConfig=False',
          'Degraded if ValidMachineTemplate=False',
          'Degraded if UpdateManagementEnabled=False',
          'Degraded if SupportedVersionSkew=False',
          'Progressing if UpdatingVersion=True',
          'Progressing if UpdatingConfig=True',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: ['hypershift.openshift.io/ControlPlaneComponent'],
        checks: [
          'Progressing if stale conditions',
          'Degraded if Available=False',
          'Progressing if RolloutComplete=False',
          'Healthy if Available=True and RolloutComplete=True',
          'Progressing',
        ],
      },
      {
        kinds: ['hypershift.openshift.io/HCPEtcdBackup'],
        checks: [
          'Healthy if BackupCompleted=True',
          'Degraded if BackupCompleted(BackupFailed|BackupRejected)',
          'Progressing',
        ],
      },
      {
        kinds: ['hypershift.openshift.io/AWSEndpointService'],
        checks: [
          'Degraded if *=False(AWSError)',
          'Healthy if AWSEndpointServiceAvailable=True and AWSEndpointAvailable=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'AWX Resource Operator',
    docs: 'https://github.com/ansible/awx-resource-operator',
    rules: [
      {
        kinds: ['tower.ansible.com/AnsibleJob'],
        checks: [
          'Healthy if .status.ansibleJobResult.status=successful',
          'Degraded if .status.ansibleJobResult.status=error|failed|canceled',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Crossplane stacks',
    docs: 'https://github.com/crossplane/crossplane/tree/release-0.8/docs',
    rules: [
      {
        kinds: ['stacks.crossplane.io/ClusterStackInstall'],
        checks: [
          'Healthy if any .status.conditionedStatus.conditions: .type=Ready & .status=True',
          'Progressing',
        ],
      },
    ],
  },
];
