export interface Config {
  callboard?: {
    /**
     * Clusters simulated in this process, with pushed code really running on this machine.
     * For trying Callboard and for tests.
     */
    playground?: {
      /** True unless said otherwise; false: no simulated clusters. */
      enabled?: boolean;
      /** Seconds of silence after which a simulated cluster counts as lost; 15 when omitted. */
      livenessDeadlineSeconds?: number;
      /** First node port; every simulated cluster gets 40 of them. 30000 when omitted. */
      nodePortBase?: number;
    };
  };
}
