export interface Config {
  callboard?: {
    search?: {
      /**
       * What is indexed: `apps`, `clusters`, `blueprints`, `findings`; all of them when omitted. Leave
       * out what the catalog's collator finds already.
       */
      types?: string[];
    };
  };
}
