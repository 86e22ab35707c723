export interface Config {
  callboard?: {
    /**
     * Clusters simulated in this process, with pushed code really running on this machine.
     * For trying Callboard and for tests.
     */
    playground?: {
      /** Starts simulated clusters, on which pushed code runs; false when omitted. */
      enabled?: boolean;
      /** Seconds of silence after which a simulated cluster counts as lost; 15 when omitted. */
      livenessDeadlineSeconds?: number;
      /** First node port of the simulated clusters; they share those up to 32767. 30000 when omitted. */
      nodePortBase?: number;
      /**
       * Domain below which apps have names at the portal's own port: shop.dev.<appDomain>. It and
       * all names below it must lead to the portal. localhost when omitted and the portal itself is
       * reached there; only this machine is answered then.
       */
      appDomain?: string;
      /**
       * The only person whose pushes are taken where this machine cannot isolate pushed code.
       * user:development/guest when omitted.
       */
      localUser?: string;
    };
  };
}
