export interface Config {
  callboard?: {
    catalog?: {
      /** Owner of clusters and blueprints in the catalog; `group:default/platform` when omitted. */
      platformOwner?: string;
    };
  };
}
