export interface Config {
  callboard?: {
    inventory?: {
      /** How often hubs and catalog are read, in seconds; 60 when omitted. */
      refreshSeconds?: number;
      /** Clusters that know of others. */
      hubs?: Array<{
        /** For people and in the journal. */
        name: string;
        /** What the hub has: Open Cluster Management, or the inventory of SIG Multicluster. */
        kind: 'ManagedCluster' | 'ClusterProfile';
        /** Of the ClusterProfiles; all namespaces when omitted. */
        namespace?: string;
        /** How the hub itself is signed in to, as in callboard.clusters. */
        kubeconfig?: {
          file: string;
          context?: string;
          allowExec?: boolean;
          execEnv?: string[];
          allowFilesIn?: string[];
        };
        inCluster?: true;
        url?: string;
        /** @visibility secret */
        token?: string;
        caData?: string;
        /** How its clusters are signed in to; one of these. Without it they are shown, and not reached. */
        members?: {
          /** A context of each cluster's name. */
          kubeconfig?: {
            file: string;
            allowExec?: boolean;
            execEnv?: string[];
            allowFilesIn?: string[];
          };
          /** Name of the ManagedServiceAccount whose token the hub keeps in the cluster's namespace. */
          tokenSecret?: string;
          /** Programs that give credentials for access providers of ClusterProfiles; naming one here allows it to run. */
          providers?: Array<{
            name: string;
            /** As `exec` of a user in a kubeconfig. */
            exec: {
              apiVersion: string;
              command: string;
              args?: string[];
              env?: Array<{ name: string; value: string }>;
              provideClusterInfo?: boolean;
              interactiveMode?: 'Never' | 'IfAvailable';
            };
            execEnv?: string[];
          }>;
        };
        /** Where the portal writes PlacementDecisions on a hub of ManagedClusters; nowhere when omitted. */
        placementDecisions?: {
          /** Must exist, and belong to one portal. */
          namespace: string;
        };
        /** Of clusters for which the platform's files name none. */
        blueprint?: string;
        /** After this silence, in milliseconds, what is known of a cluster is stale; 40000 when omitted. */
        livenessDeadlineMs?: number;
      }>;
      /** Resources of the catalog whose type is kubernetes-cluster. */
      catalog?: {
        /** All namespaces when omitted. */
        namespace?: string;
        members?: {
          kubeconfig?: {
            file: string;
            allowExec?: boolean;
            execEnv?: string[];
            allowFilesIn?: string[];
          };
        };
        blueprint?: string;
        livenessDeadlineMs?: number;
      };
    };
  };
}
