export interface Config {
  callboard?: {
    /** Folder of repositories, keys and builds, used by this portal alone. Only in development it may be omitted: then it is `.data` of the working folder. */
    dataDir?: string;
    /** Folders with the platform team's files, in subfolders environments, blueprints, clusters, clustersets, health, policies. */
    platform?: string[];
    /** Address under which git clients and people reach the backend; backend.baseUrl when omitted. */
    publicUrl?: string;
    /** Further host names that the portal answers to, without port; those of app.baseUrl, backend.baseUrl, publicUrl, agentUrl and localhost always do. */
    allowedHosts?: string[];
    playground?: {
      /** Starts the simulated fleet, and lets everybody who is signed in switch it; false when omitted. */
      enabled?: boolean;
    };
    builder?: {
      /** Makes the images of environments that name no builder: `given`, `bundle` or `image`; `bundle` in the playground, else `given`. */
      type?: string;
      /** Where images go: host, port and the path in front of every repository. With it environments may name the builder `image`. */
      registry?: string;
      /** Speaks plain HTTP to the registry. */
      insecure?: boolean;
      /** Account that pushes. */
      username?: string;
      /** @visibility secret */
      password?: string;
      /** Account that clusters pull with; the one that pushes when omitted. It needs no more than to pull. */
      pull?: {
        username: string;
        /** @visibility secret */
        password: string;
      };
      /** What images are built upon; must hold Node.js as /usr/local/bin/node. Without it one is made and pushed beside them. */
      baseImage?: string;
      /** Runs install scripts of dependencies; false when omitted. */
      allowScripts?: boolean;
      /** Registries of packages that `.npmrc` or `.yarnrc.yml` of pushed code may name, beside the machine's own. Nothing else of those files is obeyed. */
      packageRegistries?: Array<{
        /** `https://npm.example.com/team`. */
        url: string;
        /**
         * Sent to this registry by installs; install scripts of pushed code can read it where they are allowed.
         * @visibility secret
         */
        token?: string;
      }>;
      /**
       * Hosts that installs may reach beside the registries: `codeload.github.com`, `npm.example.com:8443`.
       * Port 443 where none is named. They may have private addresses, and never link-local ones.
       */
      egressHosts?: string[];
      /** Builds repositories with a Dockerfile; without it they are refused. The daemon's own configuration says what a build may take. */
      buildkit?: {
        /** `tcp://buildkitd:1234` or `unix:///run/buildkit/buildkitd.sock`. */
        url: string;
        /** Who signed the daemon's certificate (PEM); with it the connection is TLS. */
        caFile?: string;
        /** Who we are (PEM), where the daemon asks. */
        certFile?: string;
        keyFile?: string;
        /** Seconds without a word of the daemon, after which a build is ended; 180 when omitted. */
        silentSeconds?: number;
      };
      /** What one build may take. */
      limits?: {
        /** 300 when omitted. */
        seconds?: number;
        /** Without output and without a change of its files; 60 when omitted. */
        silentSeconds?: number;
        /** 2048 when omitted. */
        memoryMb?: number;
        /** 2048 when omitted. */
        diskMb?: number;
        /** At the same time; 100 when omitted. */
        processes?: number;
      };
    };
    secrets?: {
      /**
       * File with the keys that seal the secrets of apps: 32 bytes in Base64 each, one in a line, the one that seals first.
       * `secrets/keys` of the data folder when omitted. The environment variable CALLBOARD_SECRET_KEYS goes before it.
       */
      keyFile?: string;
      /** Files and environment variables of the portal that apps may refer to as secrets, by name; meant for tests. */
      references?: {
        [name: string]: {
          /** File whose content it is, at most 32 KB; its last line break is left out. */
          file?: string;
          /** Environment variable in place of a file. */
          variable?: string;
          /** Apps that may refer to it; `*` for every app. */
          apps: string[];
        };
      };
    };
    retention?: {
      /** Newest releases of each app whose images are kept, beside those that run or would be gone back to; 10 when omitted. */
      releases?: number;
      /** Megabytes of the portal's log, after which it is begun again; the one before is kept. 20 when omitted. */
      logMb?: number;
    };
    addresses?: {
      /** Looks whether apps answer at the addresses that environments give them; true when omitted. */
      probe?: boolean;
      /**
       * Which addresses the portal dials for that: `public`, `private` ones too, or those of its own machine as well
       * (`loopback`); `public` when omitted. Link-local and metadata addresses never.
       */
      reach?: 'public' | 'private' | 'loopback';
    };
    prometheus?: {
      /**
       * Hosts of Prometheus servers that files of clusters may name, and that are asked without credentials:
       * `prometheus.example.com`, `*.example.com:9090`. None when omitted.
       */
      hosts?: string[];
      /** Which addresses these may lead to; `private` ones too when omitted, and never link-local and metadata addresses. */
      reach?: 'public' | 'private' | 'loopback';
      /** What files of clusters may name as credentials: a token, or an account. */
      credentials?: {
        [name: string]: {
          /** Who sees them; these hosts may be asked. */
          hosts: string[];
          /** @visibility secret */
          token?: string;
          username?: string;
          /** @visibility secret */
          password?: string;
          /** Who signed the certificate (PEM), where that is not commonly known. */
          caFile?: string;
        };
      };
    };
    sources?: {
      /** Seconds after which a branch elsewhere that an app follows is asked for its commit again, beside what webhooks tell; 60 when omitted. */
      pollSeconds?: number;
      /**
       * By which hosts of repositories sign their webhooks, 16 characters or more; none are taken without it.
       * @visibility secret
       */
      webhookSecret?: string;
    };
    git?: {
      /** Bytes of one push; 100 MB when omitted. */
      maxPushBytes?: number;
      /** Megabytes that must stay free on the disk of the repositories: below that pushes are refused; 100 when omitted. */
      minFreeMb?: number;
      /** Seconds until a push must have arrived; 300 when omitted. */
      receiveSeconds?: number;
      /** Seconds that `git push` waits at most for the app to be healthy; 300 when omitted. */
      followSeconds?: number;
      /** Pushes and fetches that transfer at the same time; 64 when omitted. One person has at most half of them. */
      maxConcurrent?: number;
      /** Pushes that wait at the same time for their app to be healthy; 200 when omitted. */
      maxFollowers?: number;
      /** Seconds without a byte after which a transfer is ended; 30 when omitted. */
      idleSeconds?: number;
      /** Days that a git token of a person or of an app is good for at most: 1 to 365; 365 when omitted. */
      maxTokenDays?: number;
      tokens?: Array<{
        username: string;
        /** @visibility secret */
        token: string;
        /** Entity reference of who it stands for: `user:development/guest`. */
        user: string;
      }>;
    };
    /**
     * Address at which clusters that dial out reach this portal; callboard.publicUrl
     * or backend.baseUrl when omitted. Plain HTTP only to private and loopback addresses.
     */
    agentUrl?: string;
    /** Who signed the certificate at that address (PEM), where clusters do not know it: agents trust it, and no other. */
    agentCaFile?: string;
    agent?: {
      /** Image of the agent; built into callboard.builder.registry when omitted. */
      image?: string;
      /** Version of that image; the one of the agent that comes with this portal when omitted. Older agents are upgraded to it. */
      version?: string;
    };
    /** Users and groups who may add and remove clusters where the owner policy decides: `group:default/platform`. */
    platformTeam?: string[];
    /** How apps come back to a cluster that was lost. */
    failback?: {
      /** The cluster must be in contact for so long; 600 when omitted. */
      steadySeconds?: number;
      /** So many apps come back to one cluster within an interval; 5 when omitted. */
      moves?: number;
      /** 60 when omitted. */
      intervalSeconds?: number;
    };
    /** Clusters, reached through a context of a kubeconfig, by address and token, or from inside. docs/clusters.md has examples of suppliers. */
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
      kubeconfig?: {
        file: string;
        /** The current context of the file when omitted. */
        context?: string;
        /** The file may run the program that its user names (`exec`): aws, gke-gcloud-auth-plugin, kubelogin; false when omitted. */
        allowExec?: boolean;
        /** Variables of the portal's environment that this program needs; beside HOME, PATH and the language it sees none. */
        execEnv?: string[];
        /** Folders beside its own whose certificates and token files the file may name. */
        allowFilesIn?: string[];
      };
      /** A transport that a module adds, with the options that it reads. */
      transport?: { type: string; [option: string]: unknown };
      /** The cluster that the portal runs in, as the service account of its pod. */
      inCluster?: true;
      url?: string;
      /** @visibility secret */
      token?: string;
      caData?: string;
      skipTLSVerify?: boolean;
      allowPlainHttp?: boolean;
    }>;
  };
}
