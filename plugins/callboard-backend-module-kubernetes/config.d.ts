export interface Config {
  callboard?: {
    kubernetes?: {
      /** How often the Kubernetes plugin is asked for its clusters, in seconds; 60 when omitted. */
      refreshSeconds?: number;
      /** Clusters of the Kubernetes plugin that Callboard takes, with what it knows of them; all of them when omitted. */
      clusters?: Array<{
        /** As the Kubernetes plugin calls it. */
        name: string;
        title?: string;
        labels?: { [name: string]: string };
        claims?: { [name: string]: string };
        clusterSet?: string;
        blueprint?: string;
        owner?: string;
        taints?: Array<{ key: string; value?: string; effect: string }>;
        exposure?: { type: string; host?: string };
        /** After this silence, in milliseconds, what is known of the cluster is stale; 40000 when omitted. */
        livenessDeadlineMs?: number;
      }>;
    };
  };
}
