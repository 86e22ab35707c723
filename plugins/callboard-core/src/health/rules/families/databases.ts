import type { HealthFamily } from '../types';

export const DATABASES: readonly HealthFamily[] = [
  {
    title: 'CloudNativePG',
    docs: 'https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/',
    rules: [
      {
        kinds: ['postgresql.cnpg.io/Cluster'],
        checks: [
          'Progressing if no .status.conditions',
          'Suspended if .metadata.annotations[cnpg.io/reconciliationLoop]=disabled',
          'Suspended if cnpg.io/hibernation=True',
          'Degraded if cnpg.io/hibernation',
          'Healthy if .status.phase=Cluster in healthy state',
          'Progressing if .status.phase=Setting up primary|Creating a new replica|Upgrading cluster|Waiting for the instances to become active|Promoting to primary cluster',
          'Degraded if .status.phase=Switchover in progress|Failing over|Upgrading Postgres major version|Cluster upgrade delayed|Waiting for user action|Online upgrade in progress|Applying configuration',
          'Degraded if .status.phase^=Primary instance is being restarted|Cluster cannot execute instance online upgrade',
          'Suspended if .status.phase^=Unable to create required cluster objects|Cluster cannot proceed to reconciliation|Cluster has incomplete or invalid image catalog|Cluster is unrecoverable',
          'Unknown',
        ],
      },
      {
        kinds: ['postgresql.cnpg.io/Backup'],
        checks: [
          'Healthy if .status.phase=completed',
          'Degraded if .status.phase=failed|walArchivingFailing|invalid backup definition',
          'Progressing',
        ],
      },
      {
        kinds: [
          'postgresql.cnpg.io/Database',
          'postgresql.cnpg.io/Publication',
          'postgresql.cnpg.io/Subscription',
        ],
        checks: [
          'Progressing if .metadata.generation and unobserved',
          'Healthy if .status.applied=true',
          'Degraded if .status.applied=false',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Zalando Postgres Operator',
    docs: 'https://postgres-operator.readthedocs.io/en/latest/reference/cluster_manifest/',
    rules: [
      {
        kinds: ['acid.zalan.do/postgresql'],
        checks: [
          'Progressing if no .status.PostgresClusterStatus',
          'Healthy if .status.PostgresClusterStatus=Running',
          'Progressing if .status.PostgresClusterStatus=Creating|Updating',
          'Degraded',
        ],
      },
    ],
  },
  {
    title: 'MariaDB Operator',
    docs: 'https://github.com/mariadb-operator/mariadb-operator/blob/main/docs/api_reference.md',
    rules: [
      {
        kinds: ['k8s.mariadb.com/MariaDB'],
        checks: [
          'Progressing if no .status.conditions',
          'Degraded if *=False(Failed)',
          'Progressing if *=False',
          'Healthy',
        ],
      },
      {
        kinds: ['mariadb.mmontes.io/MariaDB'],
        checks: [
          'Progressing if no .status.conditions',
          'Degraded if *=False(Failed)',
          'Progressing if *=False',
          'Healthy',
        ],
      },
      {
        kinds: ['k8s.mariadb.com/Backup'],
        checks: [
          'Progressing if no .status.conditions',
          'Degraded if any .status.conditions: .status=False & .reason=CronJobScheduled & .message=Failed',
          'Progressing if *=False',
          'Healthy',
        ],
      },
      {
        kinds: [
          'k8s.mariadb.com/Database',
          'k8s.mariadb.com/Grant',
          'k8s.mariadb.com/User',
        ],
        checks: ['Healthy if Ready=True', 'Degraded if Ready', 'Progressing'],
      },
      {
        kinds: ['k8s.mariadb.com/SqlJob'],
        checks: [
          'Healthy if *=True(JobComplete)',
          'Degraded if *=True(JobFailed)',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Percona Operators',
    docs: 'https://docs.percona.com/percona-operators/',
    rules: [
      {
        kinds: ['psmdb.percona.com/PerconaServerMongoDB'],
        checks: [
          'Progressing if .status.state=initializing|stopping',
          'Progressing if .status.message^=Error: handleReplsetInit: no mongod containers in running state',
          'Healthy if .status.state=ready',
          'Degraded if .status.state=error',
          'Suspended if .status.state=paused',
          'Unknown',
        ],
      },
      {
        kinds: ['pxc.percona.com/PerconaXtraDBCluster'],
        checks: [
          'Progressing if .status.state=initializing',
          'Progressing if .status.state=error and no .status.pxc.status',
          'Healthy if .status.state=ready',
          'Degraded if .status.state=error|stopping',
          'Unknown',
        ],
      },
    ],
  },
  {
    title: 'Redis Operator of OpsTree',
    docs: 'https://ot-container-kit.github.io/redis-operator/',
    rules: [
      {
        kinds: ['redis.redis.opstreelabs.in/Redis'],
        checks: [
          'Healthy if .status.state=Ready',
          'Degraded if .status.state=Failed',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'ClickHouse Operator',
    docs: 'https://github.com/Altinity/clickhouse-operator/tree/master/docs',
    rules: [
      {
        kinds: [
          'clickhouse.altinity.com/ClickHouseInstallation',
          'clickhouse-keeper.altinity.com/ClickHouseKeeperInstallation',
        ],
        checks: [
          'Progressing if no .status.status',
          'Healthy if .status.status=Completed',
          'Progressing if .status.status=InProgress',
          'Degraded',
        ],
      },
    ],
  },
  {
    title: 'Atlas Operator',
    docs: 'https://atlasgo.io/integrations/kubernetes',
    rules: [
      {
        kinds: ['db.atlasgo.io/AtlasMigration', 'db.atlasgo.io/AtlasSchema'],
        checks: [
          'Healthy if Ready=True',
          'Progressing if Ready(Reconciling)',
          'Degraded if Ready',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Elastic Cloud on Kubernetes',
    docs: 'https://www.elastic.co/docs/reference/cloud-on-k8s/api-docs',
    rules: [
      {
        kinds: ['elasticsearch.k8s.elastic.co/Elasticsearch'],
        checks: [
          'Unknown if no .status.availableNodes',
          'Progressing if .status.availableNodes<sum .spec.nodeSets.count',
          'Unknown if .status.availableNodes>sum .spec.nodeSets.count',
          'Healthy if .status.phase=Ready and .status.health=green',
          'Progressing if .status.phase=Ready and .status.health=yellow',
          'Degraded if .status.phase=Ready and .status.health=red',
          'Progressing if .status.phase=ApplyingChanges|MigratingData',
          'Degraded if .status.phase=Invalid',
          'Unknown',
        ],
      },
      {
        kinds: ['beat.k8s.elastic.co/Beat'],
        checks: [
          'Degraded if .status.health=red',
          'Healthy if .status.health=green',
          'Progressing if .status.health=yellow',
          'Progressing if no .status.health and .status.expectedNodes',
          'Unknown',
        ],
      },
      {
        kinds: ['logstash.k8s.elastic.co/Logstash'],
        checks: [
          'Healthy if .status.health=green',
          'Progressing if .status.health=yellow',
          'Degraded if .status.health=red',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Medusa for Cassandra',
    docs: 'https://docs.k8ssandra.io/components/medusa/',
    rules: [
      {
        kinds: [
          'medusa.k8ssandra.io/MedusaBackupJob',
          'medusa.k8ssandra.io/MedusaTask',
        ],
        checks: [
          'Unknown if no .status.observedGeneration',
          'Progressing if stale',
          'Degraded if .status.failed',
          'Healthy if .status.finished',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Cassandra by Rook',
    docs: 'https://rook.io/docs/rook/v1.7/cassandra-cluster-crd.html',
    rules: [
      {
        kinds: ['cassandra.rook.io/Cluster'],
        checks: [
          'Progressing if no .status.racks',
          'Progressing if any .status.racks: .members!=.readyMembers',
          'Healthy',
        ],
      },
    ],
  },
  {
    title: 'Solr, Druid and ZooKeeper',
    docs: 'https://apache.github.io/solr-operator/docs/',
    rules: [
      {
        kinds: ['solr.apache.org/SolrCloud'],
        checks: [
          'Progressing if no .status.solrNodes',
          'Progressing if any .status.solrNodes: .ready!=true',
          'Healthy',
        ],
      },
      {
        kinds: ['druid.apache.org/Druid'],
        checks: [
          'Healthy if .status.druidNodeStatus.druidNodeConditionType=DruidClusterReady and .status.druidNodeStatus.druidNodeConditionStatus=True',
          'Degraded if .status.druidNodeStatus.druidNodeConditionType=DruidNodeErrorState',
          'Degraded if .status.druidNodeStatus.druidNodeConditionStatus=False',
          'Progressing',
        ],
      },
      {
        kinds: ['zookeeper.pravega.io/ZookeeperCluster'],
        checks: [
          'Healthy if .status.readyReplicas>0 and .status.readyReplicas==.status.replicas',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'KubeBlocks',
    docs: 'https://kubeblocks.io/docs/preview/user_docs/references/api-reference/cluster',
    rules: [
      {
        kinds: ['apps.kubeblocks.io/Cluster', 'apps.kubeblocks.io/Component'],
        checks: [
          'Progressing if stale',
          'Healthy if .status.phase=Running',
          'Suspended if .status.phase=Stopped',
          'Degraded if .status.phase=Failed|Abnormal',
          'Progressing',
        ],
      },
      {
        kinds: [
          'apps.kubeblocks.io/ClusterDefinition',
          'apps.kubeblocks.io/ComponentDefinition',
          'apps.kubeblocks.io/ComponentVersion',
          'apps.kubeblocks.io/ShardingDefinition',
          'apps.kubeblocks.io/SidecarDefinition',
          'apps.kubeblocks.io/ServiceDescriptor',
          'dataprotection.kubeblocks.io/ActionSet',
          'dataprotection.kubeblocks.io/BackupPolicy',
          'dataprotection.kubeblocks.io/BackupSchedule',
          'operations.kubeblocks.io/OpsDefinition',
          'parameters.kubeblocks.io/ParametersDefinition',
        ],
        checks: [
          'Progressing if stale',
          'Healthy if .status.phase=Available',
          'Degraded if .status.phase=Unavailable|Failed',
          'Progressing',
        ],
      },
      {
        kinds: ['dataprotection.kubeblocks.io/BackupRepo'],
        checks: [
          'Healthy if .status.phase=Ready',
          'Degraded if .status.phase=Failed',
          'Progressing',
        ],
      },
      {
        kinds: [
          'dataprotection.kubeblocks.io/Backup',
          'dataprotection.kubeblocks.io/Restore',
        ],
        checks: [
          'Healthy if .status.phase=Completed',
          'Degraded if .status.phase=Failed',
          'Progressing',
        ],
      },
      {
        kinds: [
          'operations.kubeblocks.io/OpsRequest',
          'apps.kubeblocks.io/OpsRequest',
        ],
        checks: [
          'Healthy if .status.phase=Succeed',
          'Degraded if .status.phase=Failed|Aborted',
          'Suspended if .status.phase=Cancelled',
          'Progressing',
        ],
      },
      {
        kinds: ['workloads.kubeblocks.io/InstanceSet'],
        checks: [
          'Progressing if stale',
          'Degraded if InstanceFailure=True',
          'Progressing if .status.readyReplicas<.spec.replicas or 1',
          'Progressing if .status.updatedReplicas<.spec.replicas or 1',
          'Healthy if InstanceReady=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Cass Operator',
    docs: 'https://docs.k8ssandra.io/components/cass-operator/',
    rules: [
      {
        kinds: ['cassandra.datastax.com/CassandraDatacenter'],
        checks: [
          'Unknown if no .status.conditions',
          'Progressing if Updating=True',
          'Progressing if ScalingUp=True',
          'Progressing if RollingRestart=True',
          'Progressing if ReplacingNodes=True',
          'Progressing if .status.cassandraOperatorProgress=Updating',
          'Degraded if .status.nodeStatuses and #.status.nodeStatuses<>.spec.size',
          'Suspended if Stopped=True',
          'Healthy if Healthy=True',
          'Progressing',
        ],
      },
    ],
  },
];
