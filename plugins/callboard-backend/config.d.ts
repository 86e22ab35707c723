export interface Config {
  callboard?: {
    /** Folder of repositories and builds; `.data` of the working folder when omitted. */
    dataDir?: string;
    /** Folders with the platform team's files, in subfolders environments, blueprints, clusters, clustersets, policies. */
    platform?: string[];
    /** Address under which git clients and people reach the backend; backend.baseUrl when omitted. */
    publicUrl?: string;
    playground?: {
      /** Starts the simulated fleet, and lets everybody who is signed in switch it. */
      enabled?: boolean;
    };
    builder?: {
      /** Makes the images of environments that name no builder: `bundle` in the playground, else `given`. */
      type?: string;
    };
    git?: {
      /** Bytes of one push; 100 MB when omitted. */
      maxPushBytes?: number;
      /** Seconds until a push must have arrived; 300 when omitted. */
      receiveSeconds?: number;
      /** Seconds that `git push` waits at most for the app to be healthy; 300 when omitted. */
      followSeconds?: number;
      /** Pushes and fetches at the same time; 64 when omitted. */
      maxConcurrent?: number;
      tokens?: Array<{
        username: string;
        /** @visibility secret */
        token: string;
        /** Entity reference of who it stands for: `user:development/guest`. */
        user: string;
      }>;
    };
    /** Clusters, reached through a context of a kubeconfig or by address and token. */
    clusters?: Array<{
      name: string;
      title?: string;
      labels?: { [key: string]: string };
      claims?: { [key: string]: string };
      taints?: Array<{
        key: string;
        value?: string;
        effect: 'NoSelect' | 'PreferNoSelect' | 'NoSelectIfNew';
      }>;
      clusterSet?: string;
      blueprint?: string;
      owner?: string;
      exposure?: {
        type: 'ClusterIP' | 'LoadBalancer' | 'NodePort';
        host?: string;
      };
      livenessDeadlineMs?: number;
      kubeconfig?: { file: string; context?: string };
      url?: string;
      /** @visibility secret */
      token?: string;
      caData?: string;
      skipTLSVerify?: boolean;
      allowPlainHttp?: boolean;
    }>;
  };
}
